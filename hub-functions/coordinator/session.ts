import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { FindingIdentity } from '../../contract/finding';
import { roleArn, roleNames } from '../../contract/names';
import type { RemediationMode, SessionCredentials } from '../../contract/remediation';
import type { ControlFacts } from '../../controls/control';
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
  const roleName = mode === 'plan' ? roleNames.read : roleNames.remediation;
  const command = new AssumeRoleCommand({
    RoleArn: roleArn(identity.accountId, roleName),
    // Shows in the member's CloudTrail whose call it was; 64 characters at most.
    RoleSessionName: `staunch-${control.id}`.slice(0, 64),
    DurationSeconds: sessionSeconds,
    // An undo writes what a fix writes.
    Policy: sessionPolicy(control, identity, mode === 'plan' ? 'plan' : 'apply'),
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
      `The role ${roleName} of account ${identity.accountId} cannot be assumed: ${message}`,
      name,
      { cause: error },
    );
  }
  throw new SessionRefusedError(
    `AWS gave no credentials for ${roleName} of ${identity.accountId}.`,
    'NoCredentials',
  );
}
