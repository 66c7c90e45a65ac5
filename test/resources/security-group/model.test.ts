import * as z from 'zod/mini';
import { control } from '../../../controls/security-group-open-ports';
import { ResourceInputError } from '../../../core/errors';
import { applyChanges } from '../../../resources/security-group/changes';
import { ruleKey } from '../../../resources/security-group/ingress-rule';
import {
  securityGroupFromApi,
  securityGroupFromConfigurationItem,
} from '../../../resources/security-group/model';
import { readSecurityGroupRules } from '../../../resources/security-group/rule';

/** The same group in every form: SSH from everybody and an office, HTTPS over IPv6, all from a group and a prefix list. */
const api = {
  GroupId: 'sg-1',
  GroupName: 'web',
  VpcId: 'vpc-1',
  IpPermissions: [
    {
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'oops' }, { CidrIp: '198.51.100.7/32' }],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    },
    { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
    {
      IpProtocol: '-1',
      PrefixListIds: [{ PrefixListId: 'pl-1' }],
      UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: '111122223333' }],
    },
  ],
};

const configuration = {
  groupId: 'sg-1',
  groupName: 'web',
  vpcId: 'vpc-1',
  ownerId: '111122223333',
  ipPermissions: [
    {
      ipProtocol: 'tcp',
      fromPort: 22,
      toPort: 22,
      ipRanges: ['0.0.0.0/0', '198.51.100.7/32'],
      ipv4Ranges: [{ cidrIp: '0.0.0.0/0', description: 'oops' }, { cidrIp: '198.51.100.7/32' }],
      ipv6Ranges: [],
      prefixListIds: [],
      userIdGroupPairs: [],
    },
    {
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      ipRanges: [],
      ipv4Ranges: [],
      ipv6Ranges: [{ cidrIpv6: '::/0' }],
      prefixListIds: [],
      userIdGroupPairs: [],
    },
    {
      ipProtocol: '-1',
      ipRanges: [],
      ipv4Ranges: [],
      ipv6Ranges: [],
      prefixListIds: [{ prefixListId: 'pl-1' }],
      userIdGroupPairs: [{ groupId: 'sg-2', userId: '111122223333' }],
    },
  ],
  ipPermissionsEgress: [{ ipProtocol: '-1', ipRanges: ['0.0.0.0/0'], ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }] }],
};

const item = {
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: 'sg-1',
  configurationItemStatus: 'OK',
  configuration,
};

function withPermission(change: object): object {
  const [first, ...others] = configuration.ipPermissions;
  return {
    ...item,
    configuration: { ...configuration, ipPermissions: [{ ...first, ...change }, ...others] },
  };
}

describe('the model of a security group', () => {
  const model = securityGroupFromApi(api);

  it('has one rule for each source', () => {
    expect(model.ingress).toEqual([
      {
        protocol: 'tcp',
        fromPort: 22,
        toPort: 22,
        source: { kind: 'cidr', cidr: '0.0.0.0/0' },
        description: 'oops',
      },
      { protocol: 'tcp', fromPort: 22, toPort: 22, source: { kind: 'cidr', cidr: '198.51.100.7/32' } },
      { protocol: 'tcp', fromPort: 443, toPort: 443, source: { kind: 'cidr', cidr: '::/0' } },
      { protocol: '-1', source: { kind: 'prefixList', prefixListId: 'pl-1' } },
      { protocol: '-1', source: { kind: 'group', groupId: 'sg-2', userId: '111122223333' } },
    ]);
  });

  it.each([
    ['an item as a rule receives it', item],
    [
      'an item whose configuration is text, from the history',
      { ...item, configuration: JSON.stringify(configuration) },
    ],
    ['an item that is text, from a query', JSON.stringify(item)],
    ['ports as floats in text', withPermission({ fromPort: '22.0', toPort: '22.0' })],
    [
      'an item of a query, whose ports are floats',
      JSON.stringify(item).replaceAll(/"(fromPort|toPort)":(\d+)/g, '"$1":$2.0'),
    ],
    [
      'strings inside strings',
      JSON.stringify({
        ...item,
        configuration: JSON.stringify({
          ...configuration,
          ipPermissions: JSON.stringify(configuration.ipPermissions),
        }),
      }),
    ],
    [
      'lists that are null',
      withPermission({ ipv6Ranges: null, prefixListIds: null, userIdGroupPairs: null }),
    ],
  ])('is the same from %s', (_name, form) => {
    expect(securityGroupFromConfigurationItem(form)).toEqual(model);
  });

  it('has every CIDR of an old item without ipv4Ranges, though no description', () => {
    const old = securityGroupFromConfigurationItem(withPermission({ ipv4Ranges: undefined }));

    expect(old.ingress.map(({ description: _description, ...rule }) => rule)).toEqual(
      model.ingress.map(({ description: _description, ...rule }) => rule),
    );
  });

  it('knows whether a network interface uses the group, where the item says', () => {
    const attached = (relationships?: unknown) =>
      securityGroupFromConfigurationItem({ ...item, relationships }).attached;

    expect(attached()).toBeUndefined();
    expect(attached([])).toBe(false);
    expect(attached([{ resourceType: 'AWS::EC2::NetworkInterface', resourceId: 'eni-1' }])).toBe(true);
  });

  it('has the entries of prefix lists that were resolved', () => {
    const resolved = securityGroupFromApi(api, { prefixLists: { 'pl-1': ['198.51.100.0/24'] } });

    expect(resolved.ingress[3]?.source).toEqual({
      kind: 'prefixList',
      prefixListId: 'pl-1',
      cidrs: ['198.51.100.0/24'],
    });
    expect(
      applyChanges(resolved, [
        { action: 'authorize', text: '', protocol: 'tcp', fromPort: 1, toPort: 1, prefixListId: 'pl-1' },
      ]).ingress.at(-1)?.source,
    ).toEqual(resolved.ingress[3]?.source);
  });
});

