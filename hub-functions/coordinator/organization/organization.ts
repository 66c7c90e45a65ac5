import {
  ChildNotFoundException,
  ListParentsCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import type { AccountPlace, NameBindings, PlaceUnit } from '../../../config/place';
import type { NamesSeen } from '../../../decision/names-seen';
import {
  hasParent,
  type OrganizationTree,
  placeIn,
  unitPathIn,
} from '../../../ledger/organization/organization-tree';
import {
  notInOrganization,
  UnknownAccountError,
  UnresolvedPlaceError,
} from '../../../ledger/organization/place-errors';
import { namesOf, noNames, type PlaceNames } from '../../../ledger/organization/place-names';
import type { UnknownAccounts } from '../../../ledger/organization/unknown-accounts';
import type { BoundNames } from './bound-names';
import { notTold } from './errors';
import { readTree } from './read-tree';
import { TreeSource, type TreeSourceParts } from './tree-source';

/** What the organization is made from: the client retries adaptively, since AWS Organizations throttles early. */
export interface OrganizationParts extends Omit<TreeSourceParts, 'read'> {
  client: OrganizationsClient;
  /** What the policy's names mean. */
  names: BoundNames;
  unknownAccounts: Pick<UnknownAccounts, 'isRemembered' | 'remember'>;
}

/**
 * Where accounts lie in the organization, so that an account which joined or moved after the deployment counts where it is. The
 * whole tree is read at once, and kept in the ledger for all processes; what is told by it is some minutes old.
 */
export class Organization {
  private readonly source: TreeSource;

  constructor(private readonly parts: OrganizationParts) {
    const read = () => readTree(parts.client, parts.now);
    this.source = new TreeSource({ ...parts, read });
  }

  /**
   * An account's place by the kept tree. For an account that it does not have, the organization is read again, once a minute at
   * most; and for the same account not again for a while.
   * @throws UnknownAccountError when the account is not in the organization
   * @throws UnresolvedPlaceError when that cannot be told
   */
  async place(accountId: string): Promise<AccountPlace> {
    const tree = await this.source.current();
    return this.placed(tree.accounts.has(accountId) ? tree : await this.lookFor(accountId, tree), accountId);
  }

  /** @returns the tree as it is, where the account was looked for a while ago */
  private async lookFor(accountId: string, tree: OrganizationTree): Promise<OrganizationTree> {
    const { unknownAccounts, now } = this.parts;
    if (await unknownAccounts.isRemembered(accountId, now())) return tree;
    const newer = await this.source.newerThan(tree);
    if (!newer.accounts.has(accountId)) await unknownAccounts.remember(accountId, now());
    return newer;
  }

  private async placed(tree: OrganizationTree, accountId: string, parentId?: string): Promise<AccountPlace> {
    const place = placeIn(tree, accountId, parentId);
    const { names } = this.parts;
    return names.areUsed ? { ...place, bound: await names.in(tree) } : place;
  }

  /**
   * An account's place as it is now: AWS Organizations is asked what the account lies under. Units cannot be moved, so what lies
   * above comes from the kept tree; where that lacks the unit, or the account, the organization is read again first.
   * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html
   * @throws UnknownAccountError when the account is not in the organization
   * @throws UnresolvedPlaceError when that cannot be told
   */
  async freshPlace(accountId: string): Promise<AccountPlace> {
    const parentId = await this.askParent(accountId);
    let tree = await this.source.current();
    const isWhole = () => tree.accounts.has(accountId) && hasParent(tree, parentId);
    if (!isWhole()) tree = await this.source.newerThan(tree);
    if (isWhole()) return this.placed(tree, accountId, parentId);
    throw new UnresolvedPlaceError(
      `AWS Organizations says that account ${accountId} lies under ${parentId}, and did not list it there yet.`,
    );
  }

  /**
   * An organizational unit, or the root, and all that it lies under, by the kept tree.
   * @returns undefined when there is none
   * @throws UnresolvedPlaceError when that cannot be told
   */
  async unit(id: string): Promise<{ path: PlaceUnit[]; bound?: NameBindings } | undefined> {
    const { names } = this.parts;
    const tree = await this.source.current();
    const path = unitPathIn(tree, id);
    return path && (names.areUsed ? { path, bound: await names.in(tree) } : { path });
  }

  /**
   * What the policy's names come to. Ask after the place that a decision rests on: the answer is by the same tree, or a later one,
   * so that no rename falls between the two.
   * @throws UnresolvedPlaceError when that cannot be told
   */
  async policyNames(): Promise<NamesSeen> {
    const { names } = this.parts;
    if (!names.areUsed) return { unresolved: [], lost: [] };
    return names.seen(await this.source.current());
  }

  /** What accounts and units are called, for people, as far as that is known here. Never throws, and waits for nothing. */
  async names(): Promise<PlaceNames> {
    const tree = await this.source.known().catch(() => undefined);
    return tree ? namesOf(tree) : noNames;
  }

  /**
   * The whole organization by the kept tree.
   * @throws UnresolvedPlaceError when that cannot be told
   */
  tree(): Promise<OrganizationTree> {
    return this.source.current();
  }

  /** For the sweep: reads the organization again when that is due and takes long, so that no finding has to wait for it. */
  keepUp(): Promise<void> {
    return this.source.keepUp();
  }

  private async askParent(accountId: string): Promise<string> {
    const { Parents: parents = [] } = await this.parts.client
      .send(new ListParentsCommand({ ChildId: accountId }))
      .catch((error: unknown) => {
        if (error instanceof ChildNotFoundException)
          throw new UnknownAccountError(notInOrganization(accountId), { cause: error });
        throw notTold(`the parent of ${accountId}`, error);
      });
    const [parent] = parents;
    if (parents.length === 1 && parent?.Id) return parent.Id;
    throw new UnresolvedPlaceError(
      `AWS Organizations names ${parents.length} parents of ${accountId}, not one.`,
    );
  }
}
