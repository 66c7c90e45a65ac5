import {
  AuthorizeSecurityGroupIngressCommand,
  type EC2Client,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { type Change, type Plan, RefusedError } from '../../../controls/control';
import { ipPermissionOf, isSecurityGroupChange } from '../../../controls/resources/security-group-changes';
import { errorCodeOf } from '../aws-error';
import { ChangedMeanwhileError, LossyOnlyError, type OnApplied } from '../live-resource';

/** How many rules one call takes. AWS names no limit; its requests are limited in size. */
const rulesPerCall = 100;

/**
 * Makes a plan's changes, in its order; neighbours with the same action share a call, one source an entry. A call is
 * made whole or not at all, except that in a default VPC a revocation passes over what it does not find:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html
 *
 * A rule that keeps a part of another takes over its description, not its tags: tagging takes a permission that AWS
 * cannot limit to one group. The tags are in the saved state.
 * @throws ChangedMeanwhileError when a rule is not there any more, or there already
 * @throws LossyOnlyError when the group's rule quota does not allow to keep the harmless part of a rule
 * @throws RefusedError when the plan holds something that is no change of a rule
 */
export async function applyToGroup(
  client: EC2Client,
  groupId: string,
  plan: Plan,
  onApplied: OnApplied,
  abortSignal: AbortSignal,
): Promise<void> {
  for (const changes of callsOf(plan.changes)) {
    try {
      const missing = await make(client, groupId, changes, abortSignal);
      onApplied(changes.filter((change) => !missing.includes(change)));
      if (missing.length > 0) throw new ChangedMeanwhileError(notThere);
    } catch (error) {
      throw explained(error, plan);
    }
  }
}

const notThere = 'a rule that was to be revoked is not there any more.';

/** @returns the revocations that AWS passed over, because a default VPC's group does not have the rule */
async function make(
  client: EC2Client,
  groupId: string,
  changes: readonly Change[],
  abortSignal: AbortSignal,
): Promise<readonly Change[]> {
  const rules = { GroupId: groupId, IpPermissions: changes.map(permissionOf) };
  if (changes[0]?.action === 'authorize') {
    await client.send(new AuthorizeSecurityGroupIngressCommand(rules), { abortSignal });
    return [];
  }
  const answer = await client.send(new RevokeSecurityGroupIngressCommand(rules), { abortSignal });
  const unknown = answer.UnknownIpPermissions ?? [];
  return changes.filter((change) => unknown.some((permission) => holds(permission, permissionOf(change))));
}

function permissionOf(change: Change): IpPermission {
  if (isSecurityGroupChange(change)) return ipPermissionOf(change);
  throw new RefusedError(`The plan's change "${change.action}" is not one of a security group's rule.`);
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

/** The changes in their order, those with the same action side by side in one call. */
function callsOf(changes: readonly Change[]): Change[][] {
  const calls: Change[][] = [];
  for (const change of changes) {
    const last = calls.at(-1);
    if (last?.[0]?.action === change.action && last.length < rulesPerCall) last.push(change);
    else calls.push([change]);
  }
  return calls;
}

/**
 * What AWS's refusal means for the plan. Codes:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
function explained(error: unknown, plan: Plan): unknown {
  const options = { cause: error };
  switch (errorCodeOf(error)) {
    case 'InvalidPermission.NotFound':
      return new ChangedMeanwhileError(notThere, options);
    case 'InvalidPermission.Duplicate':
      return new ChangedMeanwhileError('a rule that was to be added is there already.', options);
    case 'InvalidGroup.NotFound':
      return new ChangedMeanwhileError('the group is gone.', options);
    case 'RulesPerSecurityGroupLimitExceeded':
      return withoutAdding(plan, options);
    default:
      return error;
  }
}

/** The plan that revokes alone, for a group that has no room for another rule. */
function withoutAdding(plan: Plan, options: ErrorOptions): Error {
  const added = plan.changes.filter(({ action }) => action === 'authorize');
  const changes = plan.changes.filter(({ action }) => action !== 'authorize');
  const reason = 'The quota of rules in the group leaves no room to keep the harmless part of a rule.';
  if (changes.length === 0) return new RefusedError(reason, options);
  const losses = [
    ...plan.losses,
    ...added.map(({ text }) => `For lack of room in the group this cannot be done: ${text}`),
  ];
  return new LossyOnlyError(reason, { changes, lossy: true, losses }, options);
}
