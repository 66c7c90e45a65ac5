/** Protocols whose ports a security group rule limits. */
export type PortProtocol = 'tcp' | 'udp';

/** The protocols with ports, in the order in which they are looked at. */
export const portProtocols: readonly PortProtocol[] = ['tcp', 'udp'];

/** The highest port. */
export const lastPort = 65535;

/** Ports from `from` to `to`, both included. */
export interface PortRange {
  from: number;
  to: number;
}

/**
 * What a rule's protocol means for ports: `tcp` or `udp`, by name or by number, `-1` for all protocols, or undefined
 * for one without ports. Numbers: https://www.iana.org/assignments/protocol-numbers/
 */
export function portProtocol(protocol: string): PortProtocol | '-1' | undefined {
  switch (protocol) {
    case 'tcp':
    case '6':
      return 'tcp';
    case 'udp':
    case '17':
      return 'udp';
    case '-1':
      return '-1';
    default:
      return undefined;
  }
}

/** The name of ICMP for IPv4 or IPv6, whose ports are a type and a code; undefined for another protocol. */
export function icmpProtocol(protocol: string): 'icmp' | 'icmpv6' | undefined {
  switch (protocol) {
    case 'icmp':
    case '1':
      return 'icmp';
    case 'icmpv6':
    case '58':
      return 'icmpv6';
    default:
      return undefined;
  }
}

/** The ranges sorted, with those that overlap or touch made one. */
export function mergePorts(ranges: readonly PortRange[]): PortRange[] {
  const merged: PortRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const previous = merged.at(-1);
    if (previous === undefined || range.from > previous.to + 1) merged.push({ ...range });
    else previous.to = Math.max(previous.to, range.to);
  }
  return merged;
}

/** What is left of `ranges` without `taken`; both as from `mergePorts`. */
export function withoutPorts(ranges: readonly PortRange[], taken: readonly PortRange[]): PortRange[] {
  const left: PortRange[] = [];
  for (const range of ranges) {
    let from = range.from;
    for (const cut of taken) {
      if (cut.to < from || cut.from > range.to) continue;
      if (cut.from > from) left.push({ from, to: cut.from - 1 });
      from = cut.to + 1;
    }
    if (from <= range.to) left.push({ from, to: range.to });
  }
  return left;
}
