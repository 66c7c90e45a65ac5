import type { Policies } from '../service';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html */
export const policy: Policies = {
  kind: 'repository',
  malformed: 'InvalidParameterException',
  setBy: ({ operation, parameters }) =>
    operation === 'SetRepositoryPolicy'
      ? { kind: 'repository', text: parameters.policyText ?? '' }
      : undefined,
};
