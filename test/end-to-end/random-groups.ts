import type { IpPermission, SecurityGroupRule, Tag } from '@aws-sdk/client-ec2';
import fc from 'fast-check';

/** Where a random rule lets in from, and what the oracle must know of it; judged by hand, not by the control. */
interface Source {
  /** A CIDR block, or `self` for the group itself. */
  name: string;
  /** Whether the block is the internet all by itself: broader than /8, or /32 for IPv6, and not private. */
  isInternet: boolean;
  /** How many addresses of the IPv4 internet it holds; the blocks do not overlap, but for those that are the internet. */
  addresses: number;
}

const internet = (name: string): Source => ({ name, isInternet: true, addresses: 0 });
const narrow = (name: string, addresses = 0): Source => ({ name, isInternet: false, addresses });

/** Every source that is not one of many that add up. */
const sources: readonly Source[] = [
  ...['0.0.0.0/0', '::/0', '0.0.0.0/1', '128.0.0.0/1', '52.0.0.0/6', '2a00::/12', '2600::/31'].map(internet),
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fd00::/8', '2a01:4f8::/40'].map(
    (name) => narrow(name),
  ),
  narrow('52.95.110.0/24', 256),
  narrow('81.2.69.160/32', 1),
  narrow('self'),
];

/** Twenty blocks that are harmless each, and the internet together when there are more than sixteen. */
const tiles: readonly Source[] = Array.from({ length: 20 }, (_, index) =>
  narrow(`${130 + index}.0.0.0/8`, 2 ** 24),
);

const sourceByName = new Map([...sources, ...tiles].map((source) => [source.name, source]));

/** What a rule's source is. */
export function sourceOf(name: string): Source {
  const source = sourceByName.get(name);
  if (source === undefined) throw new Error(`No random rule has the source ${name}`);
  return source;
}

/** The lines that this test draws by itself: the controls' defaults, written down a second time. */
const prohibitedPorts = [
  22, 23, 135, 445, 1433, 1521, 2375, 3306, 3389, 5432, 5601, 5900, 5985, 6379, 9200, 11211, 27017,
];
const mostPorts = 1_024;
/** A /4. */
const mostAddresses = 2 ** 28;
/** The emulator counts both families together. */
const mostRules = 60;

/** One rule of a group; ports are -1 where the protocol has none. */
export interface Rule {
  protocol: string;
  from: number;
  to: number;
  source: string;
  description: string | undefined;
  tags: Tag[];
}

const ends = fc.constantFrom(0, 1, 21, 22, 23, 80, 443, 1433, 3306, 3307, 3389, 8080, 65534, 65535);
const ports = fc.oneof(
  fc.tuple(ends, ends).map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) })),
  ends.map((port) => ({ from: port, to: port })),
  fc.constantFrom({ from: 0, to: 65535 }, { from: 1, to: 65535 }, { from: 3300, to: 3310 }),
);
const noPorts = fc.constant({ from: -1, to: -1 });

const described = fc.option(fc.constantFrom('office', 'partner', 'the shop, 24/7'), { nil: undefined });

const tagged = fc.constantFrom<Tag[]>(
  [],
  [{ Key: 'owner', Value: 'team-a' }],
  [
    { Key: 'owner', Value: 'team-b' },
    { Key: 'ticket', Value: '' },
  ],
);

/** Protocol and ports of a permission, as EC2 takes them. */
const services = fc.oneof(
  { weight: 5, arbitrary: ports.map((range) => ({ protocol: 'tcp', ...range })) },
  { weight: 2, arbitrary: ports.map((range) => ({ protocol: 'udp', ...range })) },
  { weight: 1, arbitrary: noPorts.map((range) => ({ protocol: '-1', ...range })) },
  // For ICMP they are a type and a code.
  {
    weight: 1,
    arbitrary: fc.constantFrom({ protocol: 'icmp', from: 8, to: -1 }, { protocol: 'icmp', from: 22, to: 0 }),
  },
);

const randomRules = fc
  .array(
    fc.record({
      service: services,
      from: fc.uniqueArray(fc.tuple(fc.constantFrom(...sources), described), {
        minLength: 1,
        maxLength: 3,
        selector: ([source]) => source.name,
      }),
      tags: tagged,
    }),
    { maxLength: 4 },
  )
  .map((permissions) =>
    permissions.flatMap(({ service, from, tags }) =>
      from.map(([{ name }, description]): Rule => ({ ...service, source: name, description, tags })),
    ),
  );

/** Nothing in most groups; in some as many blocks as make the internet together, or one too few. */
const tiledRules = fc.oneof(
  { weight: 8, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc
      .record({ range: ports, tiled: fc.shuffledSubarray([...tiles], { minLength: 15, maxLength: 18 }) })
      .map(({ range, tiled }) =>
        tiled.map(
          ({ name }): Rule => ({ protocol: 'tcp', ...range, source: name, description: 'tile', tags: [] }),
        ),
      ),
  },
);

/** The rules of a group, as EC2 takes them: no rule twice. */
export const randomGroups: fc.Arbitrary<Rule[]> = fc
  .tuple(randomRules, tiledRules)
  .map(([rules, tiled]) => [
    ...new Map([...rules, ...tiled].map((rule) => [`${serviceOf(rule)} ${rule.source}`, rule])).values(),
  ]);

/** `tcp 20-25` */
export function serviceOf({ protocol, from, to }: Rule): string {
  return `${protocol} ${from}-${to}`;
}

