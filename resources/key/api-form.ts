import type { ApiForm } from '../kit/api-form';
import { plainForm } from '../kit/policy/holder/plain-form';

/** Keys. */
export const keyApiForm: ApiForm = {
  form: `an object with Policy and, where it is known, KeyMetadata, of which KeyId, Arn, AWSAccountId and KeyManager count; ${plainForm}`,
  commands: ['aws kms get-key-policy', 'aws kms describe-key'],
};
