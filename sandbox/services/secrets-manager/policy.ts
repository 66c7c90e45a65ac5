import type { Policies } from '../service';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
export const policy: Policies = {
  malformed: 'MalformedPolicyDocumentException',
  setBy: ({ operation, parameters }) =>
    operation === 'PutResourcePolicy'
      ? { kind: 'resource', text: parameters.ResourcePolicy ?? '' }
      : undefined,
};
