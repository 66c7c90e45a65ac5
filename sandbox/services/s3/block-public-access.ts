import type { ApiAnswer, ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { ApiError } from '../../gateway/protocols/errors';
import { Buckets } from './buckets';
import { checkPrincipals } from './invalid-principal';
import { policyIsPublic } from './policy-is-public';
import { ownerGrantsOnly, setsAcl, setsPublicAcl, withoutPublicGrants } from './public-acl';

/** Operations that may carry an ACL. */
const withAcl = /^(PutBucketAcl|PutObjectAcl|PutObject|CopyObject|CreateMultipartUpload|CreateBucket)$/;

/**
 * Refuses what S3 refuses and moto lets through: calls that expect another owner, policies that name a role which
 * does not exist, public ACLs and policies under a block, and ACLs where the bucket owner's ownership is enforced.
 *
 * - https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
 * - https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * - https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 *
 * @throws ApiError as S3 would answer.
 */
export function checkS3Call(call: ApiCall, learned: Learned): void {
  const { operation, parameters, principal } = call;
  const name = String(parameters.Bucket);
  const bucket = learned.of(Buckets).byName.get(name);
  const { ExpectedBucketOwner: expected } = parameters;
  if (bucket && expected !== undefined && expected !== bucket.ownerAccountId) throw accessDenied();
  if (operation === 'CreateBucket' && bucket && bucket.ownerAccountId !== principal.accountId) {
    throw new ApiError(
      'BucketAlreadyExists',
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
      409,
    );
  }
  if (operation === 'PutBucketPolicy') {
    checkPrincipals(String(parameters.Policy), learned);
    const blocked = learned.of(Buckets).effectiveBlock(name).blockPublicPolicy;
    if (blocked && policyIsPublic(String(parameters.Policy))) throw accessDenied();
  }
  if (!withAcl.test(operation) || !setsAcl(parameters)) return;
  const enforced =
    bucket?.objectOwnership === 'BucketOwnerEnforced' || parameters.ObjectOwnership === 'BucketOwnerEnforced';
  if (enforced && parameters.ACL !== 'bucket-owner-full-control') {
    throw new ApiError('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
  const { blockPublicAcls } = learned.of(Buckets).effectiveBlock(name, principal.accountId);
  if (blockPublicAcls && setsPublicAcl(parameters)) throw accessDenied();
}

/**
 * Corrects moto's answers about ACLs, also where a block or the bucket owner's ownership changes what counts: S3 shows the ACL that is
 * in effect.
 */
export function effectiveS3Answer(call: ApiCall, answer: ApiAnswer, learned: Learned): ApiAnswer {
  if (answer.status !== 200 || (call.operation !== 'GetBucketAcl' && call.operation !== 'GetObjectAcl'))
    return answer;
  const name = String(call.parameters.Bucket);
  let acl = answer.body.toString();
  if (learned.of(Buckets).effectiveBlock(name).ignorePublicAcls) acl = withoutPublicGrants(acl);
  if (learned.of(Buckets).byName.get(name)?.objectOwnership === 'BucketOwnerEnforced')
    acl = ownerGrantsOnly(acl);
  return { ...answer, body: acl };
}

/**
 * Answers GetBucketPolicyStatus, which moto leaves empty: the verdict on the policy alone, whatever is blocked.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html
 *
 * @throws ApiError when the bucket, or its policy, does not exist.
 */
export function bucketPolicyStatus(call: ApiCall, learned: Learned): ApiAnswer {
  const name = String(call.parameters.Bucket);
  if (!learned.of(Buckets).byName.has(name)) {
    throw new ApiError('NoSuchBucket', 'The specified bucket does not exist', 404);
  }
  const policy = learned.resourcePolicies.get(`arn:aws:s3:::${name}`);
  if (policy === undefined) throw new ApiError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404);
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<PolicyStatus xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsPublic>${policyIsPublic(policy)}</IsPublic></PolicyStatus>`,
  };
}

function accessDenied(): ApiError {
  return new ApiError('AccessDenied', 'Access Denied', 403);
}
