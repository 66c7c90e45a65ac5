import type { OrganizationTree } from '../../ledger/organization/organization-tree';
import type { OrganizationStructure } from './structure';

/** A structure in the form in which the hub keeps it. Pure. */
export function treeOfStructure({ units, accounts }: OrganizationStructure, readAt: Date): OrganizationTree {
  const [root] = units;
  const nested = units.flatMap(({ chain: [unit, above] }) =>
    unit && above ? [{ id: unit.id, name: unit.name ?? '', parentId: above.id }] : [],
  );
  return {
    rootId: root?.id ?? '',
    units: new Map(nested.map((unit) => [unit.id, unit])),
    accounts: new Map(
      accounts.map(({ id, name, unit, closed }) => [
        id,
        { id, name, parentId: unit.id, ...(closed && { closed }) },
      ]),
    ),
    readAt,
    tookMilliseconds: 0,
  };
}
