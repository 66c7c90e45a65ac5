import type { Change } from '../../core/plan';
import { type PolicyChange, policyAfter } from '../kit/policy/changes';
import type { Grant } from './acl';
import type { BlockSettings, Bucket } from './model';

/** One change of a bucket. */
export type BucketChange =
  /** `grantee` is the group's URI. */
  | { action: 'removeGrant'; text: string; grantee: string; permission: string }
  | PolicyChange
  /** `settings` are all four as they become: S3 replaces them as a whole. */
  | { action: 'blockPublicAccess'; text: string; before: BlockSettings; settings: BlockSettings };

const actions: ReadonlySet<string> = new Set<BucketChange['action']>([
  'removeGrant',
  'removeStatement',
  'editStatement',
  'deletePolicy',
  'blockPublicAccess',
]);

/** Whether a change is one of a bucket's. */
export function isBucketChange(change: Change | BucketChange): change is BucketChange {
  return actions.has(change.action);
}

/** The bucket as it is after the changes. What AWS says of its policy is not known then. */
export function applyChanges(bucket: Bucket, changes: readonly BucketChange[]): Bucket {
  const { policy: _policy, policyIsPublic: _policyIsPublic, ...rest } = bucket;
  const policy = policyAfter(bucket.policy, changes);
  return {
    ...rest,
    ...(policy === undefined ? {} : { policy }),
    grants: grantsAfter(bucket, changes),
    publicAccessBlock: publicAccessBlockAfter(bucket, changes),
  };
}

/** The ACL's grants after the changes. */
export function grantsAfter(bucket: Bucket, changes: readonly BucketChange[]): readonly Grant[] {
  const removed = changes.filter((change) => change.action === 'removeGrant');
  return bucket.grants.filter(
    ({ Grantee, Permission }) =>
      !removed.some(({ grantee, permission }) => grantee === Grantee.URI && permission === Permission),
  );
}

/** The bucket's own block settings after the changes. */
export function publicAccessBlockAfter(bucket: Bucket, changes: readonly BucketChange[]): BlockSettings {
  return (
    changes.findLast((change) => change.action === 'blockPublicAccess')?.settings ?? bucket.publicAccessBlock
  );
}
