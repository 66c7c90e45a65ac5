import type { Plan } from '../control';
import {
  type AddressFamily,
  addressFamilies,
  internetSize,
  parseCidr,
  sizeOfPrefix,
} from '../resources/addresses';
import { describeRule, type IngressRule, ruleKey } from '../resources/ingress-rule';
import { type PortProtocol, type PortRange, portProtocols, withoutPorts } from '../resources/protocols';
import type { SecurityGroup } from '../resources/security-group';
import { changeOf, type SecurityGroupChange } from '../resources/security-group-changes';
import { type Closing, exposureOf } from './exposure';
import { type OpenPortsParameters, type PortRules, portRules } from './parameters';

/**
 * The smallest change that closes what is open to the internet: rules that keep the harmless ports of a range first,
 * so that nothing harmless is ever closed, then the dangerous ones go, one source each.
 */
export function plan(group: SecurityGroup, parameters: OpenPortsParameters): Plan<SecurityGroupChange> {
  const { closings } = exposureOf(group, parameters);
  const rules = portRules(parameters);
  const kept = missing(
    group,
    closings.flatMap((closing) => remainder(closing, rules)),
  );
  const fits = fitsQuota(group, kept, parameters.rulesQuota);
  const losses = [
    ...closings.flatMap((closing) => lossesOf(closing, parameters)),
    ...(fits
      ? []
      : kept.map((rule) => `The group's rule quota has no room to keep ${describeRule(rule)} open.`)),
  ];
  return {
    changes: [
      ...(fits ? kept : []).map((rule) => changeOf('authorize', rule, `Keep ${describeRule(rule)} open.`)),
      ...closings.map(({ entry: { rule } }) => changeOf('revoke', rule, `Close ${describeRule(rule)}.`)),
    ],
    lossy: losses.length > 0,
    losses,
  };
}

/** The rules that keep open what is harmless of a rule that goes. */
function remainder({ entry, ports }: Closing, rules: Record<PortProtocol, PortRules>): IngressRule[] {
  const { rule, protocol } = entry;
  const narrowed = (name: string, { from, to }: PortRange): IngressRule => ({
    ...rule,
    protocol: name,
    fromPort: from,
    toPort: to,
  });
  if (protocol === '-1') {
    return portProtocols.flatMap((name) => rules[name].keepOpen.map((range) => narrowed(name, range)));
  }
  const left = ports === 'all' ? rules[protocol].keepOpen : withoutPorts([entry.ports], ports);
  return left.map((range) => narrowed(rule.protocol, range));
}

/** Without the rules that the group has already, and each once: EC2 refuses a whole call for one duplicate. */
function missing(group: SecurityGroup, rules: readonly IngressRule[]): IngressRule[] {
  const existing = new Set(group.ingress.map(ruleKey));
  return [...new Map(rules.map((rule) => [ruleKey(rule), rule])).values()].filter(
    (rule) => !existing.has(ruleKey(rule)),
  );
}

/**
 * Whether the group has room for further rules while the old ones are still there. The quota counts each family by
 * itself, and every reference in both: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
function fitsQuota(group: SecurityGroup, added: readonly IngressRule[], quota: number | undefined): boolean {
  if (quota === undefined || added.length === 0) return true;
  const rules = [...group.ingress, ...added];
  return addressFamilies.every((family) => rules.filter((rule) => counts(rule, family)).length <= quota);
}

function counts({ source }: IngressRule, family: AddressFamily): boolean {
  return source.kind !== 'cidr' || parseCidr(source.cidr, 'cidr').family === family;
}

function lossesOf({ entry, ports, together }: Closing, parameters: OpenPortsParameters): string[] {
  const name = describeRule(entry.rule);
  if (together) {
    return [`${name} goes, though ${entry.source} is the internet only together with other sources.`];
  }
  if (entry.protocol === '-1' && ports !== 'all') return [`${name} goes with all of its protocols.`];
  const harmless = harmlessEntries(entry.rule, parameters);
  return harmless === 0 ? [] : [`${name} goes with ${harmless} of its entries that are not the internet.`];
}

/** How many entries of a prefix list are not the internet by themselves: a rule takes a list whole. */
function harmlessEntries({ source }: IngressRule, parameters: OpenPortsParameters): number {
  if (source.kind !== 'prefixList') return 0;
  return (source.cidrs ?? []).filter((cidr) => {
    const range = parseCidr(cidr, source.prefixListId);
    const prefix = range.family === 'ipv4' ? parameters.ipv4Prefix : parameters.ipv6Prefix;
    return internetSize([range], range.family) <= sizeOfPrefix(range.family, prefix);
  }).length;
}
