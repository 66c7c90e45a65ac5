import { isDeepStrictEqual } from 'node:util';
import type { InstancesGroup, StackSetRequest } from './definition';

/** What an update of an `AWS::CloudFormation::StackSet` comes to. */
export interface StackSetChanges {
  /** Whether anything but the groups differs, so that every stack is updated. */
  settings: boolean;
  /** Instances to delete: of groups, or parts of groups, that are named no more. */
  removed: InstancesGroup[];
  /** Whether the groups differ, so that instances may have to be created. */
  groups: boolean;
}

/** Compares a stack set with what its template says of it now. Where its template's objects lie is no setting. */
export function changesOf(before: StackSetRequest, after: StackSetRequest): StackSetChanges {
  const settingsOf = ({ groups: _, asset: __, preferences: ___, ...settings }: StackSetRequest) => settings;
  return {
    settings: !isDeepStrictEqual(settingsOf(before), settingsOf(after)),
    groups: !isDeepStrictEqual(before.groups, after.groups),
    removed: before.groups.flatMap((group) => removedOf(group, after.groups)),
  };
}

/** What of a group no other group has: whole units and Regions; of units that stay, the accounts whose filter changed. */
function removedOf(group: InstancesGroup, others: readonly InstancesGroup[]): InstancesGroup[] {
  return group.organizationalUnitIds.flatMap((unit) =>
    group.regions.flatMap((region): InstancesGroup[] => {
      const one = { organizationalUnitIds: [unit], regions: [region] };
      const still = others.filter(
        ({ organizationalUnitIds, regions }) =>
          organizationalUnitIds.includes(unit) && regions.includes(region),
      );
      if (still.length === 0) return [{ ...one, accountFilter: { type: 'NONE', accountIds: [] } }];
      const filters = still.map(({ accountFilter }) => accountFilter);
      if (filters.some((filter) => isDeepStrictEqual(filter, group.accountFilter))) return [];
      if (filters.every(({ type }) => type === 'INTERSECTION')) {
        const accountIds = filters.flatMap((filter) => filter.accountIds);
        return [{ ...one, accountFilter: { type: 'DIFFERENCE', accountIds } }];
      }
      const [only] = filters;
      if (filters.length > 1 || only?.type !== 'DIFFERENCE') return [];
      return [{ ...one, accountFilter: { type: 'INTERSECTION', accountIds: only.accountIds } }];
    }),
  );
}
