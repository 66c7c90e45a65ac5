import type { JsonObject } from '../../core/json';
import type { Change } from '../../core/plan';
import type { Grant } from './acl';
import type { BlockSettings, Bucket } from './model';
import { type BucketPolicy, replaceStatements } from './policy';

/** One change of a bucket. Indexes are places in the policy as it is before any change, from 0. */
export type BucketChange =
  /** `grantee` is the group's URI. */
  | { action: 'removeGrant'; text: string; grantee: string; permission: string }
  | { action: 'removeStatement'; text: string; index: number; statement: JsonObject }
  | { action: 'editStatement'; text: string; index: number; before: JsonObject; after: JsonObject }
  /** `policy` is the text that goes. */
  | { action: 'deletePolicy'; text: string; policy: string }
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
  const policy = policyAfter(bucket, changes);
  return {
    ...rest,
    ...(policy === undefined ? {} : { policy }),
    grants: grantsAfter(bucket, changes),
    publicAccessBlock: publicAccessBlockAfter(bucket, changes),
  };
}

/**
 * The policy after the changes; undefined where none is left. Its text is the old one where nothing changes it.
 * @throws RefusedError when the statements that stay cannot be written as they are
 */
export function policyAfter(bucket: Bucket, changes: readonly BucketChange[]): BucketPolicy | undefined {
  const { policy } = bucket;
  if (policy === undefined || changes.some(({ action }) => action === 'deletePolicy')) return undefined;
  const statements: (JsonObject | undefined)[] = [...policy.statements];
  let changed = false;
  for (const change of changes) {
    if (change.action !== 'removeStatement' && change.action !== 'editStatement') continue;
    statements[change.index] = change.action === 'editStatement' ? change.after : undefined;
    changed = true;
  }
  return changed ? replaceStatements(policy, statements) : policy;
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
