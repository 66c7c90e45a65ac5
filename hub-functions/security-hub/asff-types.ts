/**
 * What ASFF calls the types that have a name of their own there:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resources-attributes.html
 */
const names: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroup': 'AwsEc2SecurityGroup',
  'AWS::S3::Bucket': 'AwsS3Bucket',
  'AWS::SQS::Queue': 'AwsSqsQueue',
  'AWS::RDS::DBSnapshot': 'AwsRdsDbSnapshot',
  'AWS::RDS::DBClusterSnapshot': 'AwsRdsDbClusterSnapshot',
  'AWS::SNS::Topic': 'AwsSnsTopic',
  'AWS::ECR::Repository': 'AwsEcrRepository',
  'AWS::SecretsManager::Secret': 'AwsSecretsManagerSecret',
  'AWS::KMS::Key': 'AwsKmsKey',
};

/** What ASFF calls a resource type; `Other` where it has no name for it. */
export function asffType(resourceType: string): string {
  return Object.hasOwn(names, resourceType) ? (names[resourceType] ?? 'Other') : 'Other';
}
