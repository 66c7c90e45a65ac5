import * as z from 'zod/mini';

/** Format of an AWS account id: twelve digits. */
export const accountIdPattern = /^\d{12}$/;
/** Format of a Region name, for example `eu-west-1` or `us-gov-west-1`. */
export const regionPattern = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** What identifies a finding, apart from its occurrence number. */
export interface FindingIdentity {
  /** Twelve digits. */
  accountId: string;
  region: string;
  /** Id of the control, for example `security-group-open-ports`. */
  control: string;
  /** AWS Config's name of the resource type, for example `AWS::EC2::SecurityGroup`. */
  resourceType: string;
  /** AWS Config's resource id: a security group's id, a bucket's name. */
  resourceId: string;
}

/** Version of the finding message that this code writes and reads. */
export const findingVersion = 1;

/**
 * What a rule function sends to the remediation queue. It is a hint, never an order: anybody in the organization can
 * write one, so the coordinator uses only the identity, and `violations` and `steps` are for a human who peeks at the
 * queue. Unknown keys are dropped, so that a newer member can talk to an older hub of the same version.
 */
export const findingMessageSchema = z.object({
  version: z.literal(findingVersion),
  type: z.literal('finding'),
  accountId: z.string().check(z.regex(accountIdPattern)),
  region: z.string().check(z.regex(regionPattern), z.maxLength(32)),
  control: z.string().check(z.minLength(1), z.maxLength(128)),
  resourceType: z.string().check(z.minLength(1), z.maxLength(128)),
  resourceId: z.string().check(z.minLength(1), z.maxLength(256)),
  /** When AWS Config captured the configuration that was found dangerous; ISO 8601. */
  capturedAt: z.string().check(z.maxLength(40)),
  /** What was wrong in the configuration item. Not acted upon. */
  violations: z.array(z.unknown()),
  /** The changes that would have fixed the configuration item. Not acted upon. */
  steps: z.array(z.unknown()),
});

/** A finding message, parsed. */
export type FindingMessage = z.infer<typeof findingMessageSchema>;

/** The ledger's partition key for a finding: account, Region, control and resource, joined by `#`. */
export function findingKey(finding: FindingIdentity): string {
  return [finding.accountId, finding.region, finding.control, finding.resourceId].join('#');
}

/** How people name one occurrence of a finding on the command line: the finding's key, `#` and the occurrence. */
export function findingId(finding: FindingIdentity, occurrence: number): string {
  return `${findingKey(finding)}#${occurrence}`;
}
