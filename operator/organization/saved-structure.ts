import type { SavedStructure } from '../../config/saved-structure';
import type { OrganizationStructure } from './structure';

/** A structure in the form of the file that lies beside the policy. Closed accounts count as suspended. Pure. */
export function savedStructureOf({ units, accounts }: OrganizationStructure): SavedStructure {
  const [root] = units;
  return {
    version: 1,
    rootId: root?.id ?? '',
    units: units.flatMap(({ chain: [unit, above] }) =>
      unit && above ? [{ id: unit.id, parentId: above.id, name: unit.name ?? '' }] : [],
    ),
    accounts: accounts.map(({ id, name, unit, closed }) => ({
      id,
      name,
      parentId: unit.id,
      status: closed ? 'SUSPENDED' : 'ACTIVE',
    })),
  };
}
