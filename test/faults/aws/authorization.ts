import { roleNames } from '../../../core/names';
import type { VirtualClock } from '../virtual-clock';
import type { Caller } from './commands';
import { type ServiceName, serviceError } from './service-error';
import { allows } from './session-policy';
import type { Session } from './sessions';

/** What a call wants to do in a member account. */
export interface Wish {
  service: ServiceName;
  /** As policies name it, for example `s3:PutBucketAcl`. */
  action: string;
  /** ARNs, or `*`; the session has to be allowed the action on each. */
  resources: readonly string[];
  /** The account whose resource it is. */
  accountId: string;
  /** Condition keys of the call. */
  context?: Readonly<Record<string, string>>;
}

/** The roles of a member account that may write. */
const writingRoles: readonly string[] = [roleNames.remediation, 'admin'];

/** The service's word for a call that is not allowed. */
const deniedCode: Partial<Record<ServiceName, string>> = {
  EC2: 'UnauthorizedOperation',
  SNS: 'AuthorizationErrorException',
  ECR: 'AccessDeniedException',
  'Secrets Manager': 'AccessDeniedException',
  KMS: 'AccessDeniedException',
  SSM: 'AccessDeniedException',
  CloudTrail: 'AccessDeniedException',
};

/**
 * Decides whether a session may do what it wants in a member account, and remembers each call that went beyond: nothing of
 * Staunch's should ever try.
 */
export class Authorization {
  /** What was tried and is nobody's right, one sentence each. */
  readonly violations: string[] = [];
  /**
   * Whether an organization's guardrail denies an action in an account; that is no violation.
   * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
   */
  isDenied: (accountId: string, action: string) => boolean = () => false;

  constructor(private readonly clock: VirtualClock) {}

  /**
   * @returns the session
   * @throws the service's own refusal
   */
  check({ session, region }: Caller, wish: Wish): Session {
    const { service, action, accountId } = wish;
    if (!session) {
      this.violations.push(`${action} without credentials of a session`);
      throw serviceError(
        service,
        service === 'EC2' ? 'AuthFailure' : 'InvalidAccessKeyId',
        'Unknown credentials.',
        403,
      );
    }
    if (session.expiresAt <= this.clock.milliseconds) {
      throw serviceError(
        service,
        service === 'EC2' ? 'RequestExpired' : 'ExpiredToken',
        'The session has expired.',
      );
    }
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
    const context = { 'aws:RequestedRegion': region, ...wish.context };
    const wrong = wrongWith(session, { ...wish, context });
    if (wrong !== undefined) {
      this.violations.push(`${session.roleName} of ${session.accountId}: ${action}: ${wrong}`);
      throw denied(service, `${session.roleName} is not authorized to perform ${action}: ${wrong}`);
    }
    if (!this.isDenied(accountId, action)) return session;
    throw denied(service, `${action} is denied with an explicit deny in a service control policy`);
  }
}

function denied(service: ServiceName, message: string): Error {
  return serviceError(service, deniedCode[service] ?? 'AccessDenied', message, 403);
}

function wrongWith(
  { accountId, roleName, grants }: Session,
  { action, resources, accountId: owner, context = {} }: Wish,
): string | undefined {
  if (accountId !== owner) return `it belongs to ${owner}`;
  if (!isRead(action) && !writingRoles.includes(roleName)) return 'the role may not write';
  const beyond = resources.find(
    (resource) => grants && !grants.some((grant) => allows(grant, action, resource, context)),
  );
  return beyond && `the session policy does not allow it on ${beyond}`;
}

/** Whether an action only reads. */
export function isRead(action: string): boolean {
  return /:(Get|List|Describe|Lookup)/.test(action);
}
