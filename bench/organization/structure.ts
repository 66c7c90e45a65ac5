import type { SavedStructure } from '../../config/saved-structure';

/** Accounts in a unit. */
const inUnit = 25;

/** An organization of so many accounts, in units of 25 that lie under one of two. */
export function structureOf(accounts: number): SavedStructure {
  const rootId = 'r-abcd';
  const above = ['ou-abcd-workload', 'ou-abcd-sandbox0'];
  const count = Math.ceil(accounts / inUnit);
  const idOf = (index: number) => `ou-abcd-${String(index).padStart(8, '0')}`;
  return {
    version: 1,
    rootId,
    units: [
      { id: 'ou-abcd-workload', parentId: rootId, name: 'Workloads' },
      { id: 'ou-abcd-sandbox0', parentId: rootId, name: 'Sandbox' },
      ...Array.from({ length: count }, (_, index) => ({
        id: idOf(index),
        parentId: above[index % above.length] ?? rootId,
        name: `Unit ${index}`,
      })),
    ],
    accounts: Array.from({ length: accounts }, (_, index) => ({
      id: String(300_000_000_000 + index),
      name: `account-${index}`,
      parentId: idOf(Math.floor(index / inUnit)),
      status: 'ACTIVE',
    })),
  };
}

/** The same with the management account and the hub, as `benchPolicy` names them. */
export function wholeStructureOf(accounts: number): SavedStructure {
  const structure = structureOf(accounts);
  const others = [
    { id: '111111111111', name: 'management' },
    { id: '222222222222', name: 'security' },
  ].map((account) => ({ ...account, parentId: structure.rootId, status: 'ACTIVE' }));
  return { ...structure, accounts: [...structure.accounts, ...others] };
}
