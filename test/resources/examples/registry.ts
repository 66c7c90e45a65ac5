import type { FixableResourceType } from '../../../resources/resource-types';
import { amiExamples } from './ami';
import { bucketExamples } from './bucket';
import { ebsSnapshotExamples } from './ebs-snapshot';
import type { TypeExamples } from './examples';
import { keyExamples } from './key';
import { queueExamples } from './queue';
import { rdsClusterExamples } from './rds-cluster-snapshot';
import { rdsExamples } from './rds-snapshot';
import { repositoryExamples } from './repository';
import { secretExamples } from './secret';
import { securityGroupExamples } from './security-group';
import { ssmDocumentExamples } from './ssm-document';
import { topicExamples } from './topic';

/** Examples of every resource type. */
export const examples: Readonly<Record<FixableResourceType, TypeExamples>> = {
  'AWS::EC2::SecurityGroup': securityGroupExamples,
  'AWS::S3::Bucket': bucketExamples,
  'AWS::SQS::Queue': queueExamples,
  'AWS::EC2::Snapshot': ebsSnapshotExamples,
  'AWS::EC2::Image': amiExamples,
  'AWS::RDS::DBSnapshot': rdsExamples,
  'AWS::RDS::DBClusterSnapshot': rdsClusterExamples,
  'AWS::SSM::Document': ssmDocumentExamples,
  'AWS::SNS::Topic': topicExamples,
  'AWS::ECR::Repository': repositoryExamples,
  'AWS::SecretsManager::Secret': secretExamples,
  'AWS::KMS::Key': keyExamples,
};
