import { type AddressFamily, addressFamilies, ipv4Weight, tryParseCidr } from '../kit/addresses';
import { type Fields, isFields, isText } from '../kit/input';
import { type InternetLines, isSmallSum, weightAlone } from '../kit/internet';
import { isAbsent, isOptionalText, isPlainItem } from '../kit/plain-item';
import type { IngressRule } from './ingress-rule';
import { attachedBy, type SecurityGroup } from './model';
import { icmpProtocol, lastPort, portProtocol } from './protocols';

/** What a permission's rules have in common. */
export type Traffic = Pick<IngressRule, 'protocol' | 'fromPort' | 'toPort'>;

/** What a group's rules let in, as far as a short look tells. */
interface Look {
  alone: Record<AddressFamily, number>;
  /**
   * How many addresses of each family sources hold at most that are not the internet by themselves, each counted as often as it is
   * listed. A broad source counts too, since it may not be it: private addresses of it are not of the internet.
   */
  others: Record<AddressFamily, number>;
  /** The sources that may be the internet by themselves, and what each lets in. */
  broad: { traffic: Traffic; cidr: string }[];
}

/** The part of a group that decides about it. */
export interface BroadPart {
  /** What each of its rules lets in. */
  traffic: readonly Traffic[];
  /** The group with those rules only, as far as a verdict takes it. */
  group(): SecurityGroup;
}

/**
 * A short look at a configuration item in the form in which a rule receives it: the group with those rules only whose source
 * may be the internet by itself. The others cannot be, not even together, so that every verdict on the group is the one on what
 * is returned; most groups have none, or few.
 * @param lines from which on addresses are the internet
 * @returns undefined where it takes the whole model to tell: the item has another form or an unknown prefix list, something of
 *   it cannot be understood, or sources might be the internet together
 */
export function broadPartOf(item: unknown, lines: InternetLines): BroadPart | undefined {
  if (!isPlainItem(item, 'AWS::EC2::SecurityGroup') || !isPlainList(item.relationships)) return undefined;
  const { configuration, relationships } = item;
  if (!isFields(configuration) || !isPlainConfiguration(configuration)) return undefined;
  const look: Look = {
    alone: { ipv4: weightAlone('ipv4', lines), ipv6: weightAlone('ipv6', lines) },
    others: { ipv4: 0, ipv6: 0 },
    broad: [],
  };
  for (const permission of configuration.ipPermissions as unknown[]) {
    if (!lookAt(permission, look)) return undefined;
  }
  if (!addressFamilies.every((family) => isSmallSum(look.others[family], family, lines))) return undefined;
  const { broad } = look;
  return {
    traffic: broad.map(({ traffic }) => traffic),
    group() {
      const attached = attachedBy(relationships);
      const ingress = broad.map(ruleOf);
      const groupId = String(configuration.groupId);
      return attached === undefined ? { groupId, ingress } : { groupId, attached, ingress };
    },
  };
}

function ruleOf({ traffic, cidr }: Look['broad'][number]): IngressRule {
  const { protocol, fromPort, toPort } = traffic;
  const source: IngressRule['source'] = { kind: 'cidr', cidr };
  return fromPort === undefined || toPort === undefined
    ? { protocol, source }
    : { protocol, fromPort, toPort, source };
}

function isPlainConfiguration(configuration: Fields): boolean {
  return (
    configuration.IpPermissions === undefined &&
    configuration.GroupId === undefined &&
    configuration.GroupName === undefined &&
    configuration.VpcId === undefined &&
    Array.isArray(configuration.ipPermissions) &&
    isText(configuration.groupId) &&
    isOptionalText(configuration.groupName) &&
    isOptionalText(configuration.vpcId)
  );
}

