import type { SavedStructure } from '../../config/saved-structure';
import type { OrganizationStructure } from './structure';

/** A structure in the form of the file that stands beside the policy. Pure. */
export function savedStructureOf({ units, accounts }: OrganizationStructure): SavedStructure {
  return {
    version: 1,
    rootId: units[0]?.id ?? '',
    units: units.flatMap(({ chain: [unit, above] }) =>
      unit && above ? [{ id: unit.id, parentId: above.id, name: unit.name ?? '' }] : [],
    ),
    accounts: accounts.map(({ id, name, unit, status }) => ({ id, name, parentId: unit.id, status })),
  };
}
