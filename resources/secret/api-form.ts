import type { ApiForm } from '../kit/api-form';
import { plainForm } from '../kit/policy/holder/plain-form';

/** Secrets. */
export const secretApiForm: ApiForm = {
  form: `an object with ARN and, where there is a policy, ResourcePolicy; ${plainForm}`,
  commands: ['aws secretsmanager get-resource-policy'],
};
