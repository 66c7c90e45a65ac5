import { control as amiPublic } from './ami-public';
import type { Control, CustomControl } from './control';
import { control as ebsSnapshotPublic } from './ebs-snapshot-public';
import { control as ecrPublicPolicy } from './ecr-public-policy';
import { managedControls } from './facts';
import { control as kmsPublicPolicy } from './kms-public-policy';
import { control as rdsClusterSnapshotPublic } from './rds-cluster-snapshot-public';
import { control as rdsSnapshotPublic } from './rds-snapshot-public';
import { control as s3PublicAccess } from './s3-public-access';
import { control as secretPublicPolicy } from './secret-public-policy';
import { control as securityGroupOpenPorts } from './security-group-open-ports';
import { control as securityGroupWideOpen } from './security-group-wide-open';
import { control as snsPublicPolicy } from './sns-public-policy';
import { control as sqsPublicPolicy } from './sqs-public-policy';
import { control as ssmDocumentPublic } from './ssm-document-public';

/** Controls that Staunch evaluates and can fix itself. */
export const customControls: readonly CustomControl[] = [
  securityGroupOpenPorts,
  securityGroupWideOpen,
  s3PublicAccess,
  sqsPublicPolicy,
  ebsSnapshotPublic,
  amiPublic,
  rdsSnapshotPublic,
  rdsClusterSnapshotPublic,
  ssmDocumentPublic,
  snsPublicPolicy,
  ecrPublicPolicy,
  secretPublicPolicy,
  kmsPublicPolicy,
];

export { managedControls };

/** Every control. Infrastructure, permissions and documentation follow from this list. */
export const controls: readonly Control[] = [...customControls, ...managedControls];

/** The control with this id, or undefined when there is none. */
export function controlById(id: string): Control | undefined {
  return controls.find((control) => control.id === id);
}
