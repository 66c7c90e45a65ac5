import type { IpPermission, Tag } from '@aws-sdk/client-ec2';
import { control } from '../../../controls/security-group-open-ports';
import { securityGroupAdapter } from '../../../resources/security-group/adapter';
import type { Rule } from '../aws/ec2/rules';
import type { InMemoryAws } from '../aws/in-memory-aws';
import type { ResourceType, Variant } from './resource-type';

const groupId = 'sg-0123456789abcdef0';
const prefixListId = 'pl-0123456789abcdef0';

interface Planted {
  permission: IpPermission;
  tags?: Tag[];
}

const neighbours: Planted[] = [
  { permission: tcp(22, 22, '10.0.0.0/8', 'the office') },
  { permission: tcp(443, 443, '0.0.0.0/0', 'the web') },
];

const tagsOf = (team: string): Tag[] => [{ Key: 'team', Value: team }];

const dangers: Record<Exclude<Variant, 'whole'>, Planted[]> = {
  simple: [{ permission: tcp(22, 22, '0.0.0.0/0', 'for a test') }],
  // Other tags take calls of their own.
  several: [
    { permission: tcp(20, 25, '0.0.0.0/0', 'a range'), tags: tagsOf('a') },
    { permission: tcp(3300, 3310, '::/0', 'another one'), tags: tagsOf('b') },
  ],
  lossy: [
    {
      permission: {
        IpProtocol: 'tcp',
        FromPort: 22,
        ToPort: 22,
        PrefixListIds: [{ PrefixListId: prefixListId }],
      },
    },
  ],
};

const left: Record<Exclude<Variant, 'whole'>, string[]> = {
  simple: [],
  several: [
    'tcp 20-21 0.0.0.0/0 "a range" team=a',
    'tcp 24-25 0.0.0.0/0 "a range" team=a',
    'tcp 3300-3305 ::/0 "another one" team=b',
    'tcp 3307-3310 ::/0 "another one" team=b',
  ],
  lossy: [],
};

const worse = tcp(3389, 3389, '0.0.0.0/0', 'open further');
const harmless = tcp(8080, 8080, '10.0.0.0/8', 'harmless');

/** Security groups: single rules, ranges that are split, and a prefix list that holds something harmless too. */
export const securityGroup: ResourceType = {
  name: 'group',
  identity: (accountId) => ({
    accountId,
    region: 'eu-west-1',
    control: control.id,
    resourceType: control.resourceType,
    resourceId: groupId,
  }),
  adapter: securityGroupAdapter(),
  variants: ['simple', 'several', 'lossy'],
  plant(aws, accountId, variant) {
    aws.ec2.createPrefixList(prefixListId, ['0.0.0.0/0', '10.0.0.0/8']);
    aws.ec2.createGroup(groupId, { accountId, tags: [{ Key: 'name', Value: 'planted' }] });
    for (const planted of [...neighbours, ...of(dangers, variant)]) add(aws, planted);
  },
  edit: {
    worsen: (aws) => add(aws, { permission: worse }),
    mend(aws) {
      const dangerous = rules(aws).filter(isDangerous);
      for (const rule of dangerous) aws.ec2.revoke(groupId, [permissionOf(rule)]);
      return dangerous.length > 0;
    },
    reopen: (aws, variant) =>
      of(dangers, variant)
        .map((planted) => add(aws, planted))
        .includes(true),
    unrelated: (aws) => add(aws, { permission: harmless }),
  },
  dangers: (aws) => rules(aws).filter(isDangerous).map(inWords),
  state: (aws) => [
    ...rules(aws).map(inWords).sort(),
    ...(aws.ec2.group(groupId)?.tags ?? []).map(({ Key, Value }) => `tag ${Key}=${Value}`),
  ],
  fixed: (variant) => [
    ...['tcp 22-22 10.0.0.0/8 "the office"', 'tcp 443-443 0.0.0.0/0 "the web"', ...of(left, variant)].sort(),
    'tag name=planted',
  ],
  unrelated: ['tcp 8080-8080 10.0.0.0/8 "harmless"'],
};

function of<Thing>(all: Record<Exclude<Variant, 'whole'>, Thing>, variant: Variant): Thing {
  if (variant === 'whole') throw new Error('Each rule of a group is taken by itself.');
  return all[variant];
}

function rules(aws: InMemoryAws): readonly Rule[] {
  return aws.ec2.group(groupId)?.rules ?? [];
}

/** By the ports that the scenarios plant: what a stranger reaches that should be closed. */
function isDangerous({ fromPort, toPort, source }: Rule): boolean {
  const isOpen = source.kind === 'prefixList' || source.name === '0.0.0.0/0' || source.name === '::/0';
  return isOpen && [22, 3306, 3389].some((port) => fromPort <= port && port <= toPort);
}

/** @returns whether it was not there already */
function add(aws: InMemoryAws, { permission, tags }: Planted): boolean {
  try {
    aws.ec2.authorize(groupId, [permission], tags);
    return true;
  } catch (error) {
    if ((error as Error).name === 'InvalidPermission.Duplicate') return false;
    throw error;
  }
}

function inWords({ protocol, fromPort, toPort, source, description, tags }: Rule): string {
  const words = description === undefined ? [] : [JSON.stringify(description)];
  return [
    `${protocol} ${fromPort}-${toPort} ${source.name}`,
    ...words,
    ...tags.map(({ Key, Value }) => `${Key}=${Value}`),
  ].join(' ');
}

function permissionOf({ protocol, fromPort, toPort, source }: Rule): IpPermission {
  const ports = { IpProtocol: protocol, FromPort: fromPort, ToPort: toPort };
  if (source.kind === 'prefixList') return { ...ports, PrefixListIds: [{ PrefixListId: source.name }] };
  if (source.kind === 'ipv6') return { ...ports, Ipv6Ranges: [{ CidrIpv6: source.name }] };
  return { ...ports, IpRanges: [{ CidrIp: source.name }] };
}

function tcp(FromPort: number, ToPort: number, cidr: string, Description: string): IpPermission {
  const ports = { IpProtocol: 'tcp', FromPort, ToPort };
  return cidr.includes(':')
    ? { ...ports, Ipv6Ranges: [{ CidrIpv6: cidr, Description }] }
    : { ...ports, IpRanges: [{ CidrIp: cidr, Description }] };
}
