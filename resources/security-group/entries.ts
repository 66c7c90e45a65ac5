import { type AddressRange, parseCidr } from '../kit/addresses';
import { type IngressRule, sourceKey } from './ingress-rule';
import type { SecurityGroup } from './model';
import { lastPort, type PortProtocol, type PortRange, portProtocol } from './protocols';

/** An ingress rule that lets addresses reach ports, with what that means. */
export interface Entry {
  rule: IngressRule;
  protocol: PortProtocol | '-1';
  ports: PortRange;
  /** The same for rules with the same source. */
  source: string;
  ranges: readonly AddressRange[];
}

/**
 * The group's rules that can be open to the internet on a port: of TCP, UDP or all protocols, from CIDR blocks or a
 * resolved prefix list.
 */
export function entriesOf(group: SecurityGroup): Entry[] {
  const entries: Entry[] = [];
  for (const rule of group.ingress) {
    const protocol = portProtocol(rule.protocol);
    if (protocol === undefined || rule.source.kind === 'group') continue;
    const cidrs = rule.source.kind === 'cidr' ? [rule.source.cidr] : (rule.source.cidrs ?? []);
    if (cidrs.length === 0) continue;
    const source = sourceKey(rule.source);
    const ranges = cidrs.map((cidr) => parseCidr(cidr, source));
    entries.push({ rule, protocol, ports: portsOf(rule), source, ranges });
  }
  return entries;
}

/** Whether the entry lets traffic of this protocol in. */
export function covers(entry: Entry, protocol: PortProtocol): boolean {
  return entry.protocol === '-1' || entry.protocol === protocol;
}

/** The entry's rule with a protocol and ports of its own; the source, description and tags are the rule's. */
export function narrowed(rule: IngressRule, protocol: string, ports?: PortRange): IngressRule {
  const { source, description, tags } = rule;
  const made: IngressRule =
    ports === undefined ? { protocol, source } : { protocol, fromPort: ports.from, toPort: ports.to, source };
  if (description !== undefined) made.description = description;
  if (tags !== undefined) made.tags = tags;
  return made;
}

/** The ports that a rule opens. Absent ports, and -1, mean all of them. */
function portsOf(rule: IngressRule): PortRange {
  if (rule.fromPort === undefined || rule.toPort === undefined || rule.fromPort === -1) {
    return { from: 0, to: lastPort };
  }
  return { from: rule.fromPort, to: rule.toPort };
}
