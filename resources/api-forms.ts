import { amiApiForm } from './ami/api-form';
import { bucketApiForm } from './bucket/api-form';
import { snapshotApiForm } from './ebs-snapshot/api-form';
import { keyApiForm } from './key/api-form';
import type { ApiForm } from './kit/api-form';
import { queueApiForm } from './queue/api-form';
import { rdsClusterSnapshotApiForm } from './rds-cluster-snapshot/api-form';
import { rdsSnapshotApiForm } from './rds-snapshot/api-form';
import { repositoryApiForm } from './repository/api-form';
import type { FixableResourceType } from './resource-types';
import { secretApiForm } from './secret/api-form';
import { securityGroupApiForm } from './security-group/api-form';
import { documentApiForm } from './ssm-document/api-form';
import { topicApiForm } from './topic/api-form';

/** In what form AWS's API answers about each resource type: words for people alone, and nothing that reads one. */
export const apiForms: Readonly<Record<FixableResourceType, ApiForm>> = {
  'AWS::EC2::SecurityGroup': securityGroupApiForm,
  'AWS::S3::Bucket': bucketApiForm,
  'AWS::SQS::Queue': queueApiForm,
  'AWS::EC2::Snapshot': snapshotApiForm,
  'AWS::EC2::Image': amiApiForm,
  'AWS::RDS::DBSnapshot': rdsSnapshotApiForm,
  'AWS::RDS::DBClusterSnapshot': rdsClusterSnapshotApiForm,
  'AWS::SSM::Document': documentApiForm,
  'AWS::SNS::Topic': topicApiForm,
  'AWS::ECR::Repository': repositoryApiForm,
  'AWS::SecretsManager::Secret': secretApiForm,
  'AWS::KMS::Key': keyApiForm,
};
