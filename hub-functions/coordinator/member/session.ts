import type { STSClient } from '@aws-sdk/client-sts';
import type { ControlFacts } from '../../../controls/control';
import type { FindingIdentity } from '../../../core/finding';
import type { RemediationMode, SessionCredentials } from '../../../core/remediation';
import type { MemberRole } from '../../../ledger/limits/waits-for';
import { assume } from '../../member-session/assume';
import { sessionPolicy } from './session-policy';

/**
 * Allows nothing but what needs no permission anyway:
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
const powerlessPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' }],
});

/**
 * Tries whether one of Staunch's roles in an account can be assumed; the session may do nothing, and is thrown away.
 * @throws SessionRefusedError when AWS refuses
 */
export async function tryMemberRole(sts: STSClient, accountId: string, role: MemberRole): Promise<void> {
  await assume(sts, accountId, role, { name: 'staunch-probe', policy: powerlessPolicy });
}

/**
 * Assumes Staunch's read role (`plan`) or remediation role (`apply`, `undo`) in a finding's account, for that one finding.
 * @param sts a client of the hub's Region: the regional endpoint, so that an outage elsewhere does not matter,
 *   https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html
 * @throws SessionRefusedError when AWS refuses
 * @throws SessionPolicyError when no session policy can be made
 */
export async function assumeMemberRole(
  sts: STSClient,
  control: ControlFacts,
  identity: FindingIdentity,
  mode: RemediationMode,
): Promise<SessionCredentials> {
  return assume(sts, identity.accountId, roleFor(mode), {
    // 64 characters at most.
    name: `staunch-${control.id}`.slice(0, 64),
    // An undo writes what a fix writes.
    policy: sessionPolicy(control, identity, mode === 'plan' ? 'plan' : 'apply'),
  });
}

/** The role by which something is asked of a remediation function. */
export function roleFor(mode: RemediationMode): MemberRole {
  return mode === 'plan' ? 'read' : 'remediation';
}
