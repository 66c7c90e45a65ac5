import type { Json } from '../../core/json';
import type { Change } from '../../core/plan';
import { isFields } from '../kit/input';
import { policyPartOf } from '../kit/policy/part';
import type { Part } from '../kit/trace';
import { type Grant, isPublicGrant } from './acl';
import { type BucketChange, grantsAfter, isBucketChange, publicAccessBlockAfter } from './changes';
import { sameGrants, sameSettings } from './meaning';
import { type BlockSettings, type Bucket, blockSettingNames, bucketFromApi } from './model';

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
export const aclPart: Part<SavedBucket, SeenAcl> = {
  actions: new Set<BucketChange['action']>(['removeGrant']),
  of({ bucket: { grants, publicAccessBlock, accountPublicAccessBlock } }) {
    return {
      grants,
      partial: publicAccessBlock.IgnorePublicAcls || accountPublicAccessBlock.IgnorePublicAcls,
    };
  },
  // Public grants are taken from an ACL only while they count, and are seen.
  after: ({ bucket }, changes) => ({ grants: grantsAfter(bucket, bucketChangesOf(changes)), partial: false }),
  same(one, other) {
    const shown = ({ grants }: SeenAcl) =>
      one.partial || other.partial ? grants.filter((grant) => !isPublicGrant(grant)) : grants;
    return sameGrants(shown(one), shown(other));
  },
  isUntaken: ({ grants }, changes) =>
    bucketChangesOf(changes).every(
      (change) =>
        change.action === 'removeGrant' &&
        grants.some(
          ({ Grantee, Permission }) => Grantee.URI === change.grantee && Permission === change.permission,
        ),
    ),
  fuller: (one, other) => (other.partial ? one : other),
};

/** The policy; undefined where there is none. */
export const policyPart = policyPartOf(({ bucket: { policy } }: SavedBucket) => policy);

/** The bucket's own block settings; null where it has none. */
export const blockPart: Part<SavedBucket, BlockSettings | null> = {
  actions: new Set<BucketChange['action']>(['blockPublicAccess']),
  of: ({ block }) => block,
  after: ({ bucket }, changes) => publicAccessBlockAfter(bucket, bucketChangesOf(changes)),
  same: sameSettings,
  isUntaken: (block, changes) =>
    bucketChangesOf(changes).every(
      (change) =>
        change.action === 'blockPublicAccess' &&
        blockSettingNames.every((name) => change.before[name] || !change.settings[name] || !block?.[name]),
    ),
  fuller: (_one, other) => other,
};
