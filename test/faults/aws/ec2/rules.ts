import type { IpPermission, SecurityGroupRule, Tag } from '@aws-sdk/client-ec2';
import { serviceError } from '../service-error';

/** Where a rule lets traffic in from; one of them. */
export type Source =
  | { kind: 'ipv4' | 'ipv6' | 'prefixList'; name: string }
  | { kind: 'group'; name: string; userId: string };

/** One ingress rule of a group, which is never changed once it is there. */
export interface Rule {
  id: string;
  /** `-1`, a name, or a number as text. */
  protocol: string;
  fromPort: number;
  toPort: number;
  source: Source;
  description?: string | undefined;
  tags: readonly Tag[];
}

/** EC2 has names for these numbers: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
const protocolNames: Readonly<Record<string, string>> = {
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
  '58': 'icmpv6',
};
const withPorts: readonly string[] = Object.values(protocolNames);

/**
 * The rules of which permissions of a request consist, as EC2 understands them.
 * @param owner account of a group that is named without one
 * @throws InvalidParameterValue for what is no permission
 */
export function rulesOf(permissions: readonly IpPermission[], owner: string): Omit<Rule, 'id' | 'tags'>[] {
  return permissions.flatMap((permission) => {
    const { IpProtocol: given, FromPort, ToPort } = permission;
    if (given === undefined) throw invalid('The parameter ipProtocol is missing');
    const protocol = protocolNames[given] ?? given.toLowerCase();
    // Of other protocols EC2 ignores the ports.
    const isPort = withPorts.includes(protocol);
    if (isPort && (FromPort === undefined || ToPort === undefined)) throw invalid('Ports are missing');
    const common = {
      protocol,
      fromPort: (isPort ? FromPort : undefined) ?? -1,
      toPort: (isPort ? ToPort : undefined) ?? -1,
    };
    const sources = sourcesOf(permission, owner);
    if (sources.length === 0) throw invalid('A permission has no source');
    return sources.map((source) => ({ ...common, ...source }));
  });
}

function sourcesOf(
  { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] }: IpPermission,
  owner: string,
): { source: Source; description?: string | undefined }[] {
  return [
    ...IpRanges.map(({ CidrIp: name = '', Description: description }) => ({
      source: { kind: 'ipv4' as const, name },
      description,
    })),
    ...Ipv6Ranges.map(({ CidrIpv6: name = '', Description: description }) => ({
      source: { kind: 'ipv6' as const, name },
      description,
    })),
    ...PrefixListIds.map(({ PrefixListId: name = '', Description: description }) => ({
      source: { kind: 'prefixList' as const, name },
      description,
    })),
    ...UserIdGroupPairs.map(({ GroupId: name = '', UserId: userId = owner, Description: description }) => ({
      source: { kind: 'group' as const, name, userId },
      description,
    })),
  ];
}

function invalid(message: string): Error {
  return serviceError('EC2', 'InvalidParameterValue', message);
}

/** What two rules with the same protocol, ports and source have in common. */
export function keyOf({ protocol, fromPort, toPort, source }: Omit<Rule, 'id' | 'tags'>): string {
  return [protocol, fromPort, toPort, source.kind, source.name].join(' ');
}

/** A rule as DescribeSecurityGroupRules answers it. */
export function describedRule(rule: Rule, groupId: string, ownerId: string): SecurityGroupRule {
  const { id, protocol, fromPort, toPort, source, description, tags } = rule;
  return {
    SecurityGroupRuleId: id,
    GroupId: groupId,
    GroupOwnerId: ownerId,
    IsEgress: false,
    IpProtocol: protocol,
    FromPort: fromPort,
    ToPort: toPort,
    ...(source.kind === 'ipv4' && { CidrIpv4: source.name }),
    ...(source.kind === 'ipv6' && { CidrIpv6: source.name }),
    ...(source.kind === 'prefixList' && { PrefixListId: source.name }),
    ...(source.kind === 'group' && { ReferencedGroupInfo: { GroupId: source.name, UserId: source.userId } }),
    ...(description !== undefined && { Description: description }),
    Tags: tags.map((tag) => ({ ...tag })),
  };
}

/** Rules as DescribeSecurityGroups answers them: those with the same protocol and ports as one permission. */
export function permissionsOf(rules: readonly Rule[]): IpPermission[] {
  const permissions = new Map<string, IpPermission>();
  for (const { protocol, fromPort, toPort, source, description } of rules) {
    const key = [protocol, fromPort, toPort].join(' ');
    const permission = permissions.get(key) ?? emptyPermission(protocol, fromPort, toPort);
    permissions.set(key, permission);
    const words = description === undefined ? {} : { Description: description };
    if (source.kind === 'ipv4') permission.IpRanges?.push({ CidrIp: source.name, ...words });
    if (source.kind === 'ipv6') permission.Ipv6Ranges?.push({ CidrIpv6: source.name, ...words });
    if (source.kind === 'prefixList') permission.PrefixListIds?.push({ PrefixListId: source.name, ...words });
    if (source.kind === 'group') {
      permission.UserIdGroupPairs?.push({ GroupId: source.name, UserId: source.userId, ...words });
    }
  }
  return [...permissions.values()];
}

function emptyPermission(IpProtocol: string, FromPort: number, ToPort: number): IpPermission {
  const ports = withPorts.includes(IpProtocol) ? { FromPort, ToPort } : {};
  return { IpProtocol, ...ports, IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
}
