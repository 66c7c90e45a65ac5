import type { Json } from '../../core/json';
import type { Change } from '../../core/plan';
import { isFields } from '../kit/input';
import { type Grant, isPublicGrant } from './acl';
import {
  type BucketChange,
  grantsAfter,
  isBucketChange,
  policyAfter,
  publicAccessBlockAfter,
} from './changes';
import { meaningOf, sameGrants, samePolicy, sameSettings } from './meaning';
import { type BlockSettings, type Bucket, blockSettingNames, bucketFromApi } from './model';
import type { BucketPolicy } from './policy';

/** A bucket as a saved state, or a reading just now, has it. */
export interface SavedBucket {
  bucket: Bucket;
  /** The bucket's own settings; null where it has none. */
  block: BlockSettings | null;
}

/** An ACL as S3 answered it. */
export interface SeenAcl {
  grants: readonly Grant[];
  /**
   * Whether public grants are left out: S3 shows the ACL without them while IgnorePublicAcls is on, though they are there:
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
   */
  partial: boolean;
}

/** One of the parts of a bucket that a write replaces as a whole. */
export interface BucketPart<Value> {
  actions: ReadonlySet<BucketChange['action']>;
  of(saved: SavedBucket): Value;
  /** What changes of this part make of it. */
  after(saved: SavedBucket, changes: readonly BucketChange[]): Value;
  /** Whether two values mean the same, as far as both show it. */
  same(one: Value, other: Value): boolean;
  /** Whether all is still there that changes of this part take, so that they cannot have been made. */
  isUntaken(value: Value, changes: readonly BucketChange[]): boolean;
  /** Of two values that mean the same, the one that shows more. */
  fuller(one: Value, other: Value): Value;
}

/**
 * Reads a saved state.
 * @param state what the API answered, in the form that `bucketFromApi` reads
 * @throws ResourceInputError when it cannot be understood
 */
export function savedBucket(state: Json): SavedBucket {
  const bucket = bucketFromApi(state);
  const hasBlock = isFields(state) && isFields(state.PublicAccessBlockConfiguration);
  return { bucket, block: hasBlock ? bucket.publicAccessBlock : null };
}

/** Those of a plan's changes that change a bucket. */
export function bucketChangesOf(changes: readonly Change[]): BucketChange[] {
  return changes.filter(isBucketChange);
}

/** The ACL. */
export const aclPart: BucketPart<SeenAcl> = {
  actions: new Set(['removeGrant']),
  of({ bucket: { grants, publicAccessBlock, accountPublicAccessBlock } }) {
    return {
      grants,
      partial: publicAccessBlock.IgnorePublicAcls || accountPublicAccessBlock.IgnorePublicAcls,
    };
  },
  // Public grants are taken from an ACL only while they count, and are seen.
  after: ({ bucket }, changes) => ({ grants: grantsAfter(bucket, changes), partial: false }),
  same(one, other) {
    const shown = ({ grants }: SeenAcl) =>
      one.partial || other.partial ? grants.filter((grant) => !isPublicGrant(grant)) : grants;
    return sameGrants(shown(one), shown(other));
  },
  isUntaken: ({ grants }, changes) =>
    changes.every(
      (change) =>
        change.action === 'removeGrant' &&
        grants.some(
          ({ Grantee, Permission }) => Grantee.URI === change.grantee && Permission === change.permission,
        ),
    ),
  fuller: (one, other) => (other.partial ? one : other),
};

/** The policy; undefined where there is none. */
export const policyPart: BucketPart<BucketPolicy | undefined> = {
  actions: new Set(['removeStatement', 'editStatement', 'deletePolicy']),
  of: ({ bucket: { policy } }) => policy,
  after: ({ bucket }, changes) => policyAfter(bucket, changes),
  same: samePolicy,
  isUntaken(policy, changes) {
    const there = new Set(policy?.statements.map(meaningOf));
    return changes.every((change) => takenStatements(change).every((one) => there.has(meaningOf(one))));
  },
  fuller: (_one, other) => other,
};

/** The bucket's own block settings; null where it has none. */
export const blockPart: BucketPart<BlockSettings | null> = {
  actions: new Set(['blockPublicAccess']),
  of: ({ block }) => block,
  after: ({ bucket }, changes) => publicAccessBlockAfter(bucket, changes),
  same: sameSettings,
  isUntaken: (block, changes) =>
    changes.every(
      (change) =>
        change.action === 'blockPublicAccess' &&
        blockSettingNames.every((name) => change.before[name] || !change.settings[name] || !block?.[name]),
    ),
  fuller: (_one, other) => other,
};

function takenStatements(change: BucketChange): readonly Json[] {
  switch (change.action) {
    case 'removeStatement':
      return [change.statement];
    case 'editStatement':
      return [change.before];
    case 'deletePolicy':
      return bucketFromApi({ Policy: change.policy }).policy?.statements ?? [];
    default:
      return [];
  }
}
