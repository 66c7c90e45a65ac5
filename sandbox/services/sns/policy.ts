import type { Policies } from '../service';

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
export const policy: Policies = {
  malformed: 'InvalidParameter',
  emptyRemoves: true,
  setBy({ operation, parameters }) {
    if (operation === 'CreateTopic') {
      const attributes = parameters.Attributes as Record<string, unknown> | undefined;
      return { kind: 'resource', text: attributes?.Policy };
    }
    return operation === 'SetTopicAttributes' && parameters.AttributeName === 'Policy'
      ? { kind: 'resource', text: parameters.AttributeValue }
      : undefined;
  },
};
