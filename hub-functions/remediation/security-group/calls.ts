import {
  AuthorizeSecurityGroupIngressCommand,
  type EC2Client,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { type Change, RefusedError } from '../../../controls/control';
import {
  ipPermissionOf,
  isSecurityGroupChange,
  type SecurityGroupChange,
} from '../../../controls/resources/security-group-changes';
import { sameTags } from '../../../controls/resources/security-group-rule-tags';

/** How many rules one call takes. AWS names no limit; its requests are limited in size. */
const rulesPerCall = 100;

/** Changes that one call makes: with the same action, and the same tags. */
export type ChangesOfCall = [SecurityGroupChange, ...SecurityGroupChange[]];

/**
 * The changes in their order, those side by side in one call that it can make together: tags are a call's, not a rule's.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
 * @throws RefusedError when one is no change of a rule
 */
export function callsOf(changes: readonly Change[]): ChangesOfCall[] {
  const calls: ChangesOfCall[] = [];
  for (const change of changes) {
    if (!isSecurityGroupChange(change)) {
      throw new RefusedError(`The change "${change.action}" is not one of a security group's rule.`);
    }
    const last = calls.at(-1);
    if (last && last.length < rulesPerCall && fitTogether(last[0], change)) last.push(change);
    else calls.push([change]);
  }
  return calls;
}

function fitTogether(a: SecurityGroupChange, b: SecurityGroupChange): boolean {
  return a.action === b.action && sameTags(a.tags, b.tags);
}

/**
 * Makes one call, one source an entry. It is made whole or not at all, except that in a default VPC a revocation passes
 * over what it does not find:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html
 * @returns the revocations that AWS passed over
 * @throws AWS's own error when it refuses
 */
export async function makeCall(
  client: EC2Client,
  groupId: string,
  changes: ChangesOfCall,
  abortSignal: AbortSignal,
): Promise<readonly SecurityGroupChange[]> {
  const rules = { GroupId: groupId, IpPermissions: changes.map(ipPermissionOf) };
  const [{ action, tags }] = changes;
  if (action === 'authorize') {
    const tagged = tags && {
      TagSpecifications: [{ ResourceType: 'security-group-rule' as const, Tags: tags }],
    };
    await client.send(new AuthorizeSecurityGroupIngressCommand({ ...rules, ...tagged }), { abortSignal });
    return [];
  }
  const answer = await client.send(new RevokeSecurityGroupIngressCommand(rules), { abortSignal });
  const unknown = answer.UnknownIpPermissions ?? [];
  return changes.filter((change) => unknown.some((permission) => holds(permission, ipPermissionOf(change))));
}

/** Whether a permission, which may list many sources, lists the only one of another. */
function holds(permission: IpPermission, single: IpPermission): boolean {
  const same = (name: 'IpProtocol' | 'FromPort' | 'ToPort') =>
    (permission[name] ?? -1) === (single[name] ?? -1);
  const sources = (of: IpPermission) => [
    ...(of.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
    ...(of.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
    ...(of.PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
  ];
  const wanted = sources(single);
  return (
    same('IpProtocol') &&
    same('FromPort') &&
    same('ToPort') &&
    sources(permission).some((s) => wanted.includes(s))
  );
}
