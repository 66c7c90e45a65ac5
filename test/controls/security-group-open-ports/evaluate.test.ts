import { control } from '../../../controls/security-group-open-ports';
import { securityGroupFromApi } from '../../../resources/security-group/model';
import { apiGroup, evaluated, group, parameters, permission } from '../support/security-groups';

/** Blocks of IPv4 of one size that lie side by side, without those that no packet from the internet carries. */
const eights = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `${from + index}.0.0.0/8`);

/** The internet, cut into blocks of a size that is harmless. */
const pieces = (count: number) =>
  Array.from({ length: 223 }, (_, index) => index + 1)
    .filter((first) => ![10, 100, 127, 169, 172, 192, 198, 203].includes(first))
    .slice(0, count)
    .map((first) => `${first}.0.0.0/8`);

/** Blocks that are a /24 of IPv6 each. */
const v6Blocks = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    Array.from({ length: 256 }, (_, part) => `2a${hex(index)}:${hex(part)}00::/32`),
  ).flat();
const hex = (number: number) => number.toString(16).padStart(2, '0');

const twelves = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `${from + (index >> 4)}.${(index % 16) * 16}.0.0/12`);

describe('a security group that is open', () => {
  it.each([
    ['every address on a prohibited port', [permission('tcp', 22, '0.0.0.0/0')], {}],
    ['every IPv6 address', [permission('tcp', 3389, '::/0')], {}],
    ['a range around a prohibited port', [permission('tcp', [443, 9300], '0.0.0.0/0')], {}],
    ['the protocol as a number', [permission('6', 22, '0.0.0.0/0')], {}],
    ['the protocol in capitals', [permission('TCP', 22, '0.0.0.0/0')], {}],
    ['all protocols by their number', [{ ...permission('', undefined, '0.0.0.0/0'), IpProtocol: -1 }], {}],
    ['all protocols by their name', [permission('all', undefined, '::/0')], {}],
    ['all protocols with ports, which EC2 ignores', [permission('-1', [443, 443], '0.0.0.0/0')], {}],
    ['UDP as a number', [permission('17', 53, '0.0.0.0/0')], { prohibitedPorts: ['53/udp'] }],
    ['a prohibited port at either end of a range', [permission('tcp', [22, 80], '0.0.0.0/0')], {}],
    [
      'every port but one that is allowed',
      [permission('tcp', [443, 444], '0.0.0.0/0')],
      { allowedPorts: [443] },
    ],
    [
      'a prohibited port in the second of two permissions',
      [permission('tcp', 443, '0.0.0.0/0'), permission('tcp', 22, '0.0.0.0/0')],
      {},
    ],
    ['all protocols', [permission('-1', undefined, '0.0.0.0/0')], {}],
    ['every TCP port', [permission('tcp', [0, 65535], '0.0.0.0/0')], {}],
    [
      'every UDP port, where one is prohibited',
      [permission('udp', [0, 65535], '0.0.0.0/0')],
      { prohibitedPorts: ['53/udp'] },
    ],
    ['every TCP port, given as -1', [permission('tcp', [-1, -1], '0.0.0.0/0')], {}],
    ['the two halves of the internet', [permission('tcp', 22, '0.0.0.0/1', '128.0.0.0/1')], {}],
    ['the internet in two hundred pieces', [permission('tcp', 22, ...pieces(200))], {}],
    ['seventeen /8, more than a /4', [permission('tcp', 22, ...eights(52, 17))], {}],
    [
      'ranges in two permissions with other ports',
      [permission('tcp', [20, 25], ...eights(52, 9)), permission('tcp', [22, 30], ...eights(61, 9))],
      {},
    ],
    [
      'thirty-two /12, where the line of a sum is drawn there',
      [permission('tcp', 22, ...twelves(52, 32))],
      { ipv4SumPrefix: 8 },
    ],
    ['IPv6 ranges that are more than a /20 together', [permission('tcp', 22, ...v6Blocks(17))], {}],
    ['one /7', [permission('tcp', 22, '52.0.0.0/7')], {}],
    [
      'a port that the parameter prohibits for UDP',
      [permission('udp', 53, '0.0.0.0/0')],
      { prohibitedPorts: ['53/udp'] },
    ],
    [
      'a port in a range of the parameter',
      [permission('tcp', 8050, '0.0.0.0/0')],
      { prohibitedPorts: ['8000-8100'] },
    ],
    ['a port that is not allowed', [permission('tcp', 8443, '0.0.0.0/0')], { allowedPorts: [443] }],
    ['a UDP port when only TCP is allowed', [permission('udp', 443, '0.0.0.0/0')], { allowedPorts: [443] }],
    [
      'less than /8, where the line is drawn there',
      [permission('tcp', 22, '52.0.0.0/15')],
      { ipv4Prefix: 16 },
    ],
    ['IPv6 broader than /32', [permission('tcp', 22, '2a00::/31')], {}],
  ])('is NON_COMPLIANT: %s', (_name, permissions, parameters) => {
    const { compliance, violations } = evaluated(group(...permissions), parameters);

    expect(compliance).toBe('NON_COMPLIANT');
    expect(violations).not.toHaveLength(0);
  });

  it.each([
    ['no rule at all', [], {}],
    ['a harmless port', [permission('tcp', 443, '0.0.0.0/0', '::/0')], {}],
    ['a prohibited port number over UDP', [permission('udp', 22, '0.0.0.0/0')], {}],
    ['ICMP whose type is a prohibited port', [permission('icmp', [22, -1], '0.0.0.0/0')], {}],
    ['ICMP of every type', [permission('icmp', [-1, -1], '0.0.0.0/0')], {}],
    ['ICMP as a number', [permission('1', [22, 22], '0.0.0.0/0')], {}],
    ['ICMPv6 whose type is a prohibited port', [permission('icmpv6', [22, 22], '::/0')], {}],
    [
      'ICMP where only some ports are allowed',
      [permission('icmp', [8, -1], '0.0.0.0/0')],
      { allowedPorts: [443] },
    ],
    [
      '53 over TCP where 53/udp is prohibited',
      [permission('tcp', 53, '0.0.0.0/0')],
      { prohibitedPorts: ['53/udp'] },
    ],
    [
      'a protocol without ports where only some are allowed',
      [permission('50', undefined, '0.0.0.0/0')],
      { allowedPorts: [443] },
    ],
    ['a protocol without ports', [permission('47', undefined, '0.0.0.0/0')], {}],
    ['an office', [permission('tcp', 22, '198.51.100.7/32', '52.1.0.0/16')], {}],
    [
      'private ranges',
      [permission('tcp', 22, '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7')],
      {},
    ],
    ['a /8, the last range that is not broad', [permission('tcp', 22, '52.0.0.0/8')], {}],
    ['two /8, harmless each', [permission('tcp', 22, '17.0.0.0/8', '19.0.0.0/8')], {}],
    ['two /8 side by side', [permission('tcp', 22, '52.0.0.0/8', '53.0.0.0/8')], {}],
    ['two /32 of IPv6', [permission('tcp', 22, '2605:4300::/32', '2a03:eec0::/32')], {}],
    ['sixteen /8, as large as a /4', [permission('tcp', 22, ...eights(52, 16))], {}],
    ['every UDP port, where none is prohibited', [permission('udp', [0, 65535], '0.0.0.0/0')], {}],
    ['the same /8 many times', [permission('tcp', 22, '52.0.0.0/8', '52.0.0.0/9', '52.128.0.0/9')], {}],
    ['special ranges beside a /8', [permission('tcp', 22, '52.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4')], {}],
    ['all protocols from a private range', [permission('-1', undefined, '10.0.0.0/8')], {}],
    ['an IPv6 /32', [permission('tcp', 22, '2a00:1450::/32')], {}],
    ['an allowed port', [permission('tcp', 443, '0.0.0.0/0')], { allowedPorts: ['443'] }],
    [
      'ranges on different ports that are broad only together',
      [permission('tcp', 22, ...eights(52, 16)), permission('tcp', 3389, ...eights(68, 16))],
      {},
    ],
  ])('is COMPLIANT: %s', (_name, permissions, parameters) => {
    expect(evaluated(group(...permissions), parameters)).toEqual({ compliance: 'COMPLIANT', violations: [] });
  });

  it('does not carry the ports of one permission over to the next', () => {
    const { violations } = evaluated(
      group(permission('tcp', 22, '10.0.0.0/8'), permission('tcp', 443, '0.0.0.0/0')),
    );

    expect(violations).toEqual([]);
  });

  it('looks at ingress only', () => {
    const open = { ...apiGroup(), IpPermissionsEgress: [permission('-1', undefined, '0.0.0.0/0')] };

    expect(evaluated(securityGroupFromApi(open)).compliance).toBe('COMPLIANT');
  });

  it('gives the same verdict when it is asked again: nothing is kept from one group to the next', () => {
    const [open, closed] = [group(permission('tcp', 22, '0.0.0.0/0')), group()];

    expect([open, closed, open].map((each) => evaluated(each).compliance)).toEqual([
      'NON_COMPLIANT',
      'COMPLIANT',
      'NON_COMPLIANT',
    ]);
  });

  it('does not take a reference to another group for the internet', () => {
    const referenced = {
      ...permission('-1', undefined),
      UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: '111122223333' }],
    };

    expect(evaluated(group(referenced)).compliance).toBe('COMPLIANT');
  });

  it('counts the entries of a prefix list once they are resolved', () => {
    const listed = apiGroup({ ...permission('tcp', 22), PrefixListIds: [{ PrefixListId: 'pl-1' }] });

    const unresolved = securityGroupFromApi(listed);
    const office = securityGroupFromApi(listed, { prefixLists: { 'pl-1': ['198.51.100.0/24'] } });
    const everybody = securityGroupFromApi(listed, { prefixLists: { 'pl-1': ['0.0.0.0/1', '128.0.0.0/1'] } });

    expect(evaluated(unresolved).compliance).toBe('COMPLIANT');
    expect(evaluated(office).compliance).toBe('COMPLIANT');
    expect(evaluated(everybody).compliance).toBe('NON_COMPLIANT');
  });
});

