import type { CompiledPolicy } from '../../config/compiled';
import { isUnitPath, rootPath } from '../../config/formats';
import { type NamedKey, namedKeys } from '../../config/named-keys';
import { accountIdPattern } from '../../core/finding';
import { printable } from '../../resources/kit/printable';
import type { OrganizationStructure } from '../organization/structure';
import { listed } from '../text/listed';

/**
 * Recommends ids, in one line, where a policy names accounts by name or organizational units by path: whoever may rename them could
 * otherwise change whom a line of the policy means. The root's path stays as it is.
 * @param structure with it, the line says the ids
 * @returns undefined when the policy names everything by id
 */
export function idAdvice(
  policy: CompiledPolicy,
  structure: OrganizationStructure = { units: [], accounts: [] },
): string | undefined {
  const { accounts, units } = namedKeys(policy);
  const byName = accounts.filter(({ key }) => !accountIdPattern.test(key));
  const byPath = units.filter(({ key }) => isUnitPath(key) && key !== rootPath);
  const told = [
    ...once(byName).map((named) =>
      tell(
        named,
        idsOf(structure.accounts, ({ name }) => name === named.key),
      ),
    ),
    ...once(byPath).map((named) =>
      tell(
        named,
        idsOf(structure.units, ({ path }) => path === named.key),
      ),
    ),
  ];
  if (told.length === 0) return undefined;
  return `Advice: write ids in place of names and paths; after a rename nothing is fixed there until you correct the line: ${listed(told)}.`;
}

function once(named: readonly NamedKey[]): NamedKey[] {
  return [...new Map(named.toReversed().map((each) => [each.key, each])).values()].reverse();
}

function idsOf<Known extends { id: string }>(known: readonly Known[], is: (one: Known) => boolean): string[] {
  return known.filter(is).map(({ id }) => id);
}

/** A name that is that of several is a problem of its own, which lists them. */
function tell({ key, source }: NamedKey, ids: readonly string[]): string {
  const [id, ...others] = ids;
  return `${printable(key)} (${source})${id !== undefined && others.length === 0 ? ` is ${id}` : ''}`;
}
