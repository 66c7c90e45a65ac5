import {
  DeletePublicAccessBlockCommand,
  type Grant,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { type Change, RefusedError } from '../../../controls/control';
import { type BlockSettings, bucketFromApi } from '../../../controls/resources/bucket';
import { sameGrants, samePolicy, sameSettings } from '../../../controls/resources/bucket-meaning';
import { readPolicy } from '../../../controls/resources/bucket-policy';
import { type BucketUndoChange, isBucketUndoChange } from '../../../controls/resources/bucket-undo';
import { errorCodeOf, messageOf } from '../aws-error';
import { ChangedMeanwhileError, type OnApplied } from '../live-resource';
import {
  type BucketAccess,
  getAccountPublicAccessBlock,
  getAcl,
  getPolicy,
  getPublicAccessBlock,
  ownBucket,
} from './calls';

/**
 * What S3 answers to something that it will never take as it is: a principal that was deleted, an account that is closed,
 * ACLs where the bucket's owner owns every object. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const refusals: ReadonlySet<string> = new Set([
  'MalformedPolicy',
  'MalformedACLError',
  'InvalidArgument',
  'AccessControlListNotSupported',
]);

/** The setting that keeps S3 from taking back a part that is public. */
const keptOutBy = {
  restoreAcl: 'BlockPublicAcls',
  restorePolicy: 'BlockPublicPolicy',
} as const satisfies Partial<Record<BucketUndoChange['action'], keyof BlockSettings>>;

/**
 * Makes the changes of an undo, one write each. S3 has no conditional write for any of them, so each part is read again
 * right before, and passed over where it is already what it should become.
 * @throws ChangedMeanwhileError when a part is neither what it was planned from nor what it should become, or S3 is busy
 * changing it
 * @throws RefusedError when S3 does not take a part back, with S3's own words
 * @throws AWS's own error otherwise
 */
export async function applyUndoToBucket(
  access: BucketAccess,
  changes: readonly Change[],
  onApplied: OnApplied,
): Promise<void> {
  for (const change of changes.map(undoChange)) {
    let isWritten: boolean;
    try {
      isWritten = await write(access, change);
    } catch (error) {
      throw await explained(access, change, error);
    }
    if (isWritten) onApplied([change]);
  }
}

function undoChange(change: Change): Change & BucketUndoChange {
  if (isBucketUndoChange(change)) return change;
  throw new RefusedError(`The undo's change "${change.action}" is not one of a bucket.`);
}

/** @returns whether anything had to be written */
function write(access: BucketAccess, change: BucketUndoChange): Promise<boolean> {
  switch (change.action) {
    case 'restorePublicAccessBlock':
      return writeBlock(access, change);
    case 'restoreAcl':
      return writeAcl(access, change);
    case 'restorePolicy':
      return writePolicy(access, change);
  }
}

async function writeBlock(
  access: BucketAccess,
  { before, settings }: Extract<BucketUndoChange, { action: 'restorePublicAccessBlock' }>,
): Promise<boolean> {
  const { s3, signal: abortSignal } = access;
  const { publicAccessBlock: now } = bucketFromApi({
    Name: access.name,
    ...(await getPublicAccessBlock(access)),
  });
  if (isThere<BlockSettings | null>('public access block', sameSettings, now, { before, after: settings }))
    return false;
  const own = ownBucket(access);
  if (settings === null) await s3.send(new DeletePublicAccessBlockCommand(own), { abortSignal });
  else {
    await s3.send(new PutPublicAccessBlockCommand({ ...own, PublicAccessBlockConfiguration: settings }), {
      abortSignal,
    });
  }
  return true;
}

async function writeAcl(
  access: BucketAccess,
  { before, grants }: Extract<BucketUndoChange, { action: 'restoreAcl' }>,
): Promise<boolean> {
  const now = bucketFromApi(await getAcl(access));
  if (isThere('ACL', sameGrants, now.grants, { before, after: grants })) return false;
  // What was there is what S3 answered, so its permissions are S3's.
  const AccessControlPolicy = { Owner: now.owner, Grants: grants as Grant[] };
  await access.s3.send(new PutBucketAclCommand({ ...ownBucket(access), AccessControlPolicy }), {
    abortSignal: access.signal,
  });
  return true;
}

async function writePolicy(
  access: BucketAccess,
  { before, policy }: Extract<BucketUndoChange, { action: 'restorePolicy' }>,
): Promise<boolean> {
  const { Policy: now } = await getPolicy(access);
  const read = (text: string | null | undefined) => (text ? readPolicy(text, 'Policy') : undefined);
  if (isThere('policy', samePolicy, read(now), { before: read(before), after: read(policy) })) return false;
  await access.s3.send(new PutBucketPolicyCommand({ ...ownBucket(access), Policy: policy }), {
    abortSignal: access.signal,
  });
  return true;
}

/**
 * Whether a part is already what it should become.
 * @throws ChangedMeanwhileError when it is not what it was planned from either
 */
function isThere<Value>(
  part: string,
  same: (one: Value, other: Value) => boolean,
  now: Value,
  { before, after }: { before: Value; after: Value },
): boolean {
  if (same(now, after)) return true;
  if (same(now, before)) return false;
  throw new ChangedMeanwhileError(`the bucket's ${part} is not any more as it was read.`);
}

/** What S3's refusal means for the undo. */
async function explained(access: BucketAccess, change: BucketUndoChange, error: unknown): Promise<unknown> {
  const code = errorCodeOf(error) ?? '';
  const options = { cause: error };
  if (code === 'NoSuchBucket') return new ChangedMeanwhileError('the bucket is gone.', options);
  if (code === 'OperationAborted') {
    return new ChangedMeanwhileError('S3 is busy with another change of the bucket.', options);
  }
  const words = `S3 does not take it back (${change.text}): ${code}: ${messageOf(error)}`;
  if (refusals.has(code)) return new RefusedError(words, options);
  const blocker = code === 'AccessDenied' ? await blockerOf(access, change) : undefined;
  return blocker === undefined ? error : new RefusedError(`${words} ${blocker}`, options);
}

/** Which block setting denied a write, where one did: S3 says only that access is denied. */
async function blockerOf(access: BucketAccess, { action }: BucketUndoChange): Promise<string | undefined> {
  if (action === 'restorePublicAccessBlock') return undefined;
  const setting = keptOutBy[action];
  const { publicAccessBlock, accountPublicAccessBlock } = bucketFromApi({
    Name: access.name,
    ...(await getPublicAccessBlock(access)),
    ...(await getAccountPublicAccessBlock(access)),
  });
  if (accountPublicAccessBlock[setting]) return `${setting} is on for the account.`;
  return publicAccessBlock[setting] ? `${setting} is on for the bucket.` : undefined;
}
