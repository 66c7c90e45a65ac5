import type { Policies } from '../service';

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html */
export const policy: Policies = {
  malformed: 'MalformedPolicyDocumentException',
  setBy: ({ operation, parameters: { Content, Type } }) =>
    operation === 'CreatePolicy' && Type === 'SERVICE_CONTROL_POLICY'
      ? { kind: 'service-control', text: Content }
      : undefined,
};
