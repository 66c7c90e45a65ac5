import type { CfnStackSet } from 'aws-cdk-lib/aws-cloudformation';
import { unitsAtOnce } from '../../core/target-chunks';
import type { SetTargets } from './set-targets';

type Group = CfnStackSet.StackInstancesProperty;

/** The groups of the stack set that auto-deployment fills: whole units, without the accounts that are left out. */
export function unitGroups({ units, except }: SetTargets, regions: readonly string[]): Group[] {
  return chunks(units).map((organizationalUnitIds) =>
    group(regions, {
      organizationalUnitIds,
      ...(except.length > 0
        ? { accountFilterType: 'DIFFERENCE', accounts: [...except] }
        : { accountFilterType: 'NONE' }),
    }),
  );
}

/** The groups of the stack set beside it: single accounts, through the units that they lie in. */
export function accountGroups({ accounts }: SetTargets, regions: readonly string[]): Group[] {
  const units = chunks([...new Set(accounts.map(({ unitId }) => unitId))].sort());
  return units.map((organizationalUnitIds) => {
    const inThem = accounts.filter(({ unitId }) => organizationalUnitIds.includes(unitId));
    const ids = inThem.map(({ id }) => id).sort();
    return group(regions, { organizationalUnitIds, accountFilterType: 'INTERSECTION', accounts: ids });
  });
}

function group(regions: readonly string[], deploymentTargets: CfnStackSet.DeploymentTargetsProperty): Group {
  return { regions: [...regions], deploymentTargets };
}

function chunks(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / unitsAtOnce);
  return Array.from({ length: count }, (_, index) =>
    ids.slice(index * unitsAtOnce, (index + 1) * unitsAtOnce),
  );
}
