import { publicStatements } from '../../../controls/s3-public-access/public-policy';
import { bucketFromApi } from '../../../resources/bucket/model';

/**
 * Whether a bucket policy is public by S3's own definition, whatever is blocked. S3 itself decides that at AWS; here the
 * control's verdict stands for it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 *
 * @throws ResourceInputError when the text is no policy.
 */
export function policyIsPublic(bucketName: string, policy: string): boolean {
  return publicStatements(bucketFromApi({ Name: bucketName, Policy: policy })).length > 0;
}
