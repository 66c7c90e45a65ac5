import {
  type OrganizationsClient,
  ParentNotFoundException,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
import { isClosedAccount } from '../../../core/closed-account';
import type { OrganizationTree, TreeNode } from '../../../ledger/organization/organization-tree';
import { UnresolvedPlaceError } from '../../../ledger/organization/place-errors';
import { notTold } from './errors';

/** So many units are read at once, with two listings each: AWS Organizations throttles early. */
const atOnce = 2;

/** What AWS Organizations says of a unit or an account; of an account also whether it is closed. */
interface Listed {
  Id?: string | undefined;
  Name?: string | undefined;
  State?: string | undefined;
  Status?: string | undefined;
}

/** Thrown when the organization changed while it was read, so that what was read is no whole. */
class ChangedMeanwhileError extends UnresolvedPlaceError {}

/**
 * Reads the whole organization. A delegated administrator may call these:
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html
 * @throws UnresolvedPlaceError when AWS Organizations does not tell, or the organization keeps changing
 */
export async function readTree(client: OrganizationsClient, now: () => Date): Promise<OrganizationTree> {
  try {
    return await readOnce(client, now);
  } catch (error) {
    if (!(error instanceof ChangedMeanwhileError)) throw error;
    return readOnce(client, now);
  }
}

async function readOnce(client: OrganizationsClient, now: () => Date): Promise<OrganizationTree> {
  const readAt = now();
  const rootId = await readRoot(client);
  const units = new Map<string, TreeNode>();
  const accounts = new Map<string, TreeNode>();
  const add = (nodes: Map<string, TreeNode>, node: TreeNode): void => {
    // An account that is moved may be listed twice.
    if (nodes.has(node.id)) throw changedMeanwhile(`${node.id} is in two places`);
    nodes.set(node.id, node);
  };
  const parents = [rootId];
  while (parents.length > 0) {
    const read = parents.splice(0, atOnce).map((parentId) => readChildren(client, parentId));
    for (const children of await Promise.all(read)) {
      for (const unit of children.units) add(units, unit);
      for (const account of children.accounts) add(accounts, account);
      parents.push(...children.units.map(({ id }) => id));
    }
  }
  return { rootId, units, accounts, readAt, tookMilliseconds: now().getTime() - readAt.getTime() };
}

async function readRoot(client: OrganizationsClient): Promise<string> {
  const ids: (string | undefined)[] = [];
  try {
    for await (const { Roots: roots = [] } of paginateListRoots({ client }, {}))
      ids.push(...roots.map(({ Id: id }) => id));
  } catch (error) {
    throw notTold('its root', error);
  }
  const [id] = ids;
  if (id && ids.length === 1) return id;
  throw new UnresolvedPlaceError(`AWS Organizations names ${ids.length} roots, not one.`);
}

async function readChildren(
  client: OrganizationsClient,
  parentId: string,
): Promise<{ units: TreeNode[]; accounts: TreeNode[] }> {
  const [units, accounts] = await Promise.all([
    listed(`the organizational units in ${parentId}`, parentId, async (add) => {
      const pages = paginateListOrganizationalUnitsForParent({ client }, { ParentId: parentId });
      for await (const { OrganizationalUnits: page = [] } of pages) page.forEach(add);
    }),
    listed(`the accounts in ${parentId}`, parentId, async (add) => {
      const pages = paginateListAccountsForParent({ client }, { ParentId: parentId });
      for await (const { Accounts: page = [] } of pages) page.forEach(add);
    }),
  ]);
  return { units, accounts };
}

async function listed(
  what: string,
  parentId: string,
  list: (add: (listed: Listed) => void) => Promise<void>,
): Promise<TreeNode[]> {
  const found: Listed[] = [];
  try {
    await list((one) => found.push(one));
  } catch (error) {
    if (error instanceof ParentNotFoundException) throw changedMeanwhile(`${parentId} is gone`);
    throw notTold(what, error);
  }
  return found.map((one) => {
    const { Id: id, Name: name } = one;
    // What has no name could escape a line of the policy that names it.
    if (!id || !name) throw new UnresolvedPlaceError(`AWS Organizations does not name all of ${what}.`);
    return { id, name, parentId, ...(isClosedAccount(one) && { closed: true }) };
  });
}

function changedMeanwhile(how: string): ChangedMeanwhileError {
  return new ChangedMeanwhileError(`The organization was changed while it was read: ${how}.`);
}
