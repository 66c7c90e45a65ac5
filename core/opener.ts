import * as z from 'zod/mini';
import { cut } from './cut';
import { present } from './present';
import type { TrailCall } from './trail-call';

/** The kinds of identities that make calls. */
type Kind = 'role' | 'user' | 'root' | 'service' | 'federated' | 'identity-center' | 'unknown';

/** The tools that calls are made with, as far as they can be told apart. */
type Tool =
  | 'console'
  | 'command line'
  | 'CloudFormation'
  | 'CDK'
  | 'Terraform'
  | 'SDK'
  | 'AWS service'
  | 'unknown';

/** How many characters of each text are kept: enough for any ARN of IAM, and for a session's name. */
const longest = { principal: 256, session: 64, sourceAddress: 64 } as const;

/**
 * Who made a call that opened a resource, as CloudTrail says it. The session is named by whoever assumed the role, and the tool
 * follows from what the caller's program says of itself: both are strangers' texts, and prove nothing.
 */
export const openerSchema = z.object({
  /** ARN of the role, the user or root; the name of an AWS service; `unknown` where the event has neither. */
  principal: z.string(),
  /** What made the call: `role`, `user`, `root` and so on. Another version may know others. */
  kind: z.string(),
  /** The session's name: of Identity Center the user's. */
  session: z.exactOptional(z.string()),
  /** The address that called, or the name of the AWS service that did. */
  sourceAddress: z.exactOptional(z.string()),
  /** When the call was made; ISO 8601 in UTC with milliseconds. */
  at: z.iso.datetime(),
  /** What the call was made with: `console`, `Terraform` and so on. Another version may know others. */
  tool: z.string(),
});

/** Who made a call that opened a resource. */
export type Opener = z.infer<typeof openerSchema>;

/** Roles that IAM Identity Center makes, one a permission set. */
const identityCenterRole = /\/AWSReservedSSO_[^/]*$/;
/** The role with which CloudFormation deploys the stacks of the CDK, made by its bootstrapping: `cdk-hnb659fds-cfn-exec-role-…`. */
const cdkRole = /\/cdk-[^/]*-cfn-exec-role-[^/]*$/;

/**
 * Who made a call.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 * @param otherwise when the call was made, where the event does not say it: when the event was sent
 */
export function openerOf(call: TrailCall, otherwise: Date): Opener {
  const { userIdentity = {}, sourceIPAddress, eventTime } = call;
  const at = Date.parse(eventTime ?? '');
  return {
    principal: cut(principalOf(userIdentity) || 'unknown', longest.principal),
    kind: kindOf(userIdentity),
    ...present({
      session: shortened(sessionOf(userIdentity), longest.session),
      sourceAddress: shortened(sourceIPAddress, longest.sourceAddress),
    }),
    at: isTold(at) ? new Date(at).toISOString() : otherwise.toISOString(),
    tool: toolOf(call),
  };
}

type Identity = NonNullable<TrailCall['userIdentity']>;

/** Years beyond 9999 have a form that few readers of ISO 8601 know. */
function isTold(milliseconds: number): boolean {
  return milliseconds >= 0 && milliseconds < Date.UTC(10_000, 0);
}

function shortened(text: string | undefined, length: number): string | undefined {
  return text ? cut(text, length) : undefined;
}

function principalOf({
  arn,
  sessionContext,
  invokedBy,
  userName,
  principalId,
}: Identity): string | undefined {
  return sessionContext?.sessionIssuer?.arn || arn || invokedBy || userName || principalId;
}

function kindOf({ type, sessionContext, invokedBy, arn }: Identity): Kind {
  const issuer = sessionContext?.sessionIssuer;
  switch (type) {
    case 'Root':
      return 'root';
    case 'IAMUser':
      return 'user';
    case 'AssumedRole':
    case 'Role':
      return identityCenterRole.test(issuer?.arn ?? '') ? 'identity-center' : 'role';
    case 'FederatedUser':
    case 'SAMLUser':
    case 'WebIdentityUser':
      return 'federated';
    case 'IdentityCenterUser':
      return 'identity-center';
    case 'AWSService':
      return 'service';
    default:
      return invokedBy !== undefined && arn === undefined ? 'service' : 'unknown';
  }
}

/** The last part of the ARN of an assumed role, or of a federated user's. */
function sessionOf({ arn, userName, type }: Identity): string | undefined {
  const [, session] = /:(?:assumed-role\/[^/]+|federated-user)\/(.+)$/s.exec(arn ?? '') ?? [];
  return session ?? (type === 'SAMLUser' || type === 'WebIdentityUser' ? userName : undefined);
}

/**
 * The tool, by what says most: a service that calls on somebody's behalf names itself, a session of the console is marked, and
 * programs name themselves.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
function toolOf({ userIdentity, userAgent = '', sessionCredentialFromConsole }: TrailCall): Tool {
  const invokedBy = userIdentity?.invokedBy ?? '';
  if (invokedBy === 'cloudformation.amazonaws.com' || userAgent === 'cloudformation.amazonaws.com') {
    return cdkRole.test(userIdentity?.sessionContext?.sessionIssuer?.arn ?? '') ? 'CDK' : 'CloudFormation';
  }
  if (/\bterraform\b|\bopentofu\b/i.test(userAgent)) return 'Terraform';
  if (/\b(aws-)?cdk\b/i.test(userAgent)) return 'CDK';
  if (/\baws-cli\//i.test(userAgent)) return 'command line';
  const isConsole =
    /^(console|signin)\.amazonaws\.com$|^\[?S3Console\/|^AWS-?Console|^Mozilla\//i.test(userAgent) ||
    sessionCredentialFromConsole === 'true';
  if (isConsole) return 'console';
  if (/\b(aws-sdk-|boto3\/|botocore\/|aws-sdk\b)/i.test(userAgent)) return 'SDK';
  const byService = userIdentity?.type === 'AWSService' || /\.amazonaws\.com$/.test(userAgent || invokedBy);
  return byService ? 'AWS service' : 'unknown';
}