/** The rules as AuthorizeSecurityGroupIngress takes them; EC2 answers those of the same ports as one permission. */
export function permissionsOf(rules: readonly Rule[], groupId: string): IpPermission[] {
  return rules.map(({ protocol, from, to, source, description }) => {
    const words = description === undefined ? {} : { Description: description };
    return {
      IpProtocol: protocol,
      ...(protocol === '-1' ? {} : { FromPort: from, ToPort: to }),
      ...(source === 'self'
        ? { UserIdGroupPairs: [{ GroupId: groupId, ...words }] }
        : source.includes(':')
          ? { Ipv6Ranges: [{ CidrIpv6: source, ...words }] }
          : { IpRanges: [{ CidrIp: source, ...words }] }),
    };
  });
}

/** A live rule as the oracle sees it. */
export function ruleOf(live: SecurityGroupRule): Rule {
  return {
    protocol: live.IpProtocol ?? '',
    from: live.FromPort ?? -1,
    to: live.ToPort ?? -1,
    source: live.CidrIpv4 ?? live.CidrIpv6 ?? 'self',
    description: live.Description,
    tags: live.Tags ?? [],
  };
}

/** Whether a rule lets traffic of a protocol in on a port. */
function opens({ protocol, from, to }: Rule, point: { protocol: string; port: number }): boolean {
  return protocol === '-1' || (protocol === point.protocol && from <= point.port && point.port <= to);
}

const prohibited = prohibitedPorts.map((port) => ({ protocol: 'tcp', port }));

/** Whether something of a rule has to go, whatever other rules there are. */
export function isDangerous(rule: Rule): boolean {
  return sourceOf(rule.source).isInternet && prohibited.some((port) => opens(rule, port));
}

/** Whether a group has no room for the rules that keep what is harmless of its dangerous ones. */
export function hasNoRoom(rules: readonly Rule[]): boolean {
  const known = new Set(rules.map((rule) => `${serviceOf(rule)} ${rule.source}`));
  const added = rules
    .filter(isDangerous)
    .flatMap((rule) => keptOf(rule).map((kept) => `${kept} ${rule.source}`));
  return rules.length + new Set(added.filter((one) => !known.has(one))).size > mostRules;
}

/** What is kept of a dangerous rule, as `serviceOf` says it. */
function keptOf({ protocol, from, to, source }: Rule): string[] {
  const isAll = protocol === '-1';
  const [first, last] = isAll ? [0, 65535] : [from, to];
  const closed = prohibitedPorts.filter((port) => first <= port && port <= last);
  const pieces = [first - 1, ...closed].map((before, index) => [before + 1, (closed[index] ?? last + 1) - 1]);
  const tcp = pieces.filter(([one = 0, other = 0]) => one <= other).map((ends) => `tcp ${ends.join('-')}`);
  if (!isAll) return tcp;
  const icmp = source.includes(':') ? 'icmpv6' : 'icmp';
  return [...tcp, 'udp 0-65535', ...[icmp, '47', '50', '51'].map((name) => `${name} -1--1`)];
}

/** Whether the internet reaches more ports of a protocol and family than it may, by what is it alone or together. */
export function isTooWide(rules: readonly Rule[]): boolean {
  return ['tcp', 'udp'].some((protocol) =>
    [true, false].some((isV6) => {
      const here = rules.filter(({ source }) => source !== 'self' && source.includes(':') === isV6);
      const cuts = [...new Set([0, ...here.flatMap(({ from, to }) => [from, to + 1])])]
        .filter((port) => port >= 0 && port <= 65535)
        .sort((a, b) => a - b);
      const open = cuts.filter((port) => {
        const names = new Set(
          here.filter((rule) => opens(rule, { protocol, port })).map(({ source }) => source),
        );
        const found = [...names].map(sourceOf);
        return found.some(({ isInternet }) => isInternet) || sumOf(found) > mostAddresses;
      });
      const count = open.reduce((sum, port) => sum + (cuts[cuts.indexOf(port) + 1] ?? 65536) - port, 0);
      return count > mostPorts;
    }),
  );
}

function sumOf(found: readonly Source[]): number {
  return found.reduce((sum, { addresses }) => sum + addresses, 0);
}

/** Whether sources that are harmless each by itself are the internet together, where it may not be let in. */
export function addUpToInternet(rules: readonly Rule[]): boolean {
  return prohibited.some((port) => {
    const names = new Set(rules.filter((rule) => opens(rule, port)).map(({ source }) => source));
    return sumOf([...names].map(sourceOf)) > mostAddresses;
  });
}

/** Everything that may be reached by TCP and UDP, port by port, where the answer can change from one port to the next. */
export function pointsOfInterest(rules: readonly Rule[]): { protocol: string; port: number }[] {
  const edges = [...rules.flatMap(({ from, to }) => [from, to]), ...prohibitedPorts, 0, 65535];
  const near = new Set(edges.flatMap((edge) => [edge - 1, edge, edge + 1]));
  return [...near]
    .filter((port) => port >= 0 && port <= 65535)
    .flatMap((port) => ['tcp', 'udp'].map((protocol) => ({ protocol, port })));
}

/** Description and tags of a rule in one text: what a part of it keeps where it is split. */
export function wordsOf({ description, tags }: Rule): string {
  return JSON.stringify([description ?? null, ...tags.map(({ Key, Value }) => `${Key}=${Value}`).sort()]);
}

/** The words under which a source reaches a port; none where it does not. */
export function wordsAt(
  rules: readonly Rule[],
  source: string,
  point: { protocol: string; port: number },
): Set<string> {
  return new Set(rules.filter((rule) => rule.source === source && opens(rule, point)).map(wordsOf));
}

/** The rules without what is dangerous of them: what a source reaches harmlessly at a port. */
export function harmlessAt(rules: readonly Rule[], point: { protocol: string; port: number }): Rule[] {
  const isTcp = point.protocol === 'tcp';
  return rules.filter((rule) => {
    if (!isDangerous(rule)) return true;
    return !(isTcp && prohibitedPorts.includes(point.port));
  });
}
