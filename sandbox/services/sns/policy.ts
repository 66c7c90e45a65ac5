import type { ApiCall } from '../../gateway/api';
import type { Policies } from '../service';

/**
 * A topic always has a policy: SNS takes no empty one, as Terraform's AWS provider was told by AWS (`resourceTopicPolicyDelete`).
 * https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
 */
export const policy: Policies = {
  malformed: 'InvalidParameter',
  setBy(call) {
    const text = policySetBy(call);
    return text === undefined ? undefined : { kind: 'resource', text };
  },
};

/** The text that a call sets as a topic's policy; undefined for a call that sets none. */
export function policySetBy({ operation, parameters }: ApiCall): unknown {
  if (operation === 'CreateTopic') {
    return (parameters.Attributes as Record<string, unknown> | undefined)?.Policy;
  }
  const setsPolicy = operation === 'SetTopicAttributes' && parameters.AttributeName === 'Policy';
  return setsPolicy ? (parameters.AttributeValue ?? '') : undefined;
}