/** Whether the permission is understood, after the look took it in. */
function lookAt(permission: unknown, look: Look): boolean {
  if (!isFields(permission) || hasCapitals(permission)) return false;
  const { ipv4Ranges, ipRanges, ipv6Ranges, prefixListIds, userIdGroupPairs } = permission;
  const traffic = trafficOf(permission);
  if (traffic === undefined) return false;
  if (!isAbsent(prefixListIds) && !(Array.isArray(prefixListIds) && prefixListIds.length === 0)) return false;
  if (isAbsent(ipv4Ranges) && isAbsent(ipRanges) && isAbsent(ipv6Ranges)) return false;
  return (
    lookAtRanges(ipv4Ranges, 'cidrIp', undefined, traffic, look) &&
    lookAtRanges(ipRanges, 'cidrIp', ipv4Ranges, traffic, look) &&
    lookAtRanges(ipv6Ranges, 'cidrIpv6', undefined, traffic, look) &&
    arePlainPairs(userIdGroupPairs)
  );
}

/** @param seen the list that names the same addresses, where there is one */
function lookAtRanges(
  list: unknown,
  name: 'cidrIp' | 'cidrIpv6',
  seen: unknown,
  traffic: Traffic | 'no ports',
  look: Look,
): boolean {
  if (isAbsent(list)) return true;
  if (!Array.isArray(list)) return false;
  for (let index = 0; index < list.length; index++) {
    const entry: unknown = list[index];
    let cidr: unknown = entry;
    if (isFields(entry)) {
      if (entry.CidrIp !== undefined || entry.CidrIpv6 !== undefined || entry.Description !== undefined)
        return false;
      if (!isOptionalText(entry.description)) return false;
      cidr = name === 'cidrIp' ? entry.cidrIp : entry.cidrIpv6;
    }
    if (typeof cidr !== 'string') return false;
    const same: unknown = Array.isArray(seen) ? seen[index] : undefined;
    if (isFields(same) && same.cidrIp === cidr) continue;
    let family: AddressFamily = 'ipv4';
    let weight = ipv4Weight(cidr);
    if (weight === -1) {
      const range = tryParseCidr(cidr);
      if (range === undefined) return false;
      ({ family, weight } = range);
    }
    if (traffic === 'no ports') continue;
    const isBroad = weight > look.alone[family];
    if (isBroad) look.broad.push({ traffic, cidr });
    look.others[family] += isBroad ? look.alone[family] : weight;
  }
  return true;
}

/** As the model would read it; undefined where it takes the model to tell. */
function trafficOf({ ipProtocol, fromPort, toPort }: Fields): Traffic | 'no ports' | undefined {
  if (typeof ipProtocol !== 'string') return undefined;
  const protocol = portProtocol(ipProtocol);
  if (protocol === undefined) {
    const isPlain = icmpProtocol(ipProtocol) !== undefined && isIcmpPart(fromPort) && isIcmpPart(toPort);
    return isPlain ? 'no ports' : undefined;
  }
  if (protocol === '-1' || (isAbsent(fromPort) && isAbsent(toPort))) return { protocol: ipProtocol };
  return isPort(fromPort) && isPort(toPort) && fromPort <= toPort
    ? { protocol: ipProtocol, fromPort, toPort }
    : undefined;
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= lastPort;
}

function isIcmpPart(value: unknown): boolean {
  return isAbsent(value) || value === -1 || isPort(value);
}

function arePlainPairs(pairs: unknown): boolean {
  if (isAbsent(pairs)) return true;
  if (!Array.isArray(pairs)) return false;
  return pairs.every(
    (pair: unknown) =>
      isFields(pair) &&
      pair.GroupId === undefined &&
      pair.UserId === undefined &&
      pair.GroupName === undefined &&
      pair.Description === undefined &&
      isOptionalText(pair.description) &&
      isOptionalText(pair.groupId) &&
      isOptionalText(pair.userId) &&
      isOptionalText(pair.groupName),
  );
}

/** Whether a permission has keys as AWS's API writes them, which would come first. */
function hasCapitals(permission: Fields): boolean {
  return (
    permission.IpProtocol !== undefined ||
    permission.FromPort !== undefined ||
    permission.ToPort !== undefined ||
    permission.Ipv4Ranges !== undefined ||
    permission.IpRanges !== undefined ||
    permission.Ipv6Ranges !== undefined ||
    permission.PrefixListIds !== undefined ||
    permission.UserIdGroupPairs !== undefined
  );
}

/** A list of objects, or none. */
function isPlainList(list: unknown): boolean {
  return isAbsent(list) || (Array.isArray(list) && list.every(isFields));
}
