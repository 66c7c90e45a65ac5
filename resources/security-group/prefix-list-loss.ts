import { internetSize, parseCidr, sizeOfPrefix } from '../kit/addresses';
import type { InternetLines } from '../kit/internet';
import { describeRule, type IngressRule } from './ingress-rule';

/** What goes with a rule that lets a prefix list in, since a rule takes a list as a whole: one sentence, or nothing. */
export function lossOfList(rule: IngressRule, lines: InternetLines): string[] {
  const { source } = rule;
  if (source.kind !== 'prefixList') return [];
  const harmless = (source.cidrs ?? []).filter((cidr) => {
    const range = parseCidr(cidr, source.prefixListId);
    const prefix = range.family === 'ipv4' ? lines.ipv4Prefix : lines.ipv6Prefix;
    return internetSize([range], range.family) <= sizeOfPrefix(range.family, prefix);
  }).length;
  return harmless === 0
    ? []
    : [`${describeRule(rule)} goes with ${harmless} of its entries that are not the internet.`];
}
