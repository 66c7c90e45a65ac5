import { ipv4Weight, parseCidr } from '../kit/addresses';
import {
  either,
  type Fields,
  fieldsOf,
  isFields,
  listOf,
  notUnderstood,
  optionalTextOf,
  pathOf,
  textOf,
  type Where,
} from '../kit/input';
import { icmpProtocol, lastPort, type PortProtocol, portProtocol, portProtocols } from './protocols';
import type { RuleTag } from './rule-tags';

/** Where traffic may come from. */
export type RuleSource =
  | { kind: 'cidr'; cidr: string }
  /** `cidrs` are the list's entries; absent where nobody resolved them, and then nothing is known of the addresses. */
  | { kind: 'prefixList'; prefixListId: string; cidrs?: readonly string[] }
  | { kind: 'group'; groupId: string; userId?: string };

/** One ingress rule: one protocol, one port range, one source; AWS groups them into permissions. */
export interface IngressRule {
  /** As AWS holds it: `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number as text, or `-1` for all. */
  protocol: string;
  /** As AWS holds it; absent where AWS has none. For ICMP it is a type, and `toPort` a code. */
  fromPort?: number;
  toPort?: number;
  source: RuleSource;
  description?: string;
  /** Sorted by key, never empty, without AWS's own. Only live readings know them. */
  tags?: readonly RuleTag[];
}

/**
 * What two rules with the same protocol, ports and source have in common, whatever their description. For ICMP an absent type
 * or code is all of them, as -1 is, and other protocols without ports have none: DescribeSecurityGroups may leave out what
 * DescribeSecurityGroupRules answers as -1.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export function ruleKey(rule: Pick<IngressRule, 'protocol' | 'fromPort' | 'toPort' | 'source'>): string {
  const source = sourceKey(rule.source);
  const icmp = icmpProtocol(rule.protocol);
  if (icmp !== undefined) return `${icmp} ${rule.fromPort ?? -1} ${rule.toPort ?? -1} ${source}`;
  const protocol = portProtocol(rule.protocol);
  if (protocol === undefined || protocol === '-1') return `${protocol ?? rule.protocol} ${source}`;
  return `${protocol} ${rule.fromPort ?? ''} ${rule.toPort ?? ''} ${source}`;
}

/** What rules of one source differ in, by `ruleKey`; a number for most, which is made and compared sooner than a text. */
export function trafficKey(rule: IngressRule): string | number {
  const { fromPort, toPort } = rule;
  const protocol = portProtocols.indexOf(portProtocol(rule.protocol) as PortProtocol);
  if (protocol === -1 || fromPort === undefined || toPort === undefined) return ruleKey(rule);
  return (protocol * portValues + fromPort + 1) * portValues + toPort + 1;
}

/** How many values a port has in a rule: from -1 to the last port. */
const portValues = lastPort + 2;

/** A text that names a source, the same for the same source. */
export function sourceKey(source: RuleSource): string {
  switch (source.kind) {
    case 'cidr':
      return source.cidr;
    case 'prefixList':
      return source.prefixListId;
    case 'group':
      return `${source.userId ?? ''}/${source.groupId}`;
  }
}

/** A rule as people name it: `tcp 22 from 0.0.0.0/0`. */
export function describeRule(rule: IngressRule): string {
  const source = sourceKey(rule.source);
  const protocol = portProtocol(rule.protocol);
  if (protocol === '-1') return `all protocols from ${source}`;
  if (protocol === undefined && icmpProtocol(rule.protocol) === undefined) {
    return `protocol ${rule.protocol} from ${source}`;
  }
  if (protocol === undefined && (rule.fromPort ?? -1) === -1) return `${rule.protocol} from ${source}`;
  if (rule.fromPort === undefined || rule.fromPort === -1)
    return `every ${rule.protocol} port from ${source}`;
  const ports = rule.fromPort === rule.toPort ? `${rule.fromPort}` : `${rule.fromPort}-${rule.toPort}`;
  return `${rule.protocol} ${ports} from ${source}`;
}

/**
 * Reads a permission, which is one or more rules, from a configuration item or from an answer of EC2's API.
 * @param path where the permission stands, for errors
 * @param prefixLists entries of prefix lists, by id, as far as they are known
 * @throws ResourceInputError when it cannot be understood.
 */
export function readPermission(
  permission: unknown,
  path: Where,
  prefixLists: Readonly<Record<string, readonly string[]>>,
): IngressRule[] {
  const fields = fieldsOf(permission, path);
  const protocol = readProtocol(
    either(fields.IpProtocol, fields.ipProtocol),
    () => `${pathOf(path)}.ipProtocol`,
  );
  const { fromPort, toPort } = readPorts(fields, protocol, path);
  const rules: IngressRule[] = [];
  const read = (name: string, value: unknown, sourceOf: SourceReader, seen?: readonly unknown[]) => {
    const list = listOf(value, () => `${pathOf(path)}.${name}`);
    for (let index = 0; index < list.length; index++) {
      const entry = list[index];
      const same = seen?.[index];
      if (isFields(same) && same.cidrIp === entry) continue;
      const where = () => `${pathOf(path)}.${name}[${index}]`;
      const description = isFields(entry)
        ? optionalTextOf(either(entry.Description, entry.description), () => `${where()}.description`)
        : undefined;
      const source = sourceOf(entry, where);
      const rule: IngressRule =
        fromPort === undefined || toPort === undefined
          ? { protocol, source }
          : { protocol, fromPort, toPort, source };
      if (description !== undefined) rule.description = description;
      rules.push(rule);
    }
    return list;
  };
  // Items have every IPv4 CIDR in both lists, descriptions in the first only; old items lack the first.
  const described = read('Ipv4Ranges', either(fields.Ipv4Ranges, fields.ipv4Ranges), readIpv4);
  read('IpRanges', either(fields.IpRanges, fields.ipRanges), readIpv4, described);
  read('Ipv6Ranges', either(fields.Ipv6Ranges, fields.ipv6Ranges), readIpv6);
  read('PrefixListIds', either(fields.PrefixListIds, fields.prefixListIds), (entry, where) =>
    readPrefixList(entry, where, prefixLists),
  );
  read('UserIdGroupPairs', either(fields.UserIdGroupPairs, fields.userIdGroupPairs), readGroup);
  return rules;
}

