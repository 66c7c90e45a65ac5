import * as z from 'zod/mini';
import type { AccountPlace, PlaceUnit } from '../../config/place';
import type { SavedStructure } from '../../config/saved-structure';
import type { Json } from '../../core/json';
import {
  ClosedAccountError,
  closedAccount,
  notInOrganization,
  UnknownAccountError,
  UnresolvedPlaceError,
} from './place-errors';

/** An account or an organizational unit, and what it lies under directly. */
export interface TreeNode {
  id: string;
  name: string;
  parentId: string;
  /** Of an account: nothing runs there, since it is closed, about to be closed, or suspended. */
  closed?: true;
}

/** The whole organization as AWS Organizations told it at one time. */
export interface OrganizationTree {
  rootId: string;
  /** By id; without the root. */
  units: ReadonlyMap<string, TreeNode>;
  /** By id; closed and suspended ones too. */
  accounts: ReadonlyMap<string, TreeNode>;
  /** When reading it began: later changes may be missing. */
  readAt: Date;
  /** How long reading it took. */
  tookMilliseconds: number;
}

const nodesSchema = z.array(z.tuple([z.string(), z.string(), z.string()]));
const contentSchema = z.object({
  rootId: z.string(),
  units: nodesSchema,
  accounts: nodesSchema,
  /** Ids of accounts; absent where there are none, and in what versions before kept. */
  closed: z.exactOptional(z.array(z.string())),
});

/** What a tree says, as JSON, in an order that depends on nothing else: equal trees have equal contents. */
export function contentOf({ rootId, units, accounts }: OrganizationTree): Json {
  const listed = (nodes: ReadonlyMap<string, TreeNode>) =>
    [...nodes.values()]
      .map(({ id, name, parentId }) => [id, name, parentId])
      .sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
  const closed = [...accounts.values()].filter((account) => account.closed).map(({ id }) => id);
  return {
    rootId,
    units: listed(units),
    accounts: listed(accounts),
    ...(closed.length > 0 && { closed: closed.sort() }),
  };
}

/** The tree of a content that `contentOf` gave; undefined when it cannot be understood. */
export function treeOf(
  content: Json,
  { readAt, tookMilliseconds }: Pick<OrganizationTree, 'readAt' | 'tookMilliseconds'>,
): OrganizationTree | undefined {
  const { success, data } = contentSchema.safeParse(content);
  if (!success) return undefined;
  const closed = new Set(data.closed);
  const byId = (nodes: z.infer<typeof nodesSchema>) =>
    new Map(
      nodes.map(([id, name, parentId]): [string, TreeNode] => [
        id,
        { id, name, parentId, ...(closed.has(id) && { closed: true }) },
      ]),
    );
  const [units, accounts] = [byId(data.units), byId(data.accounts)];
  return { rootId: data.rootId, units, accounts, readAt, tookMilliseconds };
}

/** Whether the tree has the organizational unit, or the root, of this id. */
export function hasParent({ rootId, units }: OrganizationTree, id: string): boolean {
  return id === rootId || units.has(id);
}

/**
 * An account's place, with all names.
 * @param parentId what it lies under directly, where that is known better than the tree has it
 * @throws UnknownAccountError when the tree does not have the account; ClosedAccountError when nothing runs there
 * @throws UnresolvedPlaceError when the tree does not lead from the account to its root
 */
export function placeIn(tree: OrganizationTree, accountId: string, parentId?: string): AccountPlace {
  const account = tree.accounts.get(accountId);
  if (!account) throw new UnknownAccountError(notInOrganization(accountId));
  if (account.closed) throw new ClosedAccountError(closedAccount(accountId));
  const { name } = account;
  let sameName = 0;
  for (const other of tree.accounts.values()) if (other.name === name) sameName += 1;
  const path = pathFrom(tree, parentId ?? account.parentId, `account ${accountId}`);
  return { accountId, name, sameName, path };
}

/**
 * An organizational unit, or the root, and all that it lies under, with their names.
 * @returns undefined when the tree does not have it
 * @throws UnresolvedPlaceError when the tree does not lead from there to its root
 */
export function unitPathIn(tree: OrganizationTree, id: string): PlaceUnit[] | undefined {
  return hasParent(tree, id) ? pathFrom(tree, id, id) : undefined;
}

/** @param of what lies there, for people */
function pathFrom({ rootId, units }: OrganizationTree, parentId: string, of: string): PlaceUnit[] {
  const path: PlaceUnit[] = [];
  let id = parentId;
  while (id !== rootId) {
    const unit = units.get(id);
    if (!unit || path.length > units.size) {
      const walked = [...path.map((above) => above.id), id].join(' < ');
      throw new UnresolvedPlaceError(`No root was found above ${of}: ${walked}.`);
    }
    path.push({ id, name: unit.name });
    id = unit.parentId;
  }
  return [...path, { id: rootId }];
}

/** The tree in the form in which a structure file holds it, and in which a policy's coverage is planned. */
export function structureOf({ rootId, units, accounts }: OrganizationTree): SavedStructure {
  return {
    version: 1,
    rootId,
    units: [...units.values()].map(({ id, name, parentId }) => ({ id, name, parentId })),
    accounts: [...accounts.values()].map(({ id, name, parentId, closed }) => ({
      ...{ id, name, parentId },
      status: closed ? 'SUSPENDED' : 'ACTIVE',
    })),
  };
}

/** The accounts that lie under a unit, or under the root, however deep. Pure. */
export function accountsUnder({ units, accounts }: OrganizationTree, id: string): string[] {
  const liesUnder = (parentId: string | undefined): boolean => {
    let at = parentId;
    // A tree that leads in circles is none.
    for (let steps = 0; at !== undefined && steps <= units.size; steps += 1) {
      if (at === id) return true;
      at = units.get(at)?.parentId;
    }
    return false;
  };
  return [...accounts.values()]
    .filter(({ parentId }) => liesUnder(parentId))
    .map(({ id: account }) => account);
}
