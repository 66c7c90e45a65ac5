import { addressFamilies, parseCidr } from '../kit/addresses';
import { type IngressRule, ruleKey } from './ingress-rule';
import type { SecurityGroup } from './model';
import { portProtocol } from './protocols';

/** Rules that a plan would add: those that fit, and those for which the group has no room. */
export interface Fitting {
  added: IngressRule[];
  left: IngressRule[];
}

/**
 * Which of the rules to keep the group has to get, and which of them have room beside the old ones, which go afterwards. Rules
 * that it has already are left out, and each is there once: EC2 refuses a whole call for one duplicate. Where there is no room
 * for all, those with the most ports come first.
 *
 * The quota counts IPv4 and IPv6 each by itself, a reference in both, and a prefix list with all its entries:
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
export function fitting(group: SecurityGroup, rules: readonly IngressRule[], quota: number): Fitting {
  const existing = new Set(group.ingress.map(ruleKey));
  const missing = [...new Map(rules.map((rule) => [ruleKey(rule), rule])).entries()]
    .filter(([key]) => !existing.has(key))
    .map(([, rule]) => rule);
  const count = { ipv4: 0, ipv6: 0 };
  const add = (rule: IngressRule) => {
    const weight = weightOf(rule);
    for (const family of addressFamilies) count[family] += weight[family];
  };
  group.ingress.forEach(add);
  const fits = new Set<IngressRule>();
  for (const rule of missing.toSorted((a, b) => sizeOf(b) - sizeOf(a))) {
    const weight = weightOf(rule);
    if (addressFamilies.some((family) => weight[family] > 0 && count[family] + weight[family] > quota))
      continue;
    add(rule);
    fits.add(rule);
  }
  return {
    added: missing.filter((rule) => fits.has(rule)),
    left: missing.filter((rule) => !fits.has(rule)),
  };
}

function weightOf({ source }: IngressRule): { ipv4: number; ipv6: number } {
  switch (source.kind) {
    case 'cidr':
      return parseCidr(source.cidr, 'cidr').family === 'ipv4' ? { ipv4: 1, ipv6: 0 } : { ipv4: 0, ipv6: 1 };
    case 'group':
      return { ipv4: 1, ipv6: 1 };
    case 'prefixList': {
      const families = (source.cidrs ?? []).map((cidr) => parseCidr(cidr, source.prefixListId).family);
      if (families.length === 0) return { ipv4: 1, ipv6: 1 };
      const ipv4 = families.filter((family) => family === 'ipv4').length;
      return { ipv4, ipv6: families.length - ipv4 };
    }
  }
}

/** How many ports a rule opens; a protocol without ports counts as all of them. */
function sizeOf({ protocol, fromPort, toPort }: IngressRule): number {
  const isPart = portProtocol(protocol) !== undefined && fromPort !== undefined && toPort !== undefined;
  return isPart && fromPort >= 0 ? toPort - fromPort + 1 : 65_536;
}
