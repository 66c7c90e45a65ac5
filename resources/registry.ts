import { ami } from './ami';
import { bucket } from './bucket';
import { ebsSnapshot } from './ebs-snapshot';
import { key } from './key';
import type { ResourceType } from './kit/resource-type';
import { queue } from './queue';
import { rdsClusterSnapshot } from './rds-cluster-snapshot';
import { rdsSnapshot } from './rds-snapshot';
import { repository } from './repository';
import { type FixableResourceType, isFixableResourceType } from './resource-types';
import { secret } from './secret';
import { securityGroup } from './security-group';
import { ssmDocument } from './ssm-document';
import { topic } from './topic';

/** All that is known of each resource type, and pure: what people's tools read, show and compare. */
export const resources: Readonly<Record<FixableResourceType, ResourceType>> = {
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::S3::Bucket': bucket,
  'AWS::SQS::Queue': queue,
  'AWS::EC2::Snapshot': ebsSnapshot,
  'AWS::EC2::Image': ami,
  'AWS::RDS::DBSnapshot': rdsSnapshot,
  'AWS::RDS::DBClusterSnapshot': rdsClusterSnapshot,
  'AWS::SSM::Document': ssmDocument,
  'AWS::SNS::Topic': topic,
  'AWS::ECR::Repository': repository,
  'AWS::SecretsManager::Secret': secret,
  'AWS::KMS::Key': key,
};

/** What is known of the type with this name; undefined when Staunch does not know it. */
export function resourceType(type: string): ResourceType | undefined {
  return isFixableResourceType(type) ? resources[type] : undefined;
}
