import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  ObjectOwnership,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import * as z from 'zod';
import { defineHandler, ignored, ignoredTags, policyText, truth } from '../../cloudformation/resource-type';
import { requireExistingPrincipals } from '../iam/principals';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-s3-bucket.html */
export const bucket = defineHandler(
  z.strictObject({
    BucketEncryption: ignored('The sandbox does not encrypt what it keeps in memory.'),
    BucketName: z.string().optional(),
    LifecycleConfiguration: ignored('Objects age by days; no sandbox lives that long.'),
    OwnershipControls: z
      .strictObject({ Rules: z.tuple([z.strictObject({ ObjectOwnership: z.enum(ObjectOwnership) })]) })
      .optional(),
    PublicAccessBlockConfiguration: z
      .strictObject({
        BlockPublicAcls: truth.optional(),
        BlockPublicPolicy: truth.optional(),
        IgnorePublicAcls: truth.optional(),
        RestrictPublicBuckets: truth.optional(),
      })
      .optional(),
    Tags: ignoredTags,
    VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  }),
  async (
    { BucketName, OwnershipControls, PublicAccessBlockConfiguration, VersioningConfiguration },
    context,
  ) => {
    const Bucket = BucketName ?? context.generatedName(63).toLowerCase();
    const { region } = context.place;
    const s3 = context.client(S3Client);
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        // Buckets made since April 2023 have no ACLs unless they ask for them:
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
        ObjectOwnership: OwnershipControls?.Rules[0].ObjectOwnership ?? 'BucketOwnerEnforced',
        // us-east-1 is asked for by leaving the constraint out:
        // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
        ...(region !== 'us-east-1' && {
          CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint },
        }),
      }),
    );
    if (PublicAccessBlockConfiguration) {
      await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    }
    if (VersioningConfiguration) {
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    }
    return {
      ref: Bucket,
      attributes: {
        Arn: `arn:aws:s3:::${Bucket}`,
        DomainName: `${Bucket}.s3.amazonaws.com`,
        RegionalDomainName: `${Bucket}.s3.${region}.amazonaws.com`,
      },
      remove: async () => {
        await s3.send(new DeleteBucketCommand({ Bucket }));
      },
    };
  },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-s3-bucketpolicy.html */
export const bucketPolicy = defineHandler(
  z.strictObject({ Bucket: z.string(), PolicyDocument: policyText }),
  async ({ Bucket, PolicyDocument: Policy }, context) => {
    await requireExistingPrincipals(Policy, context);
    const s3 = context.client(S3Client);
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    return {
      ref: Bucket,
      attributes: {},
      remove: async () => {
        await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
      },
    };
  },
  { mayDiffer: (name) => name === 'PolicyDocument' },
);

/** The service's resource types in templates. */
export const resourceTypes = () => ({
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
});
