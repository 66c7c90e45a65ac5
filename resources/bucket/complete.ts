import type { FixStep } from '../../core/fix-step';
import type { OnApplied } from '../kit/live-resource';
import { bucketChange, partOf } from './apply';
import {
  type BucketAccess,
  getAccountPublicAccessBlock,
  getAcl,
  getOwnershipControls,
  getPublicAccessBlock,
} from './calls';
import { type BucketChange, grantsAfter, publicAccessBlockAfter } from './changes';
import { sameSettings } from './meaning';
import { bucketFromApi } from './model';
import { putAcl, putBlock } from './writes';

/**
 * Makes what is left of a step that stopped half-way. A bucket may comply by then: IgnorePublicAcls makes public grants count
 * for nothing while they are still in the ACL, and what is public may have gone while the block settings are still off. A
 * policy that is still public does not comply, and is planned anew.
 * @throws AWS's own error when a call is refused
 */
export async function completeBucket(
  access: BucketAccess,
  step: FixStep,
  onApplied: OnApplied,
): Promise<void> {
  const changes = step.changes.map(bucketChange);
  const before = bucketFromApi(step.before);
  const block = changes.filter(({ action }) => partOf[action] === 'block');
  const settings = publicAccessBlockAfter(before, changes);
  const now = bucketFromApi({ Name: access.name, ...(await getPublicAccessBlock(access)) }).publicAccessBlock;
  // Settings that are neither as they were nor as they should become are somebody else's.
  if (block.length > 0 && !sameSettings(now, settings) && sameSettings(now, before.publicAccessBlock)) {
    await putBlock(access, settings);
    onApplied(block);
  }
  const acl = changes.filter(({ action }) => partOf[action] === 'acl');
  if (acl.length > 0 && (await hidesPublicGrants(access))) {
    await writeAclWithout(access, acl);
    onApplied(acl);
  }
}

/**
 * Whether the ACL may hold public grants that nobody sees. Where the bucket's owner owns every object there is no ACL to write:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
async function hidesPublicGrants(access: BucketAccess): Promise<boolean> {
  const { publicAccessBlock, accountPublicAccessBlock, objectOwnership } = bucketFromApi({
    Name: access.name,
    ...(await getPublicAccessBlock(access)),
    ...(await getAccountPublicAccessBlock(access)),
    ...(await getOwnershipControls(access)),
  });
  if (objectOwnership === 'BucketOwnerEnforced') return false;
  return publicAccessBlock.IgnorePublicAcls || accountPublicAccessBlock.IgnorePublicAcls;
}

/**
 * While IgnorePublicAcls is on, S3 answers the ACL without its public grants, though they are still there. Writing what it
 * answers, without those that the step was about to remove, takes them, and nothing else.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
async function writeAclWithout(access: BucketAccess, removals: readonly BucketChange[]): Promise<void> {
  const now = bucketFromApi(await getAcl(access));
  await putAcl(access, now.owner, grantsAfter(now, removals));
}
