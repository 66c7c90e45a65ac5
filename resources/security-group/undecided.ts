import { describeRule } from './ingress-rule';
import type { SecurityGroup } from './model';

/** A prefix list that might hold everybody. */
const everybody = ['0.0.0.0/0', '::/0'];

/**
 * Why nobody can tell whether a group is open to the internet: a part of it was not recorded, or a rule lets a prefix list in
 * where the internet may not be, and the list's entries are not known. They never are in a configuration item, and not where
 * the list is shared with the account no more.
 * @param complies whether a group whose entries are all known complies
 */
export function undecidedGroup(
  group: SecurityGroup,
  complies: (group: SecurityGroup) => boolean,
): string | undefined {
  const [unrecorded] = group.unrecorded ?? [];
  if (unrecorded !== undefined) {
    return `Whether the group lets the internet in cannot be told: AWS Config did not record ${unrecorded}.`;
  }
  const unknown = group.ingress.filter(({ source }) => source.kind === 'prefixList' && !source.cidrs);
  if (unknown.length === 0) return undefined;
  const opened = (rules: SecurityGroup['ingress']): SecurityGroup => ({
    ...group,
    ingress: rules.map((rule) =>
      rule.source.kind === 'prefixList' && !rule.source.cidrs
        ? { ...rule, source: { ...rule.source, cidrs: everybody } }
        : rule,
    ),
  });
  if (complies(opened(group.ingress))) return undefined;
  const rule = unknown.find((candidate) => !complies(opened([candidate]))) ?? unknown[0];
  return (
    rule &&
    `Whether ${describeRule(rule)} lets the internet in cannot be told: the entries of the prefix list are not known.`
  );
}
