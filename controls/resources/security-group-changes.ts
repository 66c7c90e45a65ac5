import type { Change } from '../control';
import { parseCidr } from './addresses';
import { type IngressRule, type RuleSource, ruleKey } from './ingress-rule';
import type { SecurityGroup } from './security-group';

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
};

/** Makes the change that revokes or authorizes a rule. */
export function changeOf(
  action: SecurityGroupChange['action'],
  rule: IngressRule,
  text: string,
): SecurityGroupChange {
  const { protocol, fromPort, toPort, source, description } = rule;
  return {
    action,
    text,
    protocol,
    ...(fromPort === undefined ? {} : { fromPort }),
    ...(toPort === undefined ? {} : { toPort }),
    ...(source.kind === 'cidr' ? { cidr: source.cidr } : {}),
    ...(source.kind === 'prefixList' ? { prefixListId: source.prefixListId } : {}),
    ...(description === undefined ? {} : { description }),
  };
}

/** Whether a change is one of a security group's. */
export function isSecurityGroupChange(change: Change | SecurityGroupChange): change is SecurityGroupChange {
  return change.action === 'revoke' || change.action === 'authorize';
}

/**
 * A change as an element of EC2's `IpPermissions`, for RevokeSecurityGroupIngress and AuthorizeSecurityGroupIngress:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 * A revocation leaves the description out: EC2 compares protocol, ports and source.
 */
export function ipPermissionOf(change: SecurityGroupChange): {
  IpProtocol: string;
  FromPort?: number;
  ToPort?: number;
  IpRanges?: { CidrIp: string; Description?: string }[];
  Ipv6Ranges?: { CidrIpv6: string; Description?: string }[];
  PrefixListIds?: { PrefixListId: string; Description?: string }[];
} {
  const { action, protocol, fromPort, toPort, cidr, prefixListId, description } = change;
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

/** The group as it is after the changes, as EC2 makes them: a rule that is there is not added, one that is not is not removed. */
export function applyChanges(group: SecurityGroup, changes: readonly SecurityGroupChange[]): SecurityGroup {
  const rules = new Map(group.ingress.map((rule) => [ruleKey(rule), rule]));
  for (const change of changes) {
    const rule = ruleOf(change, group);
    const key = ruleKey(rule);
    if (change.action === 'revoke') rules.delete(key);
    else if (!rules.has(key)) rules.set(key, rule);
  }
  return { ...group, ingress: [...rules.values()] };
}

function ruleOf(change: SecurityGroupChange, group: SecurityGroup): IngressRule {
  const { protocol, fromPort, toPort, description } = change;
  return {
    protocol,
    ...(fromPort === undefined ? {} : { fromPort }),
    ...(toPort === undefined ? {} : { toPort }),
    source: sourceOf(change, group),
    ...(description === undefined ? {} : { description }),
  };
}

/** A prefix list's entries are the group's to know, not the change's. */
function sourceOf({ cidr, prefixListId = '' }: SecurityGroupChange, group: SecurityGroup): RuleSource {
  if (cidr !== undefined) return { kind: 'cidr', cidr };
  const known = group.ingress.find(
    ({ source }) => source.kind === 'prefixList' && source.prefixListId === prefixListId,
  );
  return known?.source ?? { kind: 'prefixList', prefixListId };
}
