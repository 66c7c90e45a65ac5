import {
  type OrganizationsClient,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
import type { CompiledPolicy } from '../../config/compiled';
import { isUnitPath, rootPath } from '../../config/formats';
import { type NamedKey, namedKeys } from '../../config/named-keys';
import { accountIdPattern } from '../../contract/finding';
import { AccountNames } from './account-names';
import { notTold, UnresolvedPlaceError } from './organization-errors';
import { Remembered } from './remembered';

/**
 * Whether what the policy names by name or path exists. A line whose account or organizational unit was renamed, or was never
 * spelled right, says nothing any more, also where it was meant to keep something from being changed.
 * A delegated administrator may call these:
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html
 */
export class NamedPlaces {
  private readonly root: Remembered<string>;

  /**
   * @param now milliseconds since the epoch
   * @param accountNames shared with whoever else needs them
   */
  constructor(
    private readonly client: OrganizationsClient,
    private readonly now: () => number = Date.now,
    private readonly accountNames = new AccountNames(client, now),
  ) {
    this.root = new Remembered(() => askRoot(client), now);
  }

  /**
   * The names of accounts and the paths of units in the policy that the organization does not have, with the lines that hold
   * them. Ids are not looked up. The units are asked for anew each time: an answer that is older than the names in an account's
   * place could hide that a unit was renamed between the two.
   * @throws UnresolvedPlaceError when AWS Organizations does not tell
   */
  async missingNames(policy: CompiledPolicy): Promise<NamedKey[]> {
    const { accounts, units } = namedKeys(policy);
    const names = accounts.filter(({ key }) => !accountIdPattern.test(key));
    const paths = units.filter(({ key }) => isUnitPath(key) && key !== rootPath);
    const missing: NamedKey[] = [];
    if (names.length > 0) {
      const known = await this.accountNames.all();
      missing.push(...names.filter(({ key }) => !known.has(key)));
    }
    /** The ids of the units right below something, by name. */
    const children = new Remembered((parentId) => askChildren(this.client, parentId), this.now);
    // One after the other: they share their first steps, and AWS Organizations throttles early.
    for (const path of paths) if (!(await this.exists(path.key, children))) missing.push(path);
    return missing;
  }

  private async exists(path: string, children: Remembered<ReadonlyMap<string, string>>): Promise<boolean> {
    let unitId: string | undefined = await this.root.get('root');
    for (const name of path.slice(rootPath.length).split('/')) {
      unitId = (await children.get(unitId)).get(name);
      if (unitId === undefined) return false;
    }
    return true;
  }
}

async function askRoot(client: OrganizationsClient): Promise<string> {
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

async function askChildren(
  client: OrganizationsClient,
  parentId: string,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  try {
    for await (const { OrganizationalUnits: units = [] } of paginateListOrganizationalUnitsForParent(
      { client },
      { ParentId: parentId },
    )) {
      for (const { Id: id, Name: name } of units) if (id && name) found.set(name, id);
    }
  } catch (error) {
    throw notTold(`the organizational units in ${parentId}`, error);
  }
  return found;
}
