import type { ApiCall } from '../../gateway/api';
import type { Needs, ServiceNeeds } from '../needed';

/**
 * Operations on a bucket and the action that each needs: many names differ from the API's.
 * - https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * - https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
const bucketActions: Readonly<Record<string, string>> = {
  CreateBucket: 's3:CreateBucket',
  DeleteBucket: 's3:DeleteBucket',
  DeleteBucketOwnershipControls: 's3:PutBucketOwnershipControls',
  DeleteBucketPolicy: 's3:DeleteBucketPolicy',
  DeleteBucketTagging: 's3:PutBucketTagging',
  DeleteBucketWebsite: 's3:DeleteBucketWebsite',
  DeletePublicAccessBlock: 's3:PutBucketPublicAccessBlock',
  GetBucketAcl: 's3:GetBucketAcl',
  GetBucketCors: 's3:GetBucketCORS',
  GetBucketEncryption: 's3:GetEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
  GetBucketLocation: 's3:GetBucketLocation',
  GetBucketLogging: 's3:GetBucketLogging',
  GetBucketNotificationConfiguration: 's3:GetBucketNotification',
  GetBucketOwnershipControls: 's3:GetBucketOwnershipControls',
  GetBucketPolicy: 's3:GetBucketPolicy',
  GetBucketPolicyStatus: 's3:GetBucketPolicyStatus',
  GetBucketReplication: 's3:GetReplicationConfiguration',
  GetBucketRequestPayment: 's3:GetBucketRequestPayment',
  GetBucketTagging: 's3:GetBucketTagging',
  GetBucketVersioning: 's3:GetBucketVersioning',
  GetBucketWebsite: 's3:GetBucketWebsite',
  GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
  HeadBucket: 's3:ListBucket',
  ListMultipartUploads: 's3:ListBucketMultipartUploads',
  ListObjectVersions: 's3:ListBucketVersions',
  ListObjects: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  PutBucketAcl: 's3:PutBucketAcl',
  PutBucketOwnershipControls: 's3:PutBucketOwnershipControls',
  PutBucketPolicy: 's3:PutBucketPolicy',
  PutBucketTagging: 's3:PutBucketTagging',
  PutBucketVersioning: 's3:PutBucketVersioning',
  PutBucketWebsite: 's3:PutBucketWebsite',
  PutPublicAccessBlock: 's3:PutBucketPublicAccessBlock',
};

/** Operations on an object and the action that each needs. */
const objectActions: Readonly<Record<string, string>> = {
  AbortMultipartUpload: 's3:AbortMultipartUpload',
  CompleteMultipartUpload: 's3:PutObject',
  CreateMultipartUpload: 's3:PutObject',
  DeleteObject: 's3:DeleteObject',
  GetObject: 's3:GetObject',
  GetObjectAcl: 's3:GetObjectAcl',
  GetObjectTagging: 's3:GetObjectTagging',
  HeadObject: 's3:GetObject',
  PutObject: 's3:PutObject',
  PutObjectAcl: 's3:PutObjectAcl',
  PutObjectTagging: 's3:PutObjectTagging',
  UploadPart: 's3:PutObject',
};

export const needs: ServiceNeeds = {
  ListBuckets: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
  ...byTable(bucketActions, ({ parameters }) => `arn:aws:s3:::${parameters.Bucket}`),
  ...byTable(objectActions, ({ parameters }) => `arn:aws:s3:::${parameters.Bucket}/${parameters.Key}`),
};

function byTable(
  actions: Readonly<Record<string, string>>,
  resourceOf: (call: ApiCall) => string,
): Record<string, Needs> {
  return Object.fromEntries(
    Object.entries(actions).map(([operation, action]) => [
      operation,
      (call: ApiCall) => [{ action, resource: resourceOf(call), context: contextOf(call) }],
    ]),
  );
}

function contextOf({ parameters }: ApiCall): Record<string, string> {
  return {
    ...(typeof parameters.ACL === 'string' && { 's3:x-amz-acl': parameters.ACL }),
    ...(typeof parameters.Prefix === 'string' && { 's3:prefix': parameters.Prefix }),
  };
}
