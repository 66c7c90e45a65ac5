import type { FixableResourceType } from '../../../resources/resource-types';
import { amis } from './ami';
import { buckets } from './bucket';
import { ebsSnapshots } from './ebs-snapshot';
import type { Holding } from './holding';
import { keys } from './key';
import { queues } from './queue';
import { rdsClusterSnapshots } from './rds-cluster-snapshot';
import { rdsSnapshots } from './rds-snapshot';
import { repositories } from './repository';
import { secrets } from './secret';
import { securityGroups } from './security-group';
import { ssmDocuments } from './ssm-document';
import { topics } from './topic';

/** What an account of the bench holds of each resource type. */
export const holdings: Readonly<Record<FixableResourceType, Holding>> = {
  'AWS::EC2::SecurityGroup': securityGroups,
  'AWS::S3::Bucket': buckets,
  'AWS::SQS::Queue': queues,
  'AWS::EC2::Snapshot': ebsSnapshots,
  'AWS::EC2::Image': amis,
  'AWS::RDS::DBSnapshot': rdsSnapshots,
  'AWS::RDS::DBClusterSnapshot': rdsClusterSnapshots,
  'AWS::SSM::Document': ssmDocuments,
  'AWS::SNS::Topic': topics,
  'AWS::ECR::Repository': repositories,
  'AWS::SecretsManager::Secret': secrets,
  'AWS::KMS::Key': keys,
};
