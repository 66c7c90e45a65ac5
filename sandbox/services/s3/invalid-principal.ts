import type { Learned } from '../../gateway/learned';
import { ApiError } from '../../gateway/protocols/errors';
import { namesMissingPrincipal } from '../iam/missing-principals';

/**
 * Refuses a bucket policy that names a user or role that does not exist.
 * https://repost.aws/knowledge-center/s3-invalid-principal-in-policy-error
 *
 * @param policy text of a well-formed policy
 * @throws ApiError `MalformedPolicy`
 */
export function checkPrincipals(policy: string, learned: Learned): void {
  if (namesMissingPrincipal(policy, learned)) {
    throw new ApiError('MalformedPolicy', 'Invalid principal in policy');
  }
}
