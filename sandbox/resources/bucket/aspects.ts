import {
  GetBucketAclCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Json } from '../../../core/json';
import {
  accessControlList,
  ownershipControls,
  publicAccessBlockConfiguration,
  taggingConfiguration,
  versioningConfiguration,
  websiteConfiguration,
} from './configuration';

/** One part of a bucket's configuration, with its key in `supplementaryConfiguration`. */
export interface BucketAspect {
  name: string;
  /** The calls that change it. */
  operations: readonly string[];
  /** Reads it; undefined where AWS Config leaves the key out. */
  read(s3: S3Client, bucket: string): Promise<Json | undefined>;
}

/** The parts of a bucket that an item shows. */
export const bucketAspects: readonly BucketAspect[] = [
  {
    name: 'AccessControlList',
    // S3 answers with what counts: the owner's grant alone where ownership is enforced, nothing public where that is ignored.
    operations: [
      'PutBucketAcl',
      'PutBucketOwnershipControls',
      'DeleteBucketOwnershipControls',
      'PutPublicAccessBlock',
      'DeletePublicAccessBlock',
    ],
    read: async (s3, Bucket) => accessControlList(await s3.send(new GetBucketAclCommand({ Bucket }))),
  },
  {
    name: 'BucketPolicy',
    operations: ['PutBucketPolicy', 'DeleteBucketPolicy'],
    read: async (s3, Bucket) => ({
      policyText:
        (await absent('NoSuchBucketPolicy', s3.send(new GetBucketPolicyCommand({ Bucket }))))?.Policy ?? null,
    }),
  },
  {
    name: 'PublicAccessBlockConfiguration',
    operations: ['PutPublicAccessBlock', 'DeletePublicAccessBlock'],
    async read(s3, Bucket) {
      const answer = s3.send(new GetPublicAccessBlockCommand({ Bucket }));
      const block = (await absent('NoSuchPublicAccessBlockConfiguration', answer))
        ?.PublicAccessBlockConfiguration;
      return block && publicAccessBlockConfiguration(block);
    },
  },
  {
    name: 'OwnershipControls',
    operations: ['PutBucketOwnershipControls', 'DeleteBucketOwnershipControls'],
    async read(s3, Bucket) {
      const answer = s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
      const controls = (await absent('OwnershipControlsNotFoundError', answer))?.OwnershipControls;
      return controls && ownershipControls(controls);
    },
  },
  {
    name: 'BucketWebsiteConfiguration',
    operations: ['PutBucketWebsite', 'DeleteBucketWebsite'],
    async read(s3, Bucket) {
      const website = await absent(
        'NoSuchWebsiteConfiguration',
        s3.send(new GetBucketWebsiteCommand({ Bucket })),
      );
      return website && websiteConfiguration(website);
    },
  },
  {
    name: 'BucketTaggingConfiguration',
    operations: ['PutBucketTagging', 'DeleteBucketTagging'],
    async read(s3, Bucket) {
      const tagging = await absent('NoSuchTagSet', s3.send(new GetBucketTaggingCommand({ Bucket })));
      return tagging && taggingConfiguration(tagging);
    },
  },
  {
    name: 'BucketVersioningConfiguration',
    operations: ['PutBucketVersioning'],
    read: async (s3, Bucket) =>
      versioningConfiguration(await s3.send(new GetBucketVersioningCommand({ Bucket }))),
  },
];

/** The answer, or undefined where S3 answers that there is none. */
async function absent<T>(errorName: string, answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === errorName) return undefined;
    throw error;
  }
}
