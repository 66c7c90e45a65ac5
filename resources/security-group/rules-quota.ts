import { type AddressFamily, addressFamilies, familyOf } from '../kit/addresses';
import { describeRule, type IngressRule, ruleKey, sourceKey } from './ingress-rule';
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
  if (rules.length === 0) return { added: [], left: [] };
  const sources = new Set(rules.map(({ source }) => sourceKey(source)));
  const existing = new Set<string>();
  for (const rule of group.ingress) {
    if (sources.has(sourceKey(rule.source))) existing.add(ruleKey(rule));
  }
  const byKey = new Map<string, IngressRule>();
  for (const rule of rules) {
    const key = ruleKey(rule);
    if (!existing.has(key)) byKey.set(key, rule);
  }
  const missing = [...byKey.values()];
  const before = countsOf(group.ingress);
  if (isWithin(plus(before, countsOf(missing)), quota)) return { added: missing, left: [] };
  return fittingSome(before, missing, quota);
}

/** A loss of a plan: a rule that is to be kept and has no room. */
export function noRoomFor(rule: IngressRule): string {
  return `The group's rule quota has no room to keep ${describeRule(rule)} open.`;
}

/** How many rules there are, as the quota counts them. */
type Counts = Readonly<Record<AddressFamily, number>>;

function fittingSome(before: Counts, missing: readonly IngressRule[], quota: number): Fitting {
  let counts = before;
  const fits = new Set<IngressRule>();
  for (const rule of missing.toSorted((a, b) => sizeOf(b) - sizeOf(a))) {
    const own = countsOf([rule]);
    const next = plus(counts, own);
    if (addressFamilies.some((family) => own[family] > 0 && next[family] > quota)) continue;
    counts = next;
    fits.add(rule);
  }
  return {
    added: missing.filter((rule) => fits.has(rule)),
    left: missing.filter((rule) => !fits.has(rule)),
  };
}

function isWithin({ ipv4, ipv6 }: Counts, quota: number): boolean {
  return ipv4 <= quota && ipv6 <= quota;
}

function plus(one: Counts, other: Counts): Counts {
  return { ipv4: one.ipv4 + other.ipv4, ipv6: one.ipv6 + other.ipv6 };
}

function countsOf(rules: readonly IngressRule[]): Counts {
  const counts = { ipv4: 0, ipv6: 0 };
  for (const { source } of rules) {
    const cidrs =
      source.kind === 'cidr' ? [source.cidr] : source.kind === 'group' ? [] : (source.cidrs ?? []);
    for (const cidr of cidrs) counts[familyOf(cidr)] += 1;
    if (cidrs.length > 0) continue;
    counts.ipv4 += 1;
    counts.ipv6 += 1;
  }
  return counts;
}

/** How many ports a rule opens; a protocol without ports counts as all of them. */
function sizeOf({ protocol, fromPort, toPort }: IngressRule): number {
  const isPart = portProtocol(protocol) !== undefined && fromPort !== undefined && toPort !== undefined;
  return isPart && fromPort >= 0 ? toPort - fromPort + 1 : 65_536;
}