describe('a security group that lets a prefix list in', () => {
  const undecided = (permissions: object, prefixLists: Record<string, string[]> = {}, overrides = {}) => {
    const listed = apiGroup({ ...permissions, PrefixListIds: [{ PrefixListId: 'pl-1' }] });
    return control.undecided?.(securityGroupFromApi(listed, { prefixLists }), parameters(overrides));
  };

  it.each([
    ['a prohibited port', permission('tcp', 22), {}],
    ['a range around a prohibited port', permission('6', [20, 9000]), {}],
    ['all protocols', permission('-1', undefined), { prohibitedPorts: ['53/udp'] }],
    ['every UDP port', permission('udp', [1, 65535]), { prohibitedPorts: ['53/udp'] }],
    ['a port that is not allowed', permission('udp', 53), { allowedPorts: [443] }],
  ])('is undecided while the entries are not known: %s', (_name, permissions, overrides) => {
    expect(undecided(permissions, {}, overrides)).toContain('pl-1');
    expect(undecided(permissions, { 'pl-1': [] }, overrides)).toBeUndefined();
    expect(undecided(permissions, { 'pl-1': ['0.0.0.0/0'] }, overrides)).toBeUndefined();
  });

  it.each([
    ['a harmless port', permission('tcp', 443)],
    ['a prohibited port number over UDP', permission('udp', 22)],
    ['ICMP whose type is a prohibited port', permission('icmp', [22, -1])],
  ])('is decided whatever the entries: %s', (_name, permissions) => {
    expect(undecided(permissions)).toBeUndefined();
  });

  it('says which rule it is about', () => {
    expect(undecided(permission('tcp', 22))).toBe(
      'Whether tcp 22 from pl-1 lets the internet in cannot be told: the entries of the prefix list are not known.',
    );
  });
});

