import type { Json } from '../../core/json';
import { errorCodeOf, messageOf } from '../kit/aws-error';
import { exemptUntilIn } from '../kit/exempt-until';
import type { Reading } from '../kit/live-resource';
import {
  type BucketAccess,
  getAccountPublicAccessBlock,
  getAcl,
  getOwnershipControls,
  getPolicy,
  getPolicyStatus,
  getPublicAccessBlock,
  getTags,
  getWebsite,
} from './calls';
import { type Bucket, bucketFromApi } from './model';

/**
 * Reads everything that decides who can reach a bucket, and until when its tag says that it is exempt.
 * @returns `gone` when there is no such bucket in the finding's Region
 */
export async function readBucket(access: BucketAccess): Promise<Reading<Bucket> | 'gone'> {
  try {
    const [{ TagSet }, ...answers] = await Promise.all([
      getTags(access),
      getAcl(access),
      getPolicy(access),
      getPolicyStatus(access),
      getPublicAccessBlock(access),
      getAccountPublicAccessBlock(access),
      getOwnershipControls(access),
      getWebsite(access),
    ]);
    const answered = Object.assign({ Name: access.name, AccountId: access.accountId }, ...answers) as object;
    return {
      resource: bucketFromApi(answered),
      // What the SDK answers here is JSON but for undefined values, which this leaves out.
      before: JSON.parse(JSON.stringify(answered)) as Json,
      ...exemptUntilIn(TagSet),
    };
  } catch (error) {
    if (errorCodeOf(error) === 'NoSuchBucket' || isElsewhere(error)) return 'gone';
    throw error;
  }
}

/**
 * Whether S3 says that the bucket lies in another Region. There its own rule watches it, under a finding of its own. The
 * code for a header that is signed for the wrong Region has other causes too; only its message tells them apart:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
function isElsewhere(error: unknown): boolean {
  switch (errorCodeOf(error)) {
    case 'PermanentRedirect':
    case 'IllegalLocationConstraintException':
      return true;
    case 'AuthorizationHeaderMalformed':
      return /the region '[^']*' is wrong; expecting '/.test(messageOf(error));
    default:
      return false;
  }
}
