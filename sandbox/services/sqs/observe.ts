import { UnsupportedError } from '../../failures';
import type { Observe } from '../service';
import { queueAttributes } from './queue-attributes';
import { queueNamed } from './queue-url';

/** Learns the policies of queues. */
export const observe: Observe = ({ operation, parameters, url, region, accountId }, _answer, { learned }) => {
  const name = queueNamed(operation, parameters, url, accountId)?.name;
  const arn = `arn:aws:sqs:${region}:${accountId}:${name}`;
  const policy = queueAttributes(parameters)?.Policy;
  if (operation === 'DeleteQueue') learned.setResourcePolicy(arn, undefined);
  if (operation === 'CreateQueue' && policy) learned.setResourcePolicy(arn, policy);
  if (operation === 'SetQueueAttributes' && policy !== undefined) learned.setResourcePolicy(arn, policy);
  if (operation === 'AddPermission') {
    throw new UnsupportedError(
      'SQS AddPermission is not followed. Set the queue’s Policy attribute instead.',
    );
  }
};
