import { readConfigurationItem } from '../kit/configuration-item';
import {
  decoded,
  either,
  type Fields,
  fieldsOf,
  isFields,
  listOf,
  notUnderstood,
  optionalFieldsOf,
  optionalTextOf,
  textOf,
} from '../kit/input';
import type { ConfigurationItems } from '../kit/resource-type';
import { type IngressRule, readPermission, ruleKey, sourceKey, trafficKey } from './ingress-rule';

/** A VPC security group, as far as its ingress goes. */
export interface SecurityGroup {
  groupId: string;
  groupName?: string;
  vpcId?: string;
  /** No two rules have the same protocol, ports and source. */
  ingress: readonly IngressRule[];
  /** Whether a network interface uses the group; absent where the input does not say. */
  attached?: boolean;
  /** Paths of parts that decide and that AWS Config did not record; absent where all are there. */
  unrecorded?: readonly string[];
}

/** What DescribeSecurityGroups does not say of a group. */
export interface SecurityGroupSurroundings {
  /** Entries of managed prefix lists, by id: CIDR blocks. */
  prefixLists?: Readonly<Record<string, readonly string[]>>;
  /** Whether a network interface uses the group. */
  attached?: boolean;
  /** The group's ingress rules, which alone have tags, as `readSecurityGroupRules` reads them. */
  rules?: readonly IngressRule[];
}

/**
 * Fills the model from an element of DescribeSecurityGroups' `SecurityGroups`:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html
 * @throws ResourceInputError when it cannot be understood.
 */
export function securityGroupFromApi(
  group: unknown,
  surroundings: SecurityGroupSurroundings = {},
): SecurityGroup {
  return readSecurityGroup(fieldsOf(group, 'The security group'), '', surroundings);
}

/**
 * Fills the model from a configuration item of AWS Config, in any of its forms. The item holds no entries of prefix
 * lists.
 * @throws ResourceInputError when it cannot be understood.
 */
export function securityGroupFromConfigurationItem(item: unknown): SecurityGroup {
  const fields = readConfigurationItem(item, 'AWS::EC2::SecurityGroup');
  const configuration = fieldsOf(either(fields.Configuration, fields.configuration), 'configuration');
  const permissions = decoded(either(configuration.IpPermissions, configuration.ipPermissions));
  if (!Array.isArray(permissions)) throw notUnderstood('configuration.ipPermissions', 'a list', permissions);
  const attached = attachedBy(either(fields.Relationships, fields.relationships));
  const unrecorded: string[] = [];
  permissions.forEach((permission: unknown, index) => {
    if (!saysSources(permission)) unrecorded.push(`the sources of configuration.ipPermissions[${index}]`);
  });
  const group = readSecurityGroup(
    configuration,
    'configuration.',
    attached === undefined ? {} : { attached },
  );
  return unrecorded.length === 0 ? group : { ...group, unrecorded };
}

/**
 * Security groups as AWS Config records them. It names what changed as in `Configuration.IpPermissions.0`; egress and
 * relationships have names of their own: https://repost.aws/knowledge-center/config-configurationitemdiff
 */
export const securityGroupItems: ConfigurationItems<SecurityGroup> = {
  fromConfigurationItem: securityGroupFromConfigurationItem,
  relevantChanges: ['Configuration.IpPermissions'],
};

/** Whether AWS Config recorded any of the lists of a permission's sources: each may be empty, and old items lack some. */
function saysSources(permission: unknown): boolean {
  const fields = decoded(permission);
  if (!isFields(fields)) return false;
  return (
    isThere(fields.Ipv4Ranges, fields.ipv4Ranges) ||
    isThere(fields.IpRanges, fields.ipRanges) ||
    isThere(fields.Ipv6Ranges, fields.ipv6Ranges) ||
    isThere(fields.PrefixListIds, fields.prefixListIds) ||
    isThere(fields.UserIdGroupPairs, fields.userIdGroupPairs)
  );
}

function isThere(capital: unknown, small: unknown): boolean {
  const value = either(capital, small);
  return value !== undefined && value !== null;
}

function readSecurityGroup(
  fields: Fields,
  path: string,
  surroundings: SecurityGroupSurroundings,
): SecurityGroup {
  const groupName = optionalTextOf(either(fields.GroupName, fields.groupName), `${path}groupName`);
  const vpcId = optionalTextOf(either(fields.VpcId, fields.vpcId), `${path}vpcId`);
  const permissions = listOf(either(fields.IpPermissions, fields.ipPermissions), `${path}ipPermissions`);
  const groupId = textOf(either(fields.GroupId, fields.groupId), `${path}groupId`);
  const prefixLists = surroundings.prefixLists ?? {};
  const rules: IngressRule[] = [];
  permissions.forEach((permission, index) => {
    const own = readPermission(permission, () => `${path}ipPermissions[${index}]`, prefixLists);
    for (const rule of own) rules.push(rule);
  });
  return {
    groupId,
    ...(groupName === undefined ? {} : { groupName }),
    ...(vpcId === undefined ? {} : { vpcId }),
    ...(surroundings.attached === undefined ? {} : { attached: surroundings.attached }),
    ingress: tagged(withoutRepetition(rules), surroundings.rules ?? []),
  };
}

/** The first of equal rules stays; it is the one that has the description. */
function withoutRepetition(rules: readonly IngressRule[]): IngressRule[] {
  const bySource = new Map<string, IngressRule | Set<string | number>>();
  return rules.filter((rule) => {
    const source = sourceKey(rule.source);
    const others = bySource.get(source);
    if (others === undefined) {
      bySource.set(source, rule);
      return true;
    }
    // Keys are made for those rules only whose source is another's, too.
    const keys = others instanceof Set ? others : new Set([trafficKey(others)]);
    const before = keys.size;
    keys.add(trafficKey(rule));
    if (keys !== others) bySource.set(source, keys);
    return keys.size > before;
  });
}

function tagged(rules: readonly IngressRule[], described: readonly IngressRule[]): readonly IngressRule[] {
  if (described.length === 0) return rules;
  const byKey = new Map(described.map((rule) => [ruleKey(rule), rule.tags]));
  return rules.map((rule) => {
    const tags = byKey.get(ruleKey(rule));
    return tags === undefined ? rule : { ...rule, tags };
  });
}

/**
 * Whether a network interface uses a group, which AWS Config lists among its relationships.
 * @throws ResourceInputError when they cannot be understood
 */
export function attachedBy(relationships: unknown): boolean | undefined {
  if (relationships === undefined || relationships === null) return undefined;
  return listOf(relationships, 'relationships').some(
    (entry, index) =>
      optionalFieldsOf(entry, () => `relationships[${index}]`)?.resourceType === 'AWS::EC2::NetworkInterface',
  );
}
