import type { IngressRule } from '../../../resources/security-group/ingress-rule';
import type { SecurityGroup } from '../../../resources/security-group/model';

/*
 * What a group lets in, port by port. Written without the controls' own functions, so that both may be wrong only by themselves.
 * A port is looked at once for all that follow it up to the next one where a rule begins or ends: the answer is the same there.
 */

/** From and to, both included, that a source may reach; protocols without ports have port 0 alone. */
type Opened = { protocol: string; from: number; to: number };

/** What is open, by source. */
export type Reach = ReadonlyMap<string, readonly Opened[]>;

/** Where random rules let in from: by hand, how many addresses of the internet, and whether that is the internet alone. */
export const sources: Readonly<Record<string, { family: 4 | 6; alone: boolean; addresses: bigint }>> = {
  '0.0.0.0/0': { family: 4, alone: true, addresses: 3_702_258_688n },
  '128.0.0.0/1': { family: 4, alone: true, addresses: 1n << 30n },
  '52.0.0.0/7': { family: 4, alone: true, addresses: 1n << 25n },
  '::/0': { family: 6, alone: true, addresses: 1n << 127n },
  '2a00::/12': { family: 6, alone: true, addresses: 1n << 116n },
  '10.0.0.0/8': { family: 4, alone: false, addresses: 0n },
  'fd00::/8': { family: 6, alone: false, addresses: 0n },
  '52.95.110.0/24': { family: 4, alone: false, addresses: 256n },
  '2605:4300::/32': { family: 6, alone: false, addresses: 1n << 96n },
  // Twenty blocks that are harmless each, and more than a /4 when there are more than sixteen of them.
  ...Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [
      `${20 + index}.0.0.0/8`,
      { family: 4 as const, alone: false, addresses: 1n << 24n },
    ]),
  ),
};

/** The lines of the two controls, written down a second time. */
export const lines = { mostPorts: 1_024, keepOpen: [80, 443], sum: { 4: 1n << 28n, 6: 1n << 108n } };
export const prohibited = [
  22, 23, 135, 445, 1433, 1521, 2375, 3306, 3389, 5432, 5601, 5900, 5985, 6379, 9200, 11211, 27017,
];

/** Protocols beside TCP and UDP that the oracle looks at; 132 is one that a rule for all traffic does not keep. */
const others = ['icmp', 'icmpv6', '47', '50', '51', '132'];

/** What a group lets in. */
export function reachOf({ ingress }: Pick<SecurityGroup, 'ingress'>): Reach {
  const reach = new Map<string, Opened[]>();
  for (const rule of ingress) {
    if (rule.source.kind !== 'cidr') continue;
    const { cidr } = rule.source;
    reach.set(cidr, [...(reach.get(cidr) ?? []), ...openedBy(rule, cidr.includes(':'))]);
  }
  return reach;
}

function openedBy({ protocol, fromPort, toPort }: IngressRule, isV6: boolean): Opened[] {
  if (protocol === 'tcp' || protocol === 'udp')
    return [{ protocol, from: fromPort ?? 0, to: toPort ?? 65_535 }];
  if (protocol !== '-1') return [{ protocol, from: 0, to: 0 }];
  return [
    { protocol: 'tcp', from: 0, to: 65_535 },
    { protocol: 'udp', from: 0, to: 65_535 },
    ...others
      .filter((other) => other !== (isV6 ? 'icmp' : 'icmpv6'))
      .map((other) => ({ protocol: other, from: 0, to: 0 })),
  ];
}

/** Whether a source reaches a port. */
export function reaches(reach: Reach, source: string, protocol: string, port: number): boolean {
  return (reach.get(source) ?? []).some(
    (opened) => opened.protocol === protocol && opened.from <= port && port <= opened.to,
  );
}

const ownCuts = [0, ...[...prohibited, ...lines.keepOpen].flatMap((port) => [port, port + 1])];

/** Where the answer can change, for some of these. */
function cutsOf(...all: Reach[]): number[] {
  const edges = all.flatMap((reach) =>
    [...reach.values()].flatMap((list) => list.flatMap(({ from, to }) => [from, to + 1])),
  );
  return [...new Set([...ownCuts, ...edges])].filter((port) => port < 65_536).sort((a, b) => a - b);
}

/** Every `source protocol port` that is open in one and closed in the other. */
export function missingFrom(after: Reach, before: Reach): string[] {
  const cuts = cutsOf(after, before);
  return [...before].flatMap(([source, list]) =>
    list.flatMap(({ protocol, from, to }) =>
      cuts
        .filter((port) => from <= port && port <= to && !reaches(after, source, protocol, port))
        .map((port) => `${source} ${protocol} ${port}`),
    ),
  );
}

/** Ranges of ports that the internet of a family reaches by a protocol: by a source alone, or by many together. */
function openToInternet(
  reach: Reach,
  protocol: 'tcp' | 'udp',
  family: 4 | 6,
): { from: number; ports: number }[] {
  const here = [...reach.keys()].flatMap((name) => {
    const source = sources[name];
    return source?.family === family ? [{ name, ...source }] : [];
  });
  if (here.length === 0) return [];
  const cuts = cutsOf(reach);
  return cuts.flatMap((from, index) => {
    const open = here.filter(({ name }) => reaches(reach, name, protocol, from));
    const sum = open.reduce((size, { addresses }) => size + addresses, 0n);
    const isOpen = open.some(({ alone }) => alone) || sum > lines.sum[family];
    return isOpen ? [{ from, ports: (cuts[index + 1] ?? 65_536) - from }] : [];
  });
}

/** Whether a port of the prohibited ones is open to the internet. */
export function isProhibitedOpen(reach: Reach): boolean {
  return ([4, 6] as const).some((family) =>
    openToInternet(reach, 'tcp', family).some(({ from }) => prohibited.includes(from)),
  );
}

/** Whether the internet reaches more ports of a protocol than it may. */
export function isTooWide(reach: Reach): boolean {
  return (['tcp', 'udp'] as const).some((protocol) =>
    ([4, 6] as const).some(
      (family) =>
        openToInternet(reach, protocol, family).reduce((sum, { ports }) => sum + ports, 0) > lines.mostPorts,
    ),
  );
}
