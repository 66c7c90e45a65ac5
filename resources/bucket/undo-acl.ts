import type { Touched, Undone } from '../kit/trace';
import type { Grant } from './acl';
import { grantsWithout } from './meaning';
import type { Bucket } from './model';
import { aclPart, type SeenAcl } from './parts';

/**
 * Plans how an ACL gets back the grants that a fix removed. Grants that others added or removed since stay as they are now. While
 * IgnorePublicAcls hides public grants, none are taken to be there; once the undo has turned it off, all of the ACL is read again
 * right before it is written.
 * @param hiddenBy whose IgnorePublicAcls stays on during the undo, so that the whole ACL is never seen
 */
export function undoneAcl(
  { original, left }: Touched<SeenAcl>,
  now: SeenAcl,
  { objectOwnership }: Pick<Bucket, 'objectOwnership'>,
  hiddenBy: 'account' | 'bucket' | undefined,
): Undone<{ from: SeenAcl; to: SeenAcl }> {
  if (hiddenBy !== undefined) {
    const words = 'since the fix, and hides what the ACL grants to everybody';
    return { differences: [`IgnorePublicAcls is on for the ${hiddenBy} ${words}.`] };
  }
  const isAsLeft = aclPart.same(now, left);
  const from = isAsLeft ? left : now;
  const missing: Grant[] = grantsWithout(grantsWithout(original.grants, left.grants), from.grants);
  if (missing.length === 0) return { differences: [] };
  if (objectOwnership === 'BucketOwnerEnforced') {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
    const words = 'since the fix, so that S3 does not take back what the ACL granted';
    return { differences: [`The object ownership is BucketOwnerEnforced ${words}.`] };
  }
  const to = isAsLeft ? original : { grants: [...from.grants, ...missing], partial: false };
  return { write: { from, to }, differences: [] };
}
