import type { JsonObject } from '../../../core/json';
import type { Change } from '../../../core/plan';
import { isSecurityGroupChange, ruleOf } from '../../../resources/security-group/changes';
import { type IngressRule, ruleKey } from '../../../resources/security-group/ingress-rule';
import type { SecurityGroup } from '../../../resources/security-group/model';
import { readSecurityGroupRule } from '../../../resources/security-group/rule';

/** A saved state of a group: its rules as DescribeSecurityGroupRules answers them. */
export type SavedGroup = { groupId: string; ingressRules: JsonObject[]; prefixLists: JsonObject };

let rules = 0;

/** A rule as DescribeSecurityGroupRules answers it; ports are -1 where the protocol has none. */
export function described(rule: IngressRule): JsonObject {
  const { protocol, fromPort = -1, toPort = -1, source, description, tags = [] } = rule;
  return {
    SecurityGroupRuleId: `sgr-${++rules}`,
    GroupId: 'sg-1',
    GroupOwnerId: '111122223333',
    IsEgress: false,
    IpProtocol: protocol,
    FromPort: fromPort,
    ToPort: toPort,
    ...(source.kind === 'cidr' &&
      (source.cidr.includes(':') ? { CidrIpv6: source.cidr } : { CidrIpv4: source.cidr })),
    ...(source.kind === 'prefixList' && { PrefixListId: source.prefixListId }),
    ...(source.kind === 'group' && {
      ReferencedGroupInfo: { GroupId: source.groupId, ...(source.userId && { UserId: source.userId }) },
    }),
    ...(description !== undefined && { Description: description }),
    Tags: tags.map((tag) => ({ ...tag })),
  };
}

/** The saved state of rules. */
export function saved(...ingress: IngressRule[]): SavedGroup {
  return { groupId: 'sg-1', ingressRules: ingress.map(described), prefixLists: {} };
}

/** The saved state of a group. */
export function savedOf(group: SecurityGroup): SavedGroup {
  return saved(...group.ingress);
}

/** A rule that lets a CIDR block reach a TCP port or range. */
export function tcp(
  ports: number | [number, number],
  cidr: string,
  words: Pick<IngressRule, 'description' | 'tags'> = {},
): IngressRule {
  const [fromPort, toPort] = typeof ports === 'number' ? [ports, ports] : ports;
  return { protocol: 'tcp', fromPort, toPort, source: { kind: 'cidr', cidr }, ...words };
}

/** The state after changes as EC2 makes them: a rule that comes has an id of its own. */
export function changed(state: SavedGroup, changes: readonly Change[]): SavedGroup {
  const byKey = new Map(state.ingressRules.map((rule) => [keyOf(rule), rule]));
  for (const change of changes) {
    if (!isSecurityGroupChange(change)) throw new Error(`${change.action} is no change of a rule.`);
    const rule = ruleOf(change);
    if (change.action === 'revoke') byKey.delete(ruleKey(rule));
    else if (!byKey.has(ruleKey(rule))) byKey.set(ruleKey(rule), described(rule));
  }
  return { ...state, ingressRules: [...byKey.values()] };
}

/** What matters of a state: its rules with description and tags, in any order, whatever their ids. */
export function meaningOf(state: SavedGroup): string[] {
  return state.ingressRules
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(({ SecurityGroupRuleId: _id, ...rule }) => JSON.stringify(rule));
}

const keys = new WeakMap<JsonObject, string>();

function keyOf(rule: JsonObject): string {
  const known = keys.get(rule);
  if (known !== undefined) return known;
  const key = ruleKey(readSecurityGroupRule(rule, 'rule'));
  keys.set(rule, key);
  return key;
}
