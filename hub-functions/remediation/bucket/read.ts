import type { Json } from '../../../contract/json';
import { type Bucket, bucketFromApi } from '../../../controls/resources/bucket';
import { errorCodeOf } from '../aws-error';
import type { Reading } from '../live-resource';
import {
  type BucketAccess,
  getAccountPublicAccessBlock,
  getAcl,
  getOwnershipControls,
  getPolicy,
  getPolicyStatus,
  getPublicAccessBlock,
  getWebsite,
} from './calls';

/**
 * Reads everything that decides who can reach a bucket.
 * @returns `gone` when there is no such bucket
 */
export async function readBucket(access: BucketAccess): Promise<Reading<Bucket> | 'gone'> {
  try {
    const answers = await Promise.all([
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
    };
  } catch (error) {
    if (errorCodeOf(error) === 'NoSuchBucket') return 'gone';
    throw error;
  }
}