describe('the tags of rules', () => {
  const rule = (more: object) => ({
    SecurityGroupRuleId: 'sgr-1',
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    ...more,
  });
  const tagged = (...rules: object[]) =>
    securityGroupFromApi(api, { rules: readSecurityGroupRules(rules, 'rules') }).ingress.map(
      ({ tags }) => tags,
    );

  it('are in the model of a live group, sorted, each on its own rule', () => {
    const Tags = [
      { Key: 'team', Value: 'ops' },
      { Key: 'app', Value: '' },
    ];
    const all = { IpProtocol: '-1', FromPort: -1, ToPort: -1 };

    expect(
      tagged(
        rule({ CidrIpv4: '198.51.100.7/32', Tags }),
        rule({ CidrIpv4: '0.0.0.0/0', Tags: [] }),
        rule({ ...all, PrefixListId: 'pl-1', Tags: [{ Key: 'list', Value: '1' }] }),
        rule({
          ...all,
          ReferencedGroupInfo: { GroupId: 'sg-2', UserId: '111122223333' },
          Tags: [{ Key: 'group', Value: '1' }],
        }),
        rule({ FromPort: 443, ToPort: 443, CidrIpv6: '::/0', Tags: [{ Key: 'web', Value: '1' }] }),
      ),
    ).toEqual([
      undefined,
      [
        { Key: 'app', Value: '' },
        { Key: 'team', Value: 'ops' },
      ],
      [{ Key: 'web', Value: '1' }],
      [{ Key: 'list', Value: '1' }],
      [{ Key: 'group', Value: '1' }],
    ]);
  });

  it('are without those that only AWS may set', () => {
    const Tags = [
      { Key: 'aws:cloudformation:stack-name', Value: 'web' },
      { Key: 'AWS:reserved', Value: '' },
    ];

    expect(tagged(rule({ CidrIpv4: '0.0.0.0/0', Tags }))[0]).toBeUndefined();
  });

  it.each([
    ['no source', rule({})],
    ['a tag without a key', rule({ CidrIpv4: '0.0.0.0/0', Tags: [{ Value: 'x' }] })],
  ])('are refused with a rule that has %s', (_name, broken) => {
    expect(() => tagged(broken)).toThrow(ResourceInputError);
  });
});

