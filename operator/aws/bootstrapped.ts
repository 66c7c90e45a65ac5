import { HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { errorCodeOf } from '../../resources/kit/aws-error';

/** Of the default bootstrap: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
const bootstrapQualifier = 'hnb659fds';

const missingBucket = ['NotFound', 'NoSuchBucket', '404'];

/** Whether AWS says that there is no such bucket. */
export function isMissingBucket(error: unknown): boolean {
  return missingBucket.includes(errorCodeOf(error) ?? '');
}

/**
 * Whether the bucket to which the CDK uploads is there. Its name is that of the default bootstrap, which the stacks here are made for.
 * @throws the SDK's errors, also where somebody else has the bucket
 */
export async function isBootstrapped(
  client: S3Client,
  { account, region }: { account: string; region: string },
): Promise<boolean> {
  const Bucket = `cdk-${bootstrapQualifier}-assets-${account}-${region}`;
  try {
    await client.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: account }));
    return true;
  } catch (error) {
    if (isMissingBucket(error)) return false;
    throw error;
  }
}
