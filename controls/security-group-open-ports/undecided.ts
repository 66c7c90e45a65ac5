import { describeRule, type IngressRule } from '../resources/ingress-rule';
import { lastPort, portProtocol } from '../resources/protocols';
import type { SecurityGroup } from '../resources/security-group';
import { portsOf } from './entries';
import { type OpenPortsParameters, portRules } from './parameters';

/**
 * Why nobody can tell whether the group is open to the internet: a rule lets a prefix list in where the internet may not
 * be, and the list's entries are not known. They never are in a configuration item, and not where the list is shared with
 * the account no more.
 */
export function undecided(group: SecurityGroup, parameters: OpenPortsParameters): string | undefined {
  const rule = group.ingress.find(
    (candidate) =>
      candidate.source.kind === 'prefixList' &&
      candidate.source.cidrs === undefined &&
      matters(candidate, parameters),
  );
  return (
    rule &&
    `Whether ${describeRule(rule)} lets the internet in cannot be told: the entries of the prefix list are not known.`
  );
}

/** Whether the rule would be a danger if its source were the internet. */
function matters(rule: IngressRule, parameters: OpenPortsParameters): boolean {
  const protocol = portProtocol(rule.protocol);
  if (protocol === undefined) return false;
  const { from, to } = portsOf(rule);
  if (protocol === '-1' || (from <= 1 && to === lastPort)) return true;
  return portRules(parameters)[protocol].prohibited.some((range) => range.from <= to && range.to >= from);
}
