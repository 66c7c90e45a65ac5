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

/** The ledger's partition key for a finding: account, Region, control and resource, joined by `#`. */
export function findingKey(finding: FindingIdentity): string {
  return [finding.accountId, finding.region, finding.control, finding.resourceId].join('#');
}

/** How people name one occurrence of a finding on the command line: the finding's key, `#` and the occurrence. */
export function findingId(finding: FindingIdentity, occurrence: number): string {
  return `${findingKey(finding)}#${occurrence}`;
}
