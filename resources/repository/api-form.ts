import type { ApiForm } from '../kit/api-form';
import { plainForm } from '../kit/policy/holder/plain-form';

/** Repositories. */
export const repositoryApiForm: ApiForm = {
  form: `an object with policyText, null where there is none, repositoryName and registryId; ${plainForm}`,
  commands: ['aws ecr get-repository-policy'],
};
