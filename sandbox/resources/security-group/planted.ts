import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import type { Json } from '../../../core/json';
import type { AccountClients } from '../../account-clients';
import { type DangerousKind, type PlantingPlace, plantedType, type ResourceKind } from '../kind';

/** One ingress rule as the scenario compares it: protocol, ports, source and description in a line. */
type RuleLine = string;

const openPorts = 'security-group-open-ports';
const wideOpen = 'security-group-wide-open';
const resourceType = 'AWS::EC2::SecurityGroup';

/** A group that is dangerous, with the rules it has before and those that must be left. */
function dangerousGroup(
  text: string,
  permissions: IpPermission[],
  healedRules: RuleLine[],
  { control, lossy } = { control: openPorts, lossy: false },
): DangerousKind {
  return {
    ...harmlessGroup(text, permissions),
    control,
    healed: (place) => groupState(place, healedRules),
    lossy,
  };
}

function harmlessGroup(text: string, permissions: IpPermission[]): ResourceKind {
  return {
    resourceType,
    control: openPorts,
    text,
    plant: (place) => plantGroup(place, permissions),
    planted: (place) => groupState(place, permissions.flatMap(ruleLines)),
    read: readGroup,
  };
}

const groupDescription = 'Planted by the sandbox';

/** EC2 lets everything out of a new group. */
function groupState({ name }: PlantingPlace, ingress: RuleLine[]): Json {
  return { name, description: groupDescription, ingress: [...ingress].sort(), egress: ['-1 all 0.0.0.0/0'] };
}

async function plantGroup({ clients, name }: PlantingPlace, permissions: IpPermission[]): Promise<string> {
  const { GroupId } = await clients.ec2.send(
    new CreateSecurityGroupCommand({ GroupName: name, Description: groupDescription }),
  );
  if (GroupId === undefined) throw new Error(`The security group ${name} was made without an id`);
  if (permissions.length > 0) {
    await clients.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: permissions }));
  }
  return GroupId;
}

async function readGroup({ ec2 }: AccountClients, groupId: string): Promise<Json | undefined> {
  try {
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
    const group = SecurityGroups?.[0];
    if (group === undefined) return undefined;
    return {
      name: group.GroupName ?? '',
      description: group.Description ?? '',
      ingress: (group.IpPermissions ?? []).flatMap(ruleLines).sort(),
      egress: (group.IpPermissionsEgress ?? []).flatMap(ruleLines).sort(),
    };
  } catch (error) {
    if ((error as Error).name === 'InvalidGroup.NotFound') return undefined;
    throw error;
  }
}

function ruleLines(permission: IpPermission): RuleLine[] {
  const ports = permission.FromPort === undefined ? 'all' : `${permission.FromPort}-${permission.ToPort}`;
  const line = (source: string | undefined, description: string | undefined) =>
    [permission.IpProtocol, ports, source, ...(description ? [`"${description}"`] : [])].join(' ');
  return [
    ...(permission.IpRanges ?? []).map((range) => line(range.CidrIp, range.Description)),
    ...(permission.Ipv6Ranges ?? []).map((range) => line(range.CidrIpv6, range.Description)),
    ...(permission.PrefixListIds ?? []).map((list) => line(list.PrefixListId, list.Description)),
    ...(permission.UserIdGroupPairs ?? []).map((pair) => line(pair.GroupId, pair.Description)),
  ];
}

function tcp(from: number, to: number, ...sources: { cidr: string; description?: string }[]): IpPermission {
  return permission('tcp', from, to, sources);
}

function permission(
  protocol: string,
  from: number | undefined,
  to: number | undefined,
  sources: { cidr: string; description?: string }[],
): IpPermission {
  const described = (description: string | undefined) =>
    description === undefined ? {} : { Description: description };
  const v4 = sources.filter(({ cidr }) => !cidr.includes(':'));
  const v6 = sources.filter(({ cidr }) => cidr.includes(':'));
  return {
    IpProtocol: protocol,
    ...(from === undefined ? {} : { FromPort: from, ToPort: to }),
    ...(v4.length === 0
      ? {}
      : { IpRanges: v4.map(({ cidr, description }) => ({ CidrIp: cidr, ...described(description) })) }),
    ...(v6.length === 0
      ? {}
      : { Ipv6Ranges: v6.map(({ cidr, description }) => ({ CidrIpv6: cidr, ...described(description) })) }),
  };
}

const anywhere = { cidr: '0.0.0.0/0' };
const anywhere6 = { cidr: '::/0' };

