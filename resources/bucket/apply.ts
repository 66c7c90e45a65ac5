import { RefusedError } from '../../core/errors';
import type { Change, Plan } from '../../core/plan';
import { errorCodeOf, messageOf } from '../kit/aws-error';
import { ChangedMeanwhileError, type OnApplied } from '../kit/live-resource';
import { policyAfter } from '../kit/policy/changes';
import { type BucketAccess, getAcl, getPolicy, getPublicAccessBlock } from './calls';
import { type BucketChange, grantsAfter, isBucketChange, publicAccessBlockAfter } from './changes';
import { type Bucket, bucketFromApi } from './model';
import { putAcl, putBlock, putPolicy } from './writes';

/** The parts of a bucket that one write replaces as a whole. */
export const partOf = {
  removeGrant: 'acl',
  removeStatement: 'policy',
  editStatement: 'policy',
  deletePolicy: 'policy',
  blockPublicAccess: 'block',
} as const satisfies Record<BucketChange['action'], string>;

const writers = { acl: writeAcl, policy: writePolicy, block: writeBlock };

/**
 * Makes a plan's changes: one write for the ACL, one for the policy, one for the block settings, in the order in which
 * the plan first names them. S3 has no conditional write for any of them, so each is read again right before.
 * @param bucket what the plan was made from
 * @throws ChangedMeanwhileError when a part is not any more as it was read, or S3 is busy changing it
 * @throws RefusedError when S3 does not take the policy as it would become
 * @throws AWS's own error; that the settings are denied, by a guardrail of the organization, is thrown only after what is
 * public has gone
 */
export async function applyToBucket(
  access: BucketAccess,
  plan: Plan,
  bucket: Bucket,
  onApplied: OnApplied,
): Promise<void> {
  const changes = plan.changes.map(bucketChange);
  let denied: unknown;
  for (const part of new Set(changes.map(({ action }) => partOf[action]))) {
    const mine = changes.filter(({ action }) => partOf[action] === part);
    try {
      await writers[part](access, bucket, mine);
    } catch (error) {
      if (part !== 'block' || errorCodeOf(error) !== 'AccessDenied') throw explained(error);
      denied = error;
      continue;
    }
    onApplied(mine);
  }
  if (denied !== undefined) throw denied;
}

/**
 * A change of a plan, as one of a bucket's.
 * @throws RefusedError when it is none
 */
export function bucketChange(change: Change): Change & BucketChange {
  if (isBucketChange(change)) return change;
  throw new RefusedError(`The plan's change "${change.action}" is not one of a bucket.`);
}

async function writeAcl(
  access: BucketAccess,
  bucket: Bucket,
  changes: readonly BucketChange[],
): Promise<void> {
  const now = bucketFromApi(await getAcl(access));
  const after = grantsAfter(bucket, changes);
  // Once IgnorePublicAcls is on, S3 answers the ACL without its public grants, though they are still there:
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
  if (JSON.stringify(now.grants) !== JSON.stringify(after)) unchanged('ACL', now.grants, bucket.grants);
  await putAcl(access, now.owner, after);
}

async function writePolicy(
  access: BucketAccess,
  bucket: Bucket,
  changes: readonly BucketChange[],
): Promise<void> {
  const { Policy: now } = await getPolicy(access);
  unchanged('policy', now, bucket.policy?.text);
  await putPolicy(access, policyAfter(bucket.policy, changes)?.text);
}

async function writeBlock(
  access: BucketAccess,
  bucket: Bucket,
  changes: readonly BucketChange[],
): Promise<void> {
  const now = bucketFromApi({ Name: access.name, ...(await getPublicAccessBlock(access)) });
  unchanged('public access block', now.publicAccessBlock, bucket.publicAccessBlock);
  await putBlock(access, publicAccessBlockAfter(bucket, changes));
}

function unchanged(part: string, now: unknown, before: unknown): void {
  if (JSON.stringify(now) === JSON.stringify(before)) return;
  throw new ChangedMeanwhileError(`the bucket's ${part} is not any more as it was read.`);
}

/**
 * What S3's refusal means for the plan. Codes: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
function explained(error: unknown): unknown {
  const options = { cause: error };
  switch (errorCodeOf(error)) {
    case 'NoSuchBucket':
      return new ChangedMeanwhileError('the bucket is gone.', options);
    case 'OperationAborted':
      return new ChangedMeanwhileError('S3 is busy with another change of the bucket.', options);
    case 'AccessControlListNotSupported':
      return new ChangedMeanwhileError(
        'the bucket has no ACL any more: its owner owns every object.',
        options,
      );
    case 'MalformedPolicy': {
      return new RefusedError(
        `S3 does not take the policy without its public part: ${messageOf(error)}`,
        options,
      );
    }
    default:
      return error;
  }
}