/** Reads a source from an entry of a list. */
type SourceReader = (entry: unknown, where: Where) => RuleSource;

const readIpv4: SourceReader = (entry, where) =>
  readCidr(isFields(entry) ? either(entry.CidrIp, entry.cidrIp) : entry, entry, 'CidrIp', where);

const readIpv6: SourceReader = (entry, where) =>
  readCidr(isFields(entry) ? either(entry.CidrIpv6, entry.cidrIpv6) : entry, entry, 'CidrIpv6', where);

function readProtocol(value: unknown, where: Where): string {
  // Most are written as they are kept.
  if (typeof value === 'string' && portProtocol(value) !== undefined) return value;
  const text = typeof value === 'number' ? String(value) : textOf(value, where).toLowerCase();
  const number = /^\d+(\.0+)?$/.test(text) ? Number(text) : undefined;
  if (number !== undefined && number > 255) throw notUnderstood(where, 'a protocol number up to 255', value);
  if (text === 'all' || /^-1(\.0+)?$/.test(text)) return '-1';
  if (number === undefined && !/^[a-z][a-z0-9-]*$/.test(text))
    throw notUnderstood(where, 'a protocol', value);
  return number === undefined ? text : String(number);
}

/** EC2 ignores the ports of every protocol but TCP, UDP and ICMP. */
function readPorts(fields: Fields, protocol: string, path: Where): { fromPort?: number; toPort?: number } {
  const isPort = portProtocol(protocol) !== undefined && protocol !== '-1';
  const isIcmp = icmpProtocol(protocol) !== undefined;
  if (!isPort && !isIcmp) return {};
  const fromPort = readPort(either(fields.FromPort, fields.fromPort), () => `${pathOf(path)}.fromPort`);
  const toPort = readPort(either(fields.ToPort, fields.toPort), () => `${pathOf(path)}.toPort`);
  if (fromPort === undefined && toPort === undefined) return {};
  if (isIcmp) return { fromPort: fromPort ?? -1, toPort: toPort ?? -1 };
  if (fromPort === undefined) throw notUnderstood(`${pathOf(path)}.fromPort`, 'a port', fromPort);
  if (toPort === undefined) throw notUnderstood(`${pathOf(path)}.toPort`, 'a port', toPort);
  if (fromPort > toPort || (fromPort === -1 && toPort !== -1)) {
    throw notUnderstood(`${pathOf(path)}.fromPort`, `at most toPort, ${toPort}`, fromPort);
  }
  return { fromPort, toPort };
}

/** Ports are numbers; query results have floats, and some forms text. */
function readPort(value: unknown, where: Where): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const number = typeof value === 'string' && /^-?\d+(\.0+)?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < -1 || number > 65535) {
    throw notUnderstood(where, 'a whole number from -1 to 65535', value);
  }
  return number;
}

function readCidr(value: unknown, entry: unknown, name: string, where: Where): RuleSource {
  const cidr = textOf(value, isFields(entry) ? () => `${pathOf(where)}.${name}` : where);
  // Most are plain, and need no more of them than that.
  if (ipv4Weight(cidr) === -1) parseCidr(cidr, where);
  return { kind: 'cidr', cidr };
}

function readPrefixList(
  entry: unknown,
  where: Where,
  prefixLists: Readonly<Record<string, readonly string[]>>,
): RuleSource {
  const prefixListId = isFields(entry)
    ? textOf(either(entry.PrefixListId, entry.prefixListId), () => `${pathOf(where)}.prefixListId`)
    : textOf(entry, where);
  const cidrs = Object.hasOwn(prefixLists, prefixListId) ? prefixLists[prefixListId] : undefined;
  cidrs?.forEach((cidr, index) => {
    parseCidr(cidr, `${prefixListId}[${index}]`);
  });
  return { kind: 'prefixList', prefixListId, ...(cidrs === undefined ? {} : { cidrs }) };
}

function readGroup(entry: unknown, where: Where): RuleSource {
  const fields = fieldsOf(entry, where);
  const groupId = optionalTextOf(either(fields.GroupId, fields.groupId), () => `${pathOf(where)}.groupId`);
  const userId = optionalTextOf(either(fields.UserId, fields.userId), () => `${pathOf(where)}.userId`);
  // A group of a deleted peering connection may have lost its id.
  const name =
    groupId ??
    optionalTextOf(either(fields.GroupName, fields.groupName), () => `${pathOf(where)}.groupName`) ??
    'unknown';
  return userId === undefined ? { kind: 'group', groupId: name } : { kind: 'group', groupId: name, userId };
}