/** Security groups that let the internet in on an administrative port. */
const dangerous = {
  'ssh-beside-https': dangerousGroup(
    'open SSH, beside HTTPS',
    [tcp(22, 22, anywhere), tcp(443, 443, anywhere)],
    ['tcp 443-443 0.0.0.0/0'],
  ),
  'rdp-over-ipv6': dangerousGroup('open RDP over IPv6', [tcp(3389, 3389, anywhere6)], []),
  'database-in-a-range': dangerousGroup(
    'open MySQL in a range of ports',
    [tcp(3300, 3310, { ...anywhere, description: 'legacy apps' })],
    ['tcp 3300-3305 0.0.0.0/0 "legacy apps"', 'tcp 3307-3310 0.0.0.0/0 "legacy apps"'],
  ),
  'oracle-without-an-item': {
    ...dangerousGroup('open Oracle: no Config item', [tcp(1521, 1521, anywhere)], []),
    lost: ['item'],
  },
  'two-halves-of-the-world': dangerousGroup(
    'SSH open to two halves of IPv4',
    [tcp(22, 22, { cidr: '0.0.0.0/1' }, { cidr: '128.0.0.0/1' })],
    [],
  ),
  'sql-server-beside-the-office': dangerousGroup(
    'open SQL Server, and an office',
    [tcp(1433, 1433, anywhere, { cidr: '10.20.0.0/16', description: 'office' })],
    ['tcp 1433-1433 10.20.0.0/16 "office"'],
  ),
  'everything-open': dangerousGroup(
    'every port and protocol open',
    [permission('-1', undefined, undefined, [anywhere])],
    [
      ...[
        ...['0-21', '24-134', '136-444', '446-1432', '1434-1520', '1522-2374', '2376-3305', '3307-3388'],
        ...['3390-5431', '5433-5600', '5602-5899', '5901-5984', '5986-6378', '6380-9199', '9201-11210'],
        ...['11212-27016', '27018-65535'],
      ].map((ports) => `tcp ${ports} 0.0.0.0/0`),
      'udp 0-65535 0.0.0.0/0',
      ...['icmp', '47', '50', '51'].map((protocol) => `${protocol} -1--1 0.0.0.0/0`),
    ],
  ),
  'ten-thousand-ports': dangerousGroup(
    '10,001 open UDP ports',
    [permission('udp', 10_000, 20_000, [anywhere])],
    [],
    { control: wideOpen, lossy: true },
  ),
} satisfies Record<string, DangerousKind>;

const harmless = {
  'public-web': harmlessGroup('a web server, open on 80 and 443', [
    tcp(80, 80, anywhere, anywhere6),
    tcp(443, 443, { ...anywhere, description: 'the shop' }, anywhere6),
  ]),
  'ssh-from-the-office': harmlessGroup('SSH from private networks only', [
    tcp(22, 22, { cidr: '10.0.0.0/8', description: 'offices' }, { cidr: 'fd00::/8' }),
  ]),
  'ssh-from-one-address': harmlessGroup('SSH from one address', [tcp(22, 22, { cidr: '52.95.110.7/32' })]),
  'dns-for-all': harmlessGroup('DNS and ping open to the world', [
    permission('udp', 53, 53, [anywhere]),
    permission('icmp', -1, -1, [anywhere]),
  ]),
  'no-rules': harmlessGroup('a group without ingress', []),
} satisfies Record<string, ResourceKind>;

/** Security groups of the scenario. */
export const securityGroups = plantedType({
  dangerous,
  harmless,
  plantings: [
    {
      account: 'playground',
      region: 'eu-west-1',
      dangerous: ['ssh-beside-https', 'database-in-a-range', 'oracle-without-an-item'],
      harmless: ['public-web', 'ssh-from-the-office'],
    },
    {
      account: 'playground',
      region: 'us-east-1',
      dangerous: ['everything-open', 'ten-thousand-ports'],
      harmless: ['dns-for-all'],
    },
    {
      account: 'staging',
      region: 'eu-west-1',
      dangerous: ['rdp-over-ipv6', 'sql-server-beside-the-office'],
      harmless: ['ssh-from-one-address'],
    },
    {
      account: 'nightly',
      region: 'us-east-1',
      dangerous: ['two-halves-of-the-world'],
      harmless: ['no-rules'],
    },
    { account: 'payments', region: 'eu-west-1', dangerous: ['ssh-beside-https'], harmless: ['public-web'] },
    {
      account: 'storefront',
      region: 'us-east-1',
      dangerous: ['everything-open'],
      harmless: ['ssh-from-the-office'],
    },
    { account: 'legacy', region: 'eu-west-1', dangerous: ['ssh-beside-https'], harmless: ['public-web'] },
    {
      account: 'analytics',
      region: 'us-east-1',
      dangerous: ['sql-server-beside-the-office'],
      harmless: ['ssh-from-one-address'],
    },
  ],
  late: { dangerous: ['ssh-beside-https'], harmless: ['public-web'] },
});
