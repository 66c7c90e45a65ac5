import { parameterDescriptions as amiPublic } from './ami-public/parameter-descriptions';
import { parameterDescriptions as ebsSnapshotPublic } from './ebs-snapshot-public/parameter-descriptions';
import { parameterDescriptions as ecrPublicPolicy } from './ecr-public-policy/parameter-descriptions';
import { parameterDescriptions as kmsPublicPolicy } from './kms-public-policy/parameter-descriptions';
import { parameterDescriptions as rdsClusterSnapshotPublic } from './rds-cluster-snapshot-public/parameter-descriptions';
import { parameterDescriptions as rdsSnapshotPublic } from './rds-snapshot-public/parameter-descriptions';
import { parameterDescriptions as s3PublicAccess } from './s3-public-access/parameter-descriptions';
import { parameterDescriptions as secretPublicPolicy } from './secret-public-policy/parameter-descriptions';
import { parameterDescriptions as securityGroupOpenPorts } from './security-group-open-ports/parameter-descriptions';
import { parameterDescriptions as securityGroupWideOpen } from './security-group-wide-open/parameter-descriptions';
import { parameterDescriptions as snsPublicPolicy } from './sns-public-policy/parameter-descriptions';
import { parameterDescriptions as sqsPublicPolicy } from './sqs-public-policy/parameter-descriptions';
import { parameterDescriptions as ssmDocumentPublic } from './ssm-document-public/parameter-descriptions';

/** What each parameter of a control says, by the control's id; for pages, editors and help. */
export const parameterDescriptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'security-group-open-ports': securityGroupOpenPorts,
  'security-group-wide-open': securityGroupWideOpen,
  's3-public-access': s3PublicAccess,
  'sqs-public-policy': sqsPublicPolicy,
  'ebs-snapshot-public': ebsSnapshotPublic,
  'ami-public': amiPublic,
  'rds-snapshot-public': rdsSnapshotPublic,
  'rds-cluster-snapshot-public': rdsClusterSnapshotPublic,
  'ssm-document-public': ssmDocumentPublic,
  'sns-public-policy': snsPublicPolicy,
  'ecr-public-policy': ecrPublicPolicy,
  'secret-public-policy': secretPublicPolicy,
  'kms-public-policy': kmsPublicPolicy,
};
