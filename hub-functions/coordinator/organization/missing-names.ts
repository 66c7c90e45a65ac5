import type { CompiledPolicy } from '../../../config/compiled';
import { isUnitPath, rootPath } from '../../../config/formats';
import { type NamedKey, namedKeys } from '../../../config/named-keys';
import { accountIdPattern } from '../../../contract/finding';
import type { OrganizationTree } from './tree';

/**
 * The names of accounts and the paths of units in the policy that the organization does not have, with the lines that hold them.
 * A line whose account or organizational unit was renamed, or was never spelled right, says nothing any more, also where it was
 * meant to keep something from being changed. Ids are not looked up.
 */
export function missingNamesIn(tree: OrganizationTree, policy: CompiledPolicy): NamedKey[] {
  const { accounts, units } = namedKeys(policy);
  const names = accounts.filter(({ key }) => !accountIdPattern.test(key));
  const paths = units.filter(({ key }) => isUnitPath(key) && key !== rootPath);
  const known = new Set([...tree.accounts.values()].map(({ name }) => name));
  /** Ids of units by what they lie under and their names; ids hold no slash. */
  const unitIds = new Map(
    [...tree.units.values()].map(({ id, name, parentId }) => [`${parentId}/${name}`, id]),
  );
  const exists = (path: string): boolean => {
    let id: string | undefined = tree.rootId;
    for (const name of path.slice(rootPath.length).split('/')) {
      if (id !== undefined) id = unitIds.get(`${id}/${name}`);
    }
    return id !== undefined;
  };
  return [...names.filter(({ key }) => !known.has(key)), ...paths.filter(({ key }) => !exists(key))];
}
