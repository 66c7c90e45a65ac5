/**
 * The resource types that Staunch can fix. One remediation function exists for each; its name, its bundle and its
 * permissions follow from this table.
 */
export const resourceTypes = {
  'AWS::EC2::SecurityGroup': {
    /** Names the remediation function and its source folder under `hub-functions/remediation/`. */
    slug: 'security-group',
    /** Where the resource lies, for session policies and reports. */
    arn: (accountId: string, region: string, resourceId: string): string =>
      `arn:aws:ec2:${region}:${accountId}:security-group/${resourceId}`,
  },
  'AWS::S3::Bucket': {
    slug: 'bucket',
    arn: (_accountId: string, _region: string, resourceId: string): string => `arn:aws:s3:::${resourceId}`,
  },
} as const;

/** The CloudFormation and AWS Config name of a resource type that Staunch can fix. */
export type FixableResourceType = keyof typeof resourceTypes;

/** Whether `value` names a resource type that Staunch can fix. */
export function isFixableResourceType(value: string): value is FixableResourceType {
  return Object.hasOwn(resourceTypes, value);
}
