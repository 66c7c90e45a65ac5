import type { SavedStructure } from '../../../config/saved-structure';

/** Accounts of the test organization, by name. */
export const accountIds = {
  management: '111111111111',
  security: '222222222222',
  'payments-prod': '333333333333',
  'payments-cell': '444444444444',
  playground: '555555555555',
  legacy: '666666666666',
  closed: '777777777777',
} as const;

/** The organization of `support/policy.ts`, with accounts in it. */
export const structure: SavedStructure = {
  version: 1,
  rootId: 'r-abcd',
  units: [
    { id: 'ou-abcd-workload', parentId: 'r-abcd', name: 'Workloads' },
    { id: 'ou-abcd-workprod', parentId: 'ou-abcd-workload', name: 'Prod' },
    { id: 'ou-abcd-workcell', parentId: 'ou-abcd-workprod', name: 'Cell' },
    { id: 'ou-abcd-sandbox0', parentId: 'r-abcd', name: 'Sandbox' },
    { id: 'ou-abcd-sandprod', parentId: 'ou-abcd-sandbox0', name: 'Prod' },
  ],
  accounts: [
    account('management', 'r-abcd'),
    account('security', 'r-abcd'),
    account('payments-prod', 'ou-abcd-workprod'),
    account('payments-cell', 'ou-abcd-workcell'),
    account('playground', 'ou-abcd-sandbox0'),
    account('legacy', 'ou-abcd-sandbox0'),
    account('closed', 'ou-abcd-sandbox0', 'SUSPENDED'),
  ],
};

function account(name: keyof typeof accountIds, parentId: string, status = 'ACTIVE') {
  return { id: accountIds[name], name, parentId, status };
}
