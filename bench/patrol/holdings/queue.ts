import { queueUrl } from '../../../core/queue-address';
import type { Holding } from './holding';

/** Queues without a policy. */
export const queues: Holding = {
  usual: 10,
  large: 400,
  plant(aws, { accountId, region }, index) {
    const name = `queue-${index}`;
    aws.sqs.createQueue(queueUrl(accountId, region, name), {
      accountId,
      region,
      name,
      attributes: { CreatedTimestamp: '1' },
    });
  },
};
