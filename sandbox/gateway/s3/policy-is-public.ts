import { publicStatements } from '../../../resources/kit/policy/public-statements';
import { readPolicy } from '../../../resources/kit/policy/resource-policy';

/**
 * Whether a bucket policy is public by S3's own definition, whatever is blocked. S3 itself decides that at AWS; here the
 * control's verdict stands for it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 *
 * @throws ResourceInputError when the text is no policy.
 */
export function policyIsPublic(policy: string): boolean {
  return publicStatements(readPolicy(policy, 'Policy')).length > 0;
}
