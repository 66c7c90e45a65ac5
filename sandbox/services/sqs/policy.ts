import type { Policies } from '../service';
import { queueAttributes } from './queue-attributes';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export const policy: Policies = {
  malformed: 'InvalidAttributeValue',
  emptyRemoves: true,
  setBy: ({ operation, parameters }) =>
    operation === 'CreateQueue' || operation === 'SetQueueAttributes'
      ? { kind: 'resource', text: queueAttributes(parameters)?.Policy }
      : undefined,
};