describe('input that is no security group', () => {
  it.each([
    ['nothing', undefined, 'should be an object, and is missing'],
    ['a list', [], 'should be an object, and is a list'],
    [
      'another type',
      { ...item, resourceType: 'AWS::EC2::Instance' },
      'resourceType should be AWS::EC2::SecurityGroup',
    ],
    [
      'a deleted group',
      { ...item, configurationItemStatus: 'ResourceDeleted', configuration: null },
      'deleted',
    ],
    ['no configuration', { ...item, configuration: null }, 'configuration should be an object, and is null'],
    [
      'no permissions',
      { ...item, configuration: { groupId: 'sg-1' } },
      'ipPermissions should be a list, and is missing',
    ],
    ['no id', { ...item, configuration: { ...configuration, groupId: '' } }, 'groupId should be text'],
    [
      'a port too high',
      withPermission({ toPort: 65536 }),
      'ipPermissions[0].toPort should be a whole number',
    ],
    ['half a port', withPermission({ toPort: 22.5 }), 'ipPermissions[0].toPort should be a whole number'],
    ['one port of two', withPermission({ toPort: undefined }), 'ipPermissions[0].toPort should be a port'],
    [
      'ports the wrong way',
      withPermission({ fromPort: 23 }),
      'ipPermissions[0].fromPort should be at most toPort',
    ],
    ['no protocol', withPermission({ ipProtocol: null }), 'ipPermissions[0].ipProtocol should be text'],
    ['a protocol too high', withPermission({ ipProtocol: '256' }), 'a protocol number up to 255'],
    [
      'a CIDR that is none',
      withPermission({ ipRanges: ['0.0.0.0'] }),
      'should be an IPv4 or IPv6 CIDR block',
    ],
    ['a CIDR with octal numbers', withPermission({ ipRanges: ['010.0.0.0/8'] }), 'and is "010.0.0.0/8"'],
    ['a prefix that is too long', withPermission({ ipRanges: ['10.0.0.0/33'] }), 'CIDR block'],
  ])('is refused and says what and where: %s', (_name, input, words) => {
    expect(() => securityGroupFromConfigurationItem(input)).toThrow(ResourceInputError);
    expect(() => securityGroupFromConfigurationItem(input)).toThrow(words);
  });
});

describe('ICMP and protocols without ports', () => {
  const permission = (protocol: string, ports: object) => ({
    GroupId: 'sg-1',
    IpPermissions: [{ IpProtocol: protocol, ...ports, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  });
  const described = (protocol: string, ports: object) => [
    {
      IpProtocol: protocol,
      ...ports,
      IsEgress: false,
      CidrIpv4: '0.0.0.0/0',
      Tags: [{ Key: 'a', Value: 'b' }],
    },
  ];
  const everything: [string, object][] = [
    ['absent', {}],
    ['null', { FromPort: null, ToPort: null }],
    ['-1', { FromPort: -1, ToPort: -1 }],
    ['half there', { FromPort: -1 }],
  ];
  const pairs = ['icmp', '1', 'icmpv6', '58', '-1', '47'].flatMap((protocol) =>
    everything.flatMap(([one, ports]) =>
      everything.map(([other, otherPorts]) => [protocol, one, other, ports, otherPorts] as const),
    ),
  );

  it.each(pairs)(
    '%s is one rule whether a call has its ports %s and the other %s',
    (protocol, _one, _other, a, b) => {
      const rules = readSecurityGroupRules(described(protocol, b), 'rules');
      const { ingress } = securityGroupFromApi(permission(protocol, a), { rules });

      expect(ingress.map(ruleKey)).toEqual(rules.map(ruleKey));
      expect(ingress[0]?.tags).toEqual([{ Key: 'a', Value: 'b' }]);
    },
  );

  it('are other rules for another type or code', () => {
    const keys = [{}, { FromPort: 8 }, { FromPort: 8, ToPort: 0 }, { FromPort: 0, ToPort: 0 }].map((ports) =>
      securityGroupFromApi(permission('icmp', ports)).ingress.map(ruleKey).join(),
    );

    expect(new Set(keys).size).toBe(4);
  });
});

describe('an item of a group in which the sources of a permission were not recorded', () => {
  const judged = (...ipPermissions: object[]) => {
    const group = securityGroupFromConfigurationItem({
      resourceType: 'AWS::EC2::SecurityGroup',
      configuration: { groupId: 'sg-1', ipPermissions },
    });
    const parameters = z.parse(control.parameters, {});
    const { compliance } = control.evaluate(group, parameters);
    return { compliance, undecided: control.undecided?.(group, parameters) };
  };
  const ssh = { ipProtocol: 'tcp', fromPort: 22, toPort: 22 };

  it('is undecided, and says which', () => {
    const undecided =
      'Whether the group lets the internet in cannot be told: AWS Config did not record the sources of configuration.ipPermissions[0].';

    expect(judged(ssh)).toEqual({ compliance: 'COMPLIANT', undecided });
    expect(judged({ ...ssh, ipRanges: null, ipv6Ranges: null })).toEqual({
      compliance: 'COMPLIANT',
      undecided,
    });
  });

  it('is NON_COMPLIANT where another permission suffices, and decided where one list is there', () => {
    expect(judged(ssh, { ...ssh, ipRanges: ['0.0.0.0/0'] }).compliance).toBe('NON_COMPLIANT');
    expect(judged({ ...ssh, ipRanges: ['10.0.0.0/8'] })).toEqual({
      compliance: 'COMPLIANT',
      undecided: undefined,
    });
  });
});
