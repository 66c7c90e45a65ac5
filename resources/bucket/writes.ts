import {
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  type Grant,
  type Owner,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { asWrite } from '../kit/aws-error';
import type { Grant as SeenGrant } from './acl';
import { type BucketAccess, ownBucket } from './calls';
import type { BlockSettings } from './model';

/*
 * Each replaces a part of a bucket as a whole. They throw StoppedError when nothing may be written now, and S3's own errors, of which
 * `mayHaveBeenMade` knows what they say of the write.
 */

/** @param grants as S3 answered them, so that their permissions are S3's */
export async function putAcl(
  access: BucketAccess,
  owner: Owner | undefined,
  grants: readonly SeenGrant[],
): Promise<void> {
  const AccessControlPolicy = { Owner: owner, Grants: [...grants] as Grant[] };
  const put = new PutBucketAclCommand({ ...ownBucket(access), AccessControlPolicy });
  await access.mayWrite();
  await asWrite(access.s3.send(put, { abortSignal: access.signal }));
}

/** @param policy its text; undefined deletes it */
export async function putPolicy(access: BucketAccess, policy: string | undefined): Promise<void> {
  const { s3, signal: abortSignal } = access;
  const own = ownBucket(access);
  await access.mayWrite();
  await asWrite<unknown>(
    policy === undefined
      ? s3.send(new DeleteBucketPolicyCommand(own), { abortSignal })
      : s3.send(new PutBucketPolicyCommand({ ...own, Policy: policy }), { abortSignal }),
  );
}

/** @param settings all four; null deletes them */
export async function putBlock(access: BucketAccess, settings: BlockSettings | null): Promise<void> {
  const { s3, signal: abortSignal } = access;
  const own = ownBucket(access);
  await access.mayWrite();
  await asWrite<unknown>(
    settings === null
      ? s3.send(new DeletePublicAccessBlockCommand(own), { abortSignal })
      : s3.send(new PutPublicAccessBlockCommand({ ...own, PublicAccessBlockConfiguration: settings }), {
          abortSignal,
        }),
  );
}
