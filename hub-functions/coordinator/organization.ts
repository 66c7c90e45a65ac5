import {
  ChildNotFoundException,
  DescribeOrganizationalUnitCommand,
  ListParentsCommand,
  OrganizationalUnitNotFoundException,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import type { AccountPlace, PlaceUnit } from '../../config/place';
import { AccountNames } from './account-names';
import { MissingNodeError, notTold, UnknownAccountError, UnresolvedPlaceError } from './organization-errors';
import { Remembered } from './remembered';

export { UnknownAccountError, UnresolvedPlaceError };

/** Organizational units nest five deep: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const maximumDepth = 8;

/** What a policy needs to know of an account's place beside ids: see `usesNames` and `usesPaths`. */
export interface PlaceNeeds {
  /** The names of accounts, and how many share them. */
  names: boolean;
  /** The names of organizational units. */
  paths: boolean;
}

/**
 * Where accounts lie in the organization, asked of AWS Organizations at run time, so that an account which joined or
 * moved after the deployment counts where it is. A delegated administrator may call these:
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganizationalUnit.html
 */
export class OrganizationTree {
  private readonly parents: Remembered<Parent>;
  private readonly unitNames: Remembered<string>;

  /**
   * @param needs what is asked for beside ids; default: nothing
   * @param now milliseconds since the epoch
   * @param accountNames shared with whoever else needs them
   */
  constructor(
    private readonly client: OrganizationsClient,
    private readonly needs: PlaceNeeds = { names: false, paths: false },
    now: () => number = Date.now,
    private readonly accountNames = new AccountNames(client, now),
  ) {
    this.parents = new Remembered((child) => this.askParent(child), now);
    this.unitNames = new Remembered((unitId) => this.askUnitName(unitId), now);
  }

  /**
   * The ids of what an account lies under, nearest first; the last one is the root's.
   * @throws UnknownAccountError when the account is not in the organization
   * @throws UnresolvedPlaceError when AWS Organizations does not tell
   */
  path(accountId: string): Promise<string[]> {
    return this.upToDate(accountId, () => this.walk(accountId));
  }

  /**
   * An account's place, with the names that are needed.
   * @throws UnknownAccountError when the account is not in the organization
   * @throws UnresolvedPlaceError when AWS Organizations does not tell
   */
  async place(accountId: string): Promise<AccountPlace> {
    const path = await this.upToDate(accountId, async () => this.named(await this.walk(accountId)));
    return { accountId, path, ...(this.needs.names && (await this.accountNames.of(accountId))) };
  }

  private async walk(accountId: string): Promise<string[]> {
    const path: string[] = [];
    for (let child = accountId; path.length < maximumDepth; ) {
      const parent = await this.parents.get(child);
      path.push(parent.id);
      if (parent.root) return path;
      child = parent.id;
    }
    throw new UnresolvedPlaceError(`No root was found above account ${accountId}: ${path.join(' < ')}.`);
  }

  /** @param path ends with the root, whose name is in no path */
  private named(path: readonly string[]): Promise<PlaceUnit[]> {
    return Promise.all(
      path.map(async (id, index) =>
        this.needs.paths && index < path.length - 1 ? { id, name: await this.unitNames.get(id) } : { id },
      ),
    );
  }

  /** Once more from the start where a unit above the account is gone: the account was moved since its place was asked for. */
  private async upToDate<Place>(accountId: string, find: () => Promise<Place>): Promise<Place> {
    try {
      return await find();
    } catch (error) {
      if (!(error instanceof MissingNodeError)) throw error;
      if (error.node === accountId) throw unknown(accountId, error);
    }
    for (let child: string | undefined = accountId; child; ) child = (await this.parents.forget(child))?.id;
    try {
      return await find();
    } catch (error) {
      if (!(error instanceof MissingNodeError)) throw error;
      if (error.node === accountId) throw unknown(accountId, error);
      throw new UnresolvedPlaceError(
        `AWS Organizations does not know ${error.node}, under which it says that account ${accountId} lies.`,
        { cause: error },
      );
    }
  }

  private async askParent(child: string): Promise<Parent> {
    const { Parents: parents = [] } = await this.client
      .send(new ListParentsCommand({ ChildId: child }))
      .catch((error: unknown) => {
        if (error instanceof ChildNotFoundException) throw new MissingNodeError(child, { cause: error });
        throw notTold(`the parent of ${child}`, error);
      });
    const [parent] = parents;
    if (parents.length === 1 && parent?.Id && parent.Type)
      return { id: parent.Id, root: parent.Type === 'ROOT' };
    throw new UnresolvedPlaceError(`AWS Organizations names ${parents.length} parents of ${child}, not one.`);
  }

  private async askUnitName(unitId: string): Promise<string> {
    const { OrganizationalUnit: unit } = await this.client
      .send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: unitId }))
      .catch((error: unknown) => {
        if (error instanceof OrganizationalUnitNotFoundException)
          throw new MissingNodeError(unitId, { cause: error });
        throw notTold(`the name of ${unitId}`, error);
      });
    if (unit?.Name) return unit.Name;
    throw new UnresolvedPlaceError(`AWS Organizations does not tell the name of ${unitId}.`);
  }
}

function unknown(accountId: string, cause: MissingNodeError): UnknownAccountError {
  return new UnknownAccountError(`${accountId} is not in the organization.`, { cause });
}

interface Parent {
  id: string;
  root: boolean;
}
