import { randomUUID } from 'node:crypto';
import { UnsupportedError } from '../../failures';
import type { ApiAnswer, ApiCall, Principal } from '../../gateway/api';
import { parsePolicyOnce } from '../../gateway/authorization/policy-cache';
import { PolicyDocumentError } from '../../gateway/authorization/policy-document-error';
import { roleSession, roleUserId } from '../../gateway/identity/role-session';
import { ApiError } from '../../gateway/protocols/errors';
import { escapeXml } from '../../gateway/protocols/xml';
import { type Role, Roles } from '../iam/roles';
import type { AnswerParts, Quirks } from '../service';

/** Longest session that a session may take, in seconds. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
const longestChainedSession = 3600;
const shortestSession = 900;
/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const longestSessionPolicy = 2048;

/** moto gives a session to whoever asks: STS is the sandbox's own. */
export const quirks: Quirks = { answer };

/**
 * Answers STS: AssumeRole after all its checks, and GetCallerIdentity, which needs no permission.
 *
 * @throws ApiError as AWS would answer; UnsupportedError for any other operation.
 */
async function answer(call: ApiCall, parts: AnswerParts): Promise<ApiAnswer> {
  switch (call.operation) {
    case 'AssumeRole':
      return assumeRole(call, parts);
    case 'GetCallerIdentity':
      return xmlAnswer(
        'GetCallerIdentity',
        `<Arn>${escapeXml(call.principal.arn)}</Arn><UserId>${escapeXml(parts.userId)}</UserId><Account>${call.principal.accountId}</Account>`,
      );
    default:
      throw new UnsupportedError(`The sandbox does not answer sts:${call.operation}.`);
  }
}

async function assumeRole(call: ApiCall, parts: AnswerParts): Promise<ApiAnswer> {
  const { learned, sessions, events } = parts;
  const { principal, region } = call;
  const {
    RoleArn: roleArn = '',
    RoleSessionName: sessionName = '',
    ExternalId,
    Policy,
  } = call.parameters as Record<string, string | undefined>;
  if (call.parameters.PolicyArns || call.parameters.Tags) {
    throw new UnsupportedError('The sandbox does not support PolicyArns or Tags in sts:AssumeRole.');
  }
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName))
    throw invalid('roleSessionName', sessionName, 'must be 2 to 64 characters of [\\w+=,.@-]');
  if (Policy !== undefined) checkSessionPolicy(Policy);

  const role = learned.of(Roles).withArn(roleArn);
  const decision = parts.decide({
    principal,
    action: 'sts:AssumeRole',
    resource: roleArn,
    resourceAccountId: role?.accountId ?? call.accountId,
    context: {
      'sts:rolesessionname': sessionName,
      'aws:requestedregion': region,
      ...(ExternalId !== undefined && { 'sts:externalid': ExternalId }),
    },
  });
  // AWS does not tell a stranger whether the role exists.
  if (!role || !decision.allowed) {
    const reason = role ? decision.reason : `the role ${roleArn} does not exist`;
    events.emit({ kind: 'denied', by: principal.arn, action: 'sts:AssumeRole', resource: roleArn, reason });
    throw new ApiError(
      'AccessDenied',
      `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
      403,
    );
  }
  const seconds = durationOf(call.parameters.DurationSeconds, principal, role);
  const session = roleSession(role, sessionName, Policy);
  const userId = roleUserId(role, sessionName);
  const issued = sessions.issue(session, userId, seconds, call.stranger);
  events.emit({ kind: 'assumed', accountId: role.accountId, region, roleArn, by: principal.arn });
  return xmlAnswer(
    'AssumeRole',
    `<Credentials><AccessKeyId>${issued.accessKeyId}</AccessKeyId><SecretAccessKey>${issued.secretAccessKey}</SecretAccessKey>` +
      `<SessionToken>${issued.sessionToken}</SessionToken><Expiration>${issued.expiration.toISOString()}</Expiration></Credentials>` +
      `<AssumedRoleUser><Arn>${escapeXml(session.arn)}</Arn><AssumedRoleId>${escapeXml(userId)}</AssumedRoleId></AssumedRoleUser>` +
      (Policy === undefined
        ? ''
        : `<PackedPolicySize>${Math.ceil((Policy.length / longestSessionPolicy) * 100)}</PackedPolicySize>`),
  );
}

function checkSessionPolicy(policy: string): void {
  if (policy.length > longestSessionPolicy) {
    throw invalid('policy', policy, `must have length less than or equal to ${longestSessionPolicy}`);
  }
  try {
    parsePolicyOnce(policy, 'session');
  } catch (error) {
    if (!(error instanceof PolicyDocumentError)) throw error;
    throw new ApiError('MalformedPolicyDocument', `The policy is not valid. ${error.message}`);
  }
}

function durationOf(wanted: unknown, caller: Principal, role: Role): number {
  const seconds = wanted === undefined ? 3600 : Number(wanted);
  if (!(seconds >= shortestSession)) {
    throw invalid('durationSeconds', wanted, `must have value greater than or equal to ${shortestSession}`);
  }
  if (caller.kind === 'role' && seconds > longestChainedSession) {
    throw new ApiError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  if (seconds > role.maxSessionSeconds) {
    throw new ApiError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  return seconds;
}

function invalid(name: string, value: unknown, constraint: string): ApiError {
  return new ApiError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member ${constraint}`,
  );
}

function xmlAnswer(operation: string, result: string): ApiAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${result}</${operation}Result>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${operation}Response>`,
  };
}
