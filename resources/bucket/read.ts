import type { Json, JsonObject } from '../../core/json';
import type { Plan } from '../../core/plan';
import { stateDigest } from '../../core/state-digest';
import { errorCodeOf, messageOf } from '../kit/aws-error';
import { isFields } from '../kit/input';
import type { Reading } from '../kit/live-resource';
import { saidByTags } from '../kit/tags';
import { bucketChange, partOf } from './apply';
import {
  type BucketAccess,
  type BucketReads,
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
    const [{ TagSet }, answered] = await Promise.all([
      getTags(access),
      getDecidingParts(access, getAccountPublicAccessBlock(access)),
    ]);
    return {
      resource: bucketFromApi(answered),
      before: asJson(answered),
      ...saidByTags(TagSet),
    };
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

/**
 * Reads what decides who can reach one of many buckets of an account, without its tags.
 * @param accountBlock the account's settings, read once for all of them
 * @returns `gone` when there is no such bucket in the Region of the clients
 * @throws ResourceInputError when it cannot be understood; AWS's own error when a call was refused
 */
export async function readBucketAmongMany(
  access: BucketReads,
  accountBlock: ReturnType<typeof getAccountPublicAccessBlock>,
): Promise<Bucket | 'gone'> {
  try {
    return bucketFromApi(await getDecidingParts(access, accountBlock));
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

/** Everything that decides who can reach a bucket, under the names of S3's API. */
async function getDecidingParts(
  access: BucketReads,
  accountBlock: ReturnType<typeof getAccountPublicAccessBlock>,
): Promise<object> {
  const answers = await Promise.all([
    getAcl(access),
    getJudgedPolicy(access),
    getPublicAccessBlock(access),
    accountBlock,
    getOwnershipControls(access),
    getWebsite(access),
  ]);
  return Object.assign({ Name: access.name, AccountId: access.accountId }, ...answers) as object;
}

/**
 * Whether each part of a bucket is still as it was read, but for the one that the plan writes first: `applyToBucket` reads that
 * right before it writes. S3's verdict on a policy is one on its text, and tags are no part of what a fix is planned from.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html
 * @param before as `readBucket` had it
 * @returns the reading from before; undefined when it is not as the bucket is now
 */
export async function readBucketIfStill(
  access: BucketAccess,
  before: Json,
  { changes: [first] }: Plan,
): Promise<Reading<Bucket> | undefined> {
  const reread = first && partOf[bucketChange(first).action];
  try {
    const answers = await Promise.all([
      getAccountPublicAccessBlock(access),
      getOwnershipControls(access),
      getWebsite(access),
      ...(reread === 'acl' ? [] : [getAcl(access)]),
      ...(reread === 'policy' ? [] : [getPolicy(access)]),
      ...(reread === 'block' ? [] : [getPublicAccessBlock(access)]),
    ]);
    const isStill = answers
      .flatMap((answer) => Object.entries(answer))
      .every(([part, now]) => samePart(now, partsOf(before)[part]));
    return isStill ? { resource: bucketFromApi(before), before } : undefined;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/**
 * Reads the parts of a bucket that a fix writes: ACL, policy and block settings. S3's verdict on the policy is asked for where its
 * text is another one than before.
 * @param before the reading from which the fix was planned
 */
export async function readWrittenParts(
  access: BucketAccess,
  before: Json,
): Promise<Reading<Bucket> | 'gone'> {
  const { Policy, PolicyStatus, ...others } = partsOf(before);
  try {
    const answers = await Promise.all([
      getAcl(access),
      getJudgedPolicy(access, { Policy, PolicyStatus }),
      getPublicAccessBlock(access),
    ]);
    const written = asJson(Object.assign({ Name: access.name, AccountId: access.accountId }, ...answers));
    const { PublicAccessBlockConfiguration: _block, ...kept } = others;
    return { resource: bucketFromApi(written), before: { ...kept, ...written } };
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

/**
 * The policy, and S3's own verdict on it, which there is only of a policy.
 * @param known a policy on which S3's verdict is known
 */
async function getJudgedPolicy(access: BucketReads, known: Readonly<Record<string, Json | undefined>> = {}) {
  const { Policy } = await getPolicy(access);
  if (Policy === undefined) return {};
  if (Policy === known.Policy && known.PolicyStatus !== undefined) return known;
  return { Policy, ...(await getPolicyStatus(access)) };
}

/** What the SDK answers here is JSON but for undefined values, which this leaves out. */
function asJson(answer: object): JsonObject {
  return JSON.parse(JSON.stringify(answer)) as JsonObject;
}

function partsOf(before: Json): Readonly<Record<string, Json>> {
  return isFields(before) ? (before as JsonObject) : {};
}

function samePart(now: unknown, before: Json | undefined): boolean {
  if (now === undefined || before === undefined) return now === before;
  return stateDigest(JSON.parse(JSON.stringify(now)) as Json) === stateDigest(before);
}

function isGone(error: unknown): boolean {
  return errorCodeOf(error) === 'NoSuchBucket' || isElsewhere(error);
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
