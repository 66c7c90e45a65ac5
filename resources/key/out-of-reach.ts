import { RefusedError } from '../../core/errors';
import { errorCodeOf, messageOf } from '../kit/aws-error';

/**
 * Makes a call about a key. Where the key's own policy does not let the account's roles make it, no attempt will ever succeed, and
 * only the policy's own principals can change that:
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 * AWS says by which policy it refused a call:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @throws RefusedError where the key is out of reach; any other error of the call as it is
 */
export async function withinReach<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (errorCodeOf(error) !== 'AccessDeniedException' || !/resource-based policy/i.test(messageOf(error))) {
      throw error;
    }
    throw new RefusedError(
      `The key is out of reach: its policy does not let the account's own roles read or change it, so that only its own principals can. KMS says: ${messageOf(error)}`,
      { cause: error },
    );
  }
}
