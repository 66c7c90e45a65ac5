import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AnyPrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { configBucketName, roleArn, roleNames } from '../../core/names';
import { partitionOf } from '../../core/partition';
import { allow } from '../statements';

/**
 * The bucket to which AWS Config of every member delivers its history. AWS Config writes with the recorder's role, and
 * needs no more than that role's grant here:
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 * Each account reaches only its own folder: the policy variable stands for the account of the caller. AWS's example also
 * asks for an ACL that leaves the object to the bucket's owner. Here the owner has every object, and ACLs count for nothing.
 */
export class DeliveryBucket extends Bucket {
  constructor(scope: Construct, id: string, organization: Organization) {
    super(scope, id, {
      bucketName: configBucketName(organization.hub),
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lifecycleRules: [
        {
          id: 'expire',
          expiration: Duration.days(400),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    const recorders = {
      StringEquals: { 'aws:PrincipalOrgID': organization.organization.id },
      ArnLike: {
        'aws:PrincipalArn': roleArn('*', roleNames.configRecorder, partitionOf(organization.hub.region)),
      },
    };
    this.addToResourcePolicy(
      allow({
        sid: 'LetRecordersLook',
        principals: [new AnyPrincipal()],
        actions: ['s3:GetBucketAcl', 's3:ListBucket'],
        resources: [this.bucketArn],
        conditions: recorders,
      }),
    );
    this.addToResourcePolicy(
      allow({
        sid: 'LetRecordersDeliver',
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject', 's3:PutObjectAcl'],
        resources: [this.arnForObjects('AWSLogs/$' + '{aws:PrincipalAccount}/Config/*')],
        conditions: recorders,
      }),
    );
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        "Only AWS Config writes here; the hub account's trail can record data events where they are wanted.",
    });
  }
}
