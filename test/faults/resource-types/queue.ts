import { control } from '../../../controls/sqs-public-policy';
import { queueUrl } from '../../../core/queue-address';
import { queueAdapter } from '../../../resources/queue/adapter';
import { policyHolder } from './policy-holder';

const name = 'planted-queue';
const region = 'eu-west-1';

/** Queues. */
export const queue = policyHolder({
  name: 'queue',
  control,
  adapter: queueAdapter(),
  region,
  action: 'sqs:SendMessage',
  idIn: (accountId) => queueUrl(accountId, region, name),
  plant: (aws, accountId, policy, tags) =>
    aws.sqs.createQueue(queueUrl(accountId, region, name), {
      accountId,
      region,
      name,
      policy,
      attributes: { QueueArn: `arn:aws:sqs:${region}:${accountId}:${name}`, CreatedTimestamp: '1' },
      tags,
    }),
  held: (aws, url) => aws.sqs.queue(url),
});
