import type { FixableResourceType } from '../../../resources/resource-types';
import { amis } from './ami';
import { buckets } from './bucket';
import { snapshots } from './ebs-snapshot';
import { keys } from './key';
import { queues } from './queue';
import { rdsClusterSnapshots, rdsSnapshots } from './rds-snapshots';
import { repositories } from './repository';
import { secrets } from './secret';
import { groups } from './security-group';
import { documents } from './ssm-document';
import { topics } from './topic';
import type { WalkedType } from './walked-type';

/** How the walk of each type meets AWS. */
export const walkedTypes: Readonly<Record<FixableResourceType, WalkedType>> = {
  'AWS::EC2::SecurityGroup': groups,
  'AWS::S3::Bucket': buckets,
  'AWS::SQS::Queue': queues,
  'AWS::EC2::Snapshot': snapshots,
  'AWS::EC2::Image': amis,
  'AWS::RDS::DBSnapshot': rdsSnapshots,
  'AWS::RDS::DBClusterSnapshot': rdsClusterSnapshots,
  'AWS::SSM::Document': documents,
  'AWS::SNS::Topic': topics,
  'AWS::ECR::Repository': repositories,
  'AWS::SecretsManager::Secret': secrets,
  'AWS::KMS::Key': keys,
};