describe('a violation of a security group', () => {
  it('says the port, the sources and the size', () => {
    expect(evaluated(group(permission('tcp', 22, '0.0.0.0/0', '198.51.100.7/32'))).violations).toEqual([
      {
        kind: 'open-port',
        text: 'TCP port 22 is open to the internet: 0.0.0.0/0.',
        detail: {
          protocol: 'tcp',
          fromPort: 22,
          toPort: 22,
          family: 'ipv4',
          sources: ['0.0.0.0/0'],
          addresses: '3702258688',
          severity: 'critical',
        },
      },
    ]);
  });

  it('is one where every prohibited port is open to the same sources', () => {
    const { violations } = evaluated(
      group(
        permission('-1', undefined, '0.0.0.0/0'),
        permission('tcp', [20, 30000], '::/0'),
        permission('tcp', 22, '0.0.0.0/0'),
      ),
    );

    expect(violations.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'all-ports: Every prohibited TCP port is open to the internet: 0.0.0.0/0.',
      'all-ports: Every prohibited TCP port is open to the internet: ::/0.',
    ]);
  });

  it('names each port of a range, and each address family', () => {
    const texts = evaluated(group(permission('tcp', [20, 1500], '0.0.0.0/0', '::/0')), {
      prohibitedPorts: [22, 23, 1433, 3306],
    }).violations.map(({ text }) => text);

    expect(texts).toEqual([
      'TCP ports 22 to 23 are open to the internet: 0.0.0.0/0.',
      'TCP ports 22 to 23 are open to the internet: ::/0.',
      'TCP port 1433 is open to the internet: 0.0.0.0/0.',
      'TCP port 1433 is open to the internet: ::/0.',
    ]);
  });

  it('says when ranges are the internet only together', () => {
    const [violation] = evaluated(group(permission('tcp', 22, ...eights(52, 17)))).violations;

    expect(violation?.text).toBe(
      'TCP port 22 is open to the internet by ranges that add up to it: 52.0.0.0/8, 53.0.0.0/8, 54.0.0.0/8 and 14 more.',
    );
    expect(violation?.detail.sources).toHaveLength(17);
  });

  it('is less severe while nothing uses the group', () => {
    const open = apiGroup(permission('tcp', 22, '0.0.0.0/0'));
    const severity = (attached?: boolean) =>
      evaluated(securityGroupFromApi(open, attached === undefined ? {} : { attached })).violations[0]?.detail
        .severity;

    expect([severity(), severity(true), severity(false)]).toEqual(['critical', 'critical', 'medium']);
  });
});
