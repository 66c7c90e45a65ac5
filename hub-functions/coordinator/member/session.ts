import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { ControlFacts } from '../../../controls/control';
import type { FindingIdentity } from '../../../core/finding';
import { roleArn, roleNames } from '../../../core/names';
import type { RemediationMode, SessionCredentials } from '../../../core/remediation';
import type { MemberRole } from '../../../ledger/waits-for';
import { sessionPolicy } from './session-policy';

/** The shortest session that AWS gives: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const sessionSeconds = 900;

/** Thrown when a member role cannot be assumed. */
export class SessionRefusedError extends Error {
  override readonly name = 'SessionRefusedError';
  /** @param errorCode AWS's error code */
  constructor(
    message: string,
    readonly errorCode: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * AWS's code for a role that is not there, or does not trust the caller, or that a policy of the organization forbids to assume:
 * it is the same for every finding of the account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html
 */
const deniedCode = 'AccessDenied';

/** Whether a refusal is one of the whole account, and no matter of one call. */
export function isOfAccount({ errorCode }: SessionRefusedError): boolean {
  return errorCode === deniedCode || errorCode === `${deniedCode}Exception`;
}

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

/**
 * Assumes one of Staunch's roles in an account, for 15 minutes.
 * @param session what shows in the member's CloudTrail, 64 characters at most, and the session policy
 * @throws SessionRefusedError when AWS refuses
 */
export async function assume(
  sts: STSClient,
  accountId: string,
  role: MemberRole | 'patrol',
  session: { name: string; policy: string },
): Promise<SessionCredentials> {
  const roleName = roleNames[role];
  const command = new AssumeRoleCommand({
    RoleArn: roleArn(accountId, roleName),
    // Shows in the member's CloudTrail whose call it was.
    RoleSessionName: session.name,
    DurationSeconds: sessionSeconds,
    Policy: session.policy,
  });
  try {
    const { Credentials: credentials } = await sts.send(command);
    const {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
    } = credentials ?? {};
    if (accessKeyId && secretAccessKey && sessionToken) return { accessKeyId, secretAccessKey, sessionToken };
  } catch (error) {
    const { name, message } = error as Error;
    throw new SessionRefusedError(
      `The role ${roleName} of account ${accountId} cannot be assumed: ${message}`,
      name,
      { cause: error },
    );
  }
  throw new SessionRefusedError(`AWS gave no credentials for ${roleName} of ${accountId}.`, 'NoCredentials');
}
