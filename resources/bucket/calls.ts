import {
  GetBucketAclCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  GetPublicAccessBlockCommand as GetAccountPublicAccessBlockCommand,
  type S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { orWhenMissing } from '../kit/aws-error';
import type { ResourceAccess } from '../kit/live-resource';

/** One bucket, and the clients of the session that may read it. */
export interface BucketReads extends Pick<ResourceAccess, 'signal'> {
  s3: S3Client;
  s3Control: S3ControlClient;
  name: string;
  accountId: string;
}

/** One bucket, and the clients of the session that may reach it. */
export interface BucketAccess extends BucketReads, Pick<ResourceAccess, 'mayWrite'> {}

/**
 * What every call is made with. A bucket of that name may have been deleted, and created by somebody else:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
 */
export function ownBucket({ name, accountId }: BucketReads): {
  Bucket: string;
  ExpectedBucketOwner: string;
} {
  return { Bucket: name, ExpectedBucketOwner: accountId };
}

/*
 * The codes by which S3 says that a bucket has no such thing:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const noPolicy = ['NoSuchBucketPolicy'];
const noBlock = ['NoSuchPublicAccessBlockConfiguration'];
const noOwnershipControls = ['OwnershipControlsNotFoundError'];
const noWebsite = ['NoSuchWebsiteConfiguration'];
const noTags = ['NoSuchTagSet'];

/** `Policy`: its text; absent where the bucket has none. */
export async function getPolicy(access: BucketReads) {
  const { s3, signal: abortSignal } = access;
  const { Policy } = await orWhenMissing(
    s3.send(new GetBucketPolicyCommand(ownBucket(access)), { abortSignal }),
    noPolicy,
    { Policy: undefined },
  );
  return { Policy };
}

/** `PolicyStatus`: S3's own verdict; absent where the bucket has no policy. */
export async function getPolicyStatus(access: BucketReads) {
  const { s3, signal: abortSignal } = access;
  const { PolicyStatus } = await orWhenMissing(
    s3.send(new GetBucketPolicyStatusCommand(ownBucket(access)), { abortSignal }),
    noPolicy,
    { PolicyStatus: undefined },
  );
  return { PolicyStatus };
}

/** `Grants` and `Owner`: the ACL, as far as IgnorePublicAcls lets it count. */
export async function getAcl(access: BucketReads) {
  const { s3, signal: abortSignal } = access;
  const { Grants, Owner } = await s3.send(new GetBucketAclCommand(ownBucket(access)), { abortSignal });
  return { Grants, Owner };
}

/** `PublicAccessBlockConfiguration`: the bucket's own settings; absent where it has none. */
export async function getPublicAccessBlock(access: BucketReads) {
  const { s3, signal: abortSignal } = access;
  const { PublicAccessBlockConfiguration } = await orWhenMissing(
    s3.send(new GetPublicAccessBlockCommand(ownBucket(access)), { abortSignal }),
    noBlock,
    { PublicAccessBlockConfiguration: undefined },
  );
  return { PublicAccessBlockConfiguration };
}

/** `AccountPublicAccessBlockConfiguration`: the settings of the whole account; absent where it has none. */
export async function getAccountPublicAccessBlock({
  s3Control,
  accountId,
  signal: abortSignal,
}: Pick<BucketReads, 's3Control' | 'accountId' | 'signal'>) {
  const { PublicAccessBlockConfiguration } = await orWhenMissing(
    s3Control.send(new GetAccountPublicAccessBlockCommand({ AccountId: accountId }), { abortSignal }),
    noBlock,
    { PublicAccessBlockConfiguration: undefined },
  );
  return { AccountPublicAccessBlockConfiguration: PublicAccessBlockConfiguration };
}

/** `OwnershipControls`; absent where the bucket has none. */
export async function getOwnershipControls(access: BucketReads) {
  const { s3, signal: abortSignal } = access;
  const { OwnershipControls } = await orWhenMissing(
    s3.send(new GetBucketOwnershipControlsCommand(ownBucket(access)), { abortSignal }),
    noOwnershipControls,
    { OwnershipControls: undefined },
  );
  return { OwnershipControls };
}

/** `Website`: the bucket's set-up as a website; absent where it is none. */
export async function getWebsite(access: BucketReads) {
  const { s3, signal: abortSignal } = access;
  const answer = await orWhenMissing(
    s3.send(new GetBucketWebsiteCommand(ownBucket(access)), { abortSignal }),
    noWebsite,
    undefined,
  );
  if (!answer) return { Website: undefined };
  const { $metadata: _metadata, ...Website } = answer;
  return { Website };
}

/**
 * `TagSet`: the bucket's tags; absent where it has none. Tags that cannot be read might exempt it, so that is an error like any
 * other.
 */
export async function getTags(access: BucketReads) {
  const { s3, signal: abortSignal } = access;
  const { TagSet } = await orWhenMissing(
    s3.send(new GetBucketTaggingCommand(ownBucket(access)), { abortSignal }),
    noTags,
    { TagSet: undefined },
  );
  return { TagSet };
}
