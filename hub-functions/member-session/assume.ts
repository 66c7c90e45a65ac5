import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { roleArn, roleNames } from '../../core/names';
import { partitionOf } from '../../core/partition';
import type { SessionCredentials } from '../../core/remediation';
import type { MemberRole } from '../../ledger/limits/waits-for';

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
    RoleArn: roleArn(accountId, roleName, partitionOf(await sts.config.region())),
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
