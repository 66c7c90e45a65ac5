import { facts as amiPublic } from './ami-public/facts';
import { control as cloudtrailEnabled } from './cloudtrail-enabled';
import type { ControlFacts, ManagedControl } from './control';
import { facts as ebsSnapshotPublic } from './ebs-snapshot-public/facts';
import { facts as ecrPublicPolicy } from './ecr-public-policy/facts';
import { control as iamPasswordPolicy } from './iam-password-policy';
import { facts as kmsPublicPolicy } from './kms-public-policy/facts';
import { facts as rdsClusterSnapshotPublic } from './rds-cluster-snapshot-public/facts';
import { facts as rdsSnapshotPublic } from './rds-snapshot-public/facts';
import { facts as s3PublicAccess } from './s3-public-access/facts';
import { facts as secretPublicPolicy } from './secret-public-policy/facts';
import { facts as securityGroupOpenPorts } from './security-group-open-ports/facts';
import { facts as securityGroupWideOpen } from './security-group-wide-open/facts';
import { facts as snsPublicPolicy } from './sns-public-policy/facts';
import { facts as sqsPublicPolicy } from './sqs-public-policy/facts';
import { facts as ssmDocumentPublic } from './ssm-document-public/facts';

/** What is known of the controls that Staunch evaluates and can fix itself, in the order of the registry. */
export const customFacts: readonly ControlFacts[] = [
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

/** Controls that AWS Config's managed rules evaluate. */
export const managedControls: readonly ManagedControl[] = [iamPasswordPolicy, cloudtrailEnabled];

/** What is known of the controls that judge resources of a type, in the order of the registry. */
export function factsOfType(resourceType: string): readonly ControlFacts[] {
  return customFacts.filter((control) => control.resourceType === resourceType);
}

/**
 * What is known of the control with this id, or undefined when there is none. Who only needs this bundles no code that reads
 * strangers' rules and policies.
 */
export function factsById(id: string): ControlFacts | ManagedControl | undefined {
  return [...customFacts, ...managedControls].find((control) => control.id === id);
}
