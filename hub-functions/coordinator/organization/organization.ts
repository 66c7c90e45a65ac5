import {
  ChildNotFoundException,
  ListParentsCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import type { CompiledPolicy } from '../../../config/compiled';
import type { NamedKey } from '../../../config/named-keys';
import { type AccountPlace, usesNames, usesPaths } from '../../../config/place';
import { notTold, UnknownAccountError, UnresolvedPlaceError } from './errors';
import { missingNamesIn } from './missing-names';
import { namesOf, noNames, type PlaceNames } from './place-names';
import { readTree } from './read-tree';
import { hasParent, placeIn } from './tree';
import { TreeSource, type TreeSourceParts } from './tree-source';

/** What the organization is made from: the client retries adaptively, since AWS Organizations throttles early. */
export interface OrganizationParts extends Omit<TreeSourceParts, 'read'> {
  client: OrganizationsClient;
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
   * most.
   * @throws UnknownAccountError when the account is not in the organization
   * @throws UnresolvedPlaceError when that cannot be told
   */
  async place(accountId: string): Promise<AccountPlace> {
    const tree = await this.source.current();
    const known = tree.accounts.has(accountId) ? tree : await this.source.newerThan(tree);
    return placeIn(known, accountId);
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
    if (isWhole()) return placeIn(tree, accountId, parentId);
    throw new UnresolvedPlaceError(
      `AWS Organizations says that account ${accountId} lies under ${parentId}, and did not list it there yet.`,
    );
  }

  /**
   * The names of accounts and the paths of units in the policy that the organization does not have. Ask after the place that a
   * decision rests on: the answer is by the same tree, or a later one, so that no rename falls between the two.
   * @throws UnresolvedPlaceError when that cannot be told
   */
  async missingNames(policy: CompiledPolicy): Promise<NamedKey[]> {
    if (!usesNames(policy) && !usesPaths(policy)) return [];
    return missingNamesIn(await this.source.current(), policy);
  }

  /** What accounts and units are called, for people, as far as that is known here. Never throws, and waits for nothing. */
  async names(): Promise<PlaceNames> {
    const tree = await this.source.known().catch(() => undefined);
    return tree ? namesOf(tree) : noNames;
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
          throw new UnknownAccountError(`${accountId} is not in the organization.`, { cause: error });
        throw notTold(`the parent of ${accountId}`, error);
      });
    const [parent] = parents;
    if (parents.length === 1 && parent?.Id) return parent.Id;
    throw new UnresolvedPlaceError(
      `AWS Organizations names ${parents.length} parents of ${accountId}, not one.`,
    );
  }
}
