import type { PlaceCoverage } from '../../../ledger/coverage/place-coverage';
import type { OrganizationTree, TreeNode } from '../../../ledger/organization/organization-tree';
import { patrolledTypes } from '../../../operator/coverage/ask-coverage';
import type { Hub } from '../../../operator/hub/hub';
import { testPolicy } from '../../support/findings';
import { type FakeParts, hubWith } from '../fake-hub';

/** Accounts of a small organization: two are in production, of which one is closed, and one is in the sandbox. */
export const watched = { payments: '222222222222', closed: '333333333333', trial: '444444444444' };
export const prodId = 'ou-root-prod0000';

const byId = (nodes: TreeNode[]) => new Map(nodes.map((node) => [node.id, node]));

export const tree: OrganizationTree = {
  rootId: 'r-root',
  units: byId([{ id: prodId, name: 'Prod', parentId: 'r-root' }]),
  accounts: byId([
    { id: watched.payments, name: 'payments', parentId: prodId },
    { id: watched.closed, name: 'old', parentId: prodId, closed: true },
    { id: watched.trial, name: 'trial', parentId: 'r-root' },
  ]),
  readAt: new Date(0),
  tookMilliseconds: 0,
};

/** An item that says the same of each type. */
export function itemOf(accountId: string, said: PlaceCoverage['types'][string]): PlaceCoverage {
  const types = Object.fromEntries(patrolledTypes.map((type) => [type, said]));
  return { accountId, region: 'eu-west-1', since: '2026-11-01T00:00:00.000Z', types };
}

/** A hub with such an organization, which knows these items, as they are at each question. */
export function watchedHub(items: () => readonly PlaceCoverage[], parts: FakeParts = {}): Hub {
  return hubWith({
    tree,
    coverage: {
      list: async function* () {
        yield* items();
      },
    },
    order: async () => ({ version: 2, done: true, text: '', policy: JSON.stringify(testPolicy) }),
    ...parts,
  });
}
