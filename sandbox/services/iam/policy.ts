import type { Policies } from '../service';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const policy: Policies = {
  malformed: 'MalformedPolicyDocument',
  setBy({ operation, parameters }) {
    switch (operation) {
      case 'CreateRole':
        return { kind: 'trust', text: parameters.AssumeRolePolicyDocument };
      case 'UpdateAssumeRolePolicy':
        return { kind: 'trust', text: parameters.PolicyDocument };
      case 'CreatePolicy':
      case 'CreatePolicyVersion':
      case 'PutGroupPolicy':
      case 'PutRolePolicy':
      case 'PutUserPolicy':
        return { kind: 'identity', text: parameters.PolicyDocument };
      default:
        return undefined;
    }
  },
};
