import type { Change } from '../../core/plan';
import { parseCidr } from '../kit/addresses';
import { type IngressRule, ruleKey, sourceKey } from './ingress-rule';
import type { SecurityGroup } from './model';
import { portProtocol } from './protocols';
import type { RuleTag } from './rule-tags';

/** A rule that goes, or comes: exactly one of `cidr` (IPv4 or IPv6) and `prefixListId`. Ports are absent for `-1`. */
export type SecurityGroupChange = {
  action: 'revoke' | 'authorize';
  text: string;
  protocol: string;
  fromPort?: number;
  toPort?: number;
  cidr?: string;
  prefixListId?: string;
  /** The rule's own description; an authorized rule has that of the rule it replaces. */
  description?: string;
  /** Of an authorized rule, where it has any: those of the rule it replaces. */
  tags?: RuleTag[];
};

/** Makes the change that revokes or authorizes a rule. */
export function changeOf(
  action: SecurityGroupChange['action'],
  rule: IngressRule,
  text: string,
): SecurityGroupChange {
  const { protocol, fromPort, toPort, source, description, tags } = rule;
  const change: SecurityGroupChange = { action, text, protocol };
  if (fromPort !== undefined) change.fromPort = fromPort;
  if (toPort !== undefined) change.toPort = toPort;
  if (source.kind === 'cidr') change.cidr = source.cidr;
  if (source.kind === 'prefixList') change.prefixListId = source.prefixListId;
  if (description !== undefined) change.description = description;
  if (action === 'authorize' && tags !== undefined) change.tags = [...tags];
  return change;
}

/** Whether a change is one of a security group's. */
export function isSecurityGroupChange(change: Change | SecurityGroupChange): change is SecurityGroupChange {
  return change.action === 'revoke' || change.action === 'authorize';
}

/** The rule that a change revokes or authorizes. Entries of a prefix list are not the change's to know. */
export function ruleOf(change: SecurityGroupChange): IngressRule {
  const { protocol, fromPort, toPort, cidr, prefixListId = '', description, tags } = change;
  return {
    protocol,
    ...(fromPort === undefined ? {} : { fromPort }),
    ...(toPort === undefined ? {} : { toPort }),
    source: cidr === undefined ? { kind: 'prefixList', prefixListId } : { kind: 'cidr', cidr },
    ...(description === undefined ? {} : { description }),
    ...(tags === undefined ? {} : { tags }),
  };
}

/**
 * A change as an element of EC2's `IpPermissions`, for RevokeSecurityGroupIngress and AuthorizeSecurityGroupIngress:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 * A revocation leaves the description out: EC2 compares protocol, ports and source. Protocols without ports have -1, as
 * DescribeSecurityGroupRules answers them.
 */
export function ipPermissionOf(change: SecurityGroupChange): {
  IpProtocol: string;
  FromPort?: number;
  ToPort?: number;
  IpRanges?: { CidrIp: string; Description?: string }[];
  Ipv6Ranges?: { CidrIpv6: string; Description?: string }[];
  PrefixListIds?: { PrefixListId: string; Description?: string }[];
} {
  const { action, protocol, cidr, prefixListId, description } = change;
  const { fromPort, toPort } = portsOf(change);
  const words = action === 'authorize' && description !== undefined ? { Description: description } : {};
  const isIpv6 = cidr !== undefined && parseCidr(cidr, 'cidr').family === 'ipv6';
  return {
    IpProtocol: protocol,
    ...(fromPort === undefined ? {} : { FromPort: fromPort }),
    ...(toPort === undefined ? {} : { ToPort: toPort }),
    ...(cidr !== undefined && !isIpv6 ? { IpRanges: [{ CidrIp: cidr, ...words }] } : {}),
    ...(cidr !== undefined && isIpv6 ? { Ipv6Ranges: [{ CidrIpv6: cidr, ...words }] } : {}),
    ...(prefixListId === undefined ? {} : { PrefixListIds: [{ PrefixListId: prefixListId, ...words }] }),
  };
}

function portsOf({ protocol, fromPort, toPort }: SecurityGroupChange): {
  fromPort?: number;
  toPort?: number;
} {
  if (portProtocol(protocol) === undefined && fromPort === undefined) return { fromPort: -1, toPort: -1 };
  return {
    ...(fromPort === undefined ? {} : { fromPort }),
    ...(toPort === undefined ? {} : { toPort }),
  };
}

/** The group as it is after the changes, as EC2 makes them: a rule that is there is not added, one that is not is not removed. */
export function applyChanges(group: SecurityGroup, changes: readonly SecurityGroupChange[]): SecurityGroup {
  const rules = new Map(group.ingress.map((rule) => [ruleKey(rule), rule]));
  for (const change of changes) {
    const rule = resolved(ruleOf(change), group);
    const key = ruleKey(rule);
    if (change.action === 'revoke') rules.delete(key);
    else if (!rules.has(key)) rules.set(key, rule);
  }
  return { ...group, ingress: [...rules.values()] };
}

/** A prefix list's entries are the group's to know. */
function resolved(rule: IngressRule, group: SecurityGroup): IngressRule {
  const { source } = rule;
  if (source.kind !== 'prefixList') return rule;
  const known = group.ingress.find((other) => sourceKey(other.source) === source.prefixListId)?.source;
  return { ...rule, source: known ?? source };
}
