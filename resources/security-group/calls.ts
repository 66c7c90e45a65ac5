import {
  AuthorizeSecurityGroupIngressCommand,
  type EC2Client,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { RefusedError } from '../../core/errors';
import type { Change } from '../../core/plan';
import { asWrite, wasRepeated } from '../kit/aws-error';
import type { ResourceAccess } from '../kit/live-resource';
import { ipPermissionOf, isSecurityGroupChange, type SecurityGroupChange } from './changes';
import { sameTags } from './rule-tags';

/** One security group, and the client of the session that may reach it. */
export interface GroupAccess extends Pick<ResourceAccess, 'mayWrite' | 'signal'> {
  client: EC2Client;
  groupId: string;
}

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

/** What one call came to. */
export interface CallAnswer {
  made: readonly SecurityGroupChange[];
  /** Revocations that AWS passed over. */
  missing: readonly SecurityGroupChange[];
  /** Whether the call was sent more than once, so that an answer may have been lost: what is missing may be its own doing. */
  isRepeated: boolean;
}

/**
 * Makes one call, one source an entry. It is made whole or not at all, except that in a default VPC a revocation passes
 * over what it does not find:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html
 * @throws StoppedError; AWS's own error when it refuses
 */
export async function makeCall(
  { client, groupId, signal: abortSignal, mayWrite }: GroupAccess,
  changes: ChangesOfCall,
): Promise<CallAnswer> {
  const rules = { GroupId: groupId, IpPermissions: changes.map(ipPermissionOf) };
  const [{ action, tags }] = changes;
  await mayWrite();
  if (action === 'authorize') {
    const tagged = tags && {
      TagSpecifications: [{ ResourceType: 'security-group-rule' as const, Tags: tags }],
    };
    const authorize = new AuthorizeSecurityGroupIngressCommand({ ...rules, ...tagged });
    const answer = await asWrite(client.send(authorize, { abortSignal }));
    return { made: changes, missing: [], isRepeated: wasRepeated(answer) };
  }
  const revoke = new RevokeSecurityGroupIngressCommand(rules);
  const answer = await asWrite(client.send(revoke, { abortSignal }));
  const unknown = answer.UnknownIpPermissions ?? [];
  const isMissing = (change: SecurityGroupChange) =>
    unknown.some((permission) => holds(permission, ipPermissionOf(change)));
  return {
    made: changes.filter((change) => !isMissing(change)),
    missing: changes.filter(isMissing),
    isRepeated: wasRepeated(answer),
  };
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
