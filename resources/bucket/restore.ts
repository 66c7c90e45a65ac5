import { RefusedError } from '../../core/errors';
import type { Change } from '../../core/plan';
import { errorCodeOf, messageOf } from '../kit/aws-error';
import { ChangedMeanwhileError, type OnApplied } from '../kit/live-resource';
import { samePolicy } from '../kit/policy/meaning';
import { readPolicy } from '../kit/policy/resource-policy';
import {
  type BucketAccess,
  getAccountPublicAccessBlock,
  getAcl,
  getPolicy,
  getPublicAccessBlock,
} from './calls';
import { sameGrants, sameSettings } from './meaning';
import { type BlockSettings, bucketFromApi } from './model';
import { type BucketUndoChange, isBucketUndoChange, keptOutBy } from './undo-changes';
import { putAcl, putBlock, putPolicy } from './writes';

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

/**
 * Makes the changes of an undo, one write each. S3 has no conditional write for any of them, so each part is read again
 * right before, and passed over where it is already what it should become. Where S3 does not take a part back, those written
 * before it are put back as this undo found them: settings that are off for nothing would stay off.
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
  const made: (Change & BucketUndoChange)[] = [];
  try {
    for (const change of changes.map(undoChange)) {
      try {
        const isSecond = made.some(({ action }) => action === change.action);
        if (await write(access, change, isSecond)) made.push(change);
      } catch (error) {
        throw await explained(access, change, error);
      }
    }
  } catch (error) {
    if (error instanceof RefusedError) await takeBack(access, made);
    throw error;
  } finally {
    onApplied(made);
  }
}

/** Makes changes undone, the last first, and takes those which are out of the list. Stops where one cannot be. */
async function takeBack(access: BucketAccess, made: (Change & BucketUndoChange)[]): Promise<void> {
  for (const change of made.toReversed()) {
    try {
      const back = reversed(change);
      if (back === undefined) return;
      await write(access, back, true);
    } catch {
      // What stays is told as applied, and the next undo begins there.
      return;
    }
    made.pop();
  }
}

/** The change that leads back; undefined for one that would delete a policy, which is the last of an undo and never refused. */
function reversed(change: BucketUndoChange): BucketUndoChange | undefined {
  switch (change.action) {
    case 'restorePublicAccessBlock':
      return { ...change, before: change.settings, settings: change.before };
    case 'restoreAcl':
      return { ...change, before: change.grants, grants: change.before };
    case 'restorePolicy':
      return change.before === null ? undefined : { ...change, before: change.policy, policy: change.before };
  }
}

function undoChange(change: Change): Change & BucketUndoChange {
  if (isBucketUndoChange(change)) return change;
  throw new RefusedError(`The undo's change "${change.action}" is not one of a bucket.`);
}

/**
 * @param isSecond whether the part was written a moment ago: what is read of it may then be older than that, and so says nothing of
 *   what is there
 * @returns whether anything had to be written
 */
async function write(access: BucketAccess, change: BucketUndoChange, isSecond: boolean): Promise<boolean> {
  const put = await writeOf(access, change);
  if (put.isThere && !isSecond) return false;
  await put.write();
  return true;
}

interface PartWrite {
  /** Whether the part is already what it should become. */
  isThere: boolean;
  write(): Promise<void>;
}

function writeOf(access: BucketAccess, change: BucketUndoChange): Promise<PartWrite> {
  switch (change.action) {
    case 'restorePublicAccessBlock':
      return writeOfBlock(access, change);
    case 'restoreAcl':
      return writeOfAcl(access, change);
    case 'restorePolicy':
      return writeOfPolicy(access, change);
  }
}

async function writeOfBlock(
  access: BucketAccess,
  { before, settings }: Extract<BucketUndoChange, { action: 'restorePublicAccessBlock' }>,
): Promise<PartWrite> {
  const { publicAccessBlock: now } = bucketFromApi({
    Name: access.name,
    ...(await getPublicAccessBlock(access)),
  });
  const values = { before, after: settings };
  return {
    isThere: isThere<BlockSettings | null>('public access block', sameSettings, now, values),
    write: () => putBlock(access, settings),
  };
}

async function writeOfAcl(
  access: BucketAccess,
  { before, grants }: Extract<BucketUndoChange, { action: 'restoreAcl' }>,
): Promise<PartWrite> {
  const now = bucketFromApi(await getAcl(access));
  return {
    isThere: isThere('ACL', sameGrants, now.grants, { before, after: grants }),
    write: () => putAcl(access, now.owner, grants),
  };
}

async function writeOfPolicy(
  access: BucketAccess,
  { before, policy }: Extract<BucketUndoChange, { action: 'restorePolicy' }>,
): Promise<PartWrite> {
  const { Policy: now } = await getPolicy(access);
  const read = (text: string | null | undefined) => (text ? readPolicy(text, 'Policy') : undefined);
  return {
    isThere: isThere('policy', samePolicy, read(now), { before: read(before), after: read(policy) }),
    write: () => putPolicy(access, policy),
  };
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
  return code === 'AccessDenied' ? ((await blocked(access, change, words, options)) ?? error) : error;
}

/**
 * What it means where a block setting denied a write; undefined where none did. S3 says only that access is denied. The bucket's own
 * setting was off when the write was planned.
 */
async function blocked(
  access: BucketAccess,
  { action }: BucketUndoChange,
  words: string,
  options: ErrorOptions,
): Promise<Error | undefined> {
  if (action === 'restorePublicAccessBlock') return undefined;
  const setting = keptOutBy[action];
  const { publicAccessBlock, accountPublicAccessBlock } = bucketFromApi({
    Name: access.name,
    ...(await getPublicAccessBlock(access)),
    ...(await getAccountPublicAccessBlock(access)),
  });
  if (accountPublicAccessBlock[setting]) {
    return new RefusedError(`${words} ${setting} is on for the account.`, options);
  }
  if (!publicAccessBlock[setting]) return undefined;
  return new ChangedMeanwhileError(`${words} ${setting} is on for the bucket.`, options);
}
