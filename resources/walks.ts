import { amiWalk } from './ami/walk';
import { bucketWalk } from './bucket/walk';
import { snapshotWalk } from './ebs-snapshot/walk';
import { keyWalk } from './key/walk';
import type { TypeWalk } from './kit/walk';
import { queueWalk } from './queue/walk';
import { rdsClusterSnapshotWalk } from './rds-cluster-snapshot/walk';
import { rdsSnapshotWalk } from './rds-snapshot/walk';
import { repositoryWalk } from './repository/walk';
import type { FixableResourceType } from './resource-types';
import { secretWalk } from './secret/walk';
import { securityGroupWalk } from './security-group/walk';
import { documentWalk } from './ssm-document/walk';
import { topicWalk } from './topic/walk';

/** How the patrol walks each resource type. It calls AWS, and the patrol's walker alone reaches it. */
export const walks: Readonly<Record<FixableResourceType, () => TypeWalk>> = {
  'AWS::EC2::SecurityGroup': securityGroupWalk,
  'AWS::S3::Bucket': bucketWalk,
  'AWS::SQS::Queue': queueWalk,
  'AWS::EC2::Snapshot': snapshotWalk,
  'AWS::EC2::Image': amiWalk,
  'AWS::RDS::DBSnapshot': rdsSnapshotWalk,
  'AWS::RDS::DBClusterSnapshot': rdsClusterSnapshotWalk,
  'AWS::SSM::Document': documentWalk,
  'AWS::SNS::Topic': topicWalk,
  'AWS::ECR::Repository': repositoryWalk,
  'AWS::SecretsManager::Secret': secretWalk,
  'AWS::KMS::Key': keyWalk,
};
