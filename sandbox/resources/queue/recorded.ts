import { GetQueueAttributesCommand, ListQueuesCommand, ListQueueTagsCommand } from '@aws-sdk/client-sqs';
import { queueArn, queueUrl } from '../../../core/queue-address';
import type { ResourcePlace } from '../../events';
import type { RecordedType, RecordingParts } from '../../services/config/recorded-type';
import { queueNamed, queueOfUrl } from '../../services/sqs/queue-url';
import { sqsClient } from './clients';

const resourceType = 'AWS::SQS::Queue';

const operations = /^(CreateQueue|DeleteQueue|SetQueueAttributes|TagQueue|UntagQueue)$/;

/** Numbers that change with every message, which AWS Config does not record. */
const counts = /^ApproximateNumberOf/;

/** Queues. An id is the URL of AWS's own endpoint, whatever host a call went to. */
export function queues({ clients }: Pick<RecordingParts, 'clients'>): RecordedType {
  return {
    resourceType,

    async touches({ service, operation, parameters, url, accountId, region }) {
      if (service !== 'sqs' || !operations.test(operation)) return [];
      const name = queueNamed(operation, parameters, url, accountId)?.name;
      if (name === undefined) return [];
      const resourceId = queueUrl(accountId, region, name);
      return [{ accountId, region, resourceType, resourceId, aspects: 'everything' }];
    },

    async list(place) {
      const { QueueUrls = [] } = await clients.of(place).client(sqsClient).send(new ListQueuesCommand({}));
      return QueueUrls.flatMap((url) => queueOfUrl(url)?.name ?? []).map((name) =>
        queueUrl(place.accountId, place.region, name),
      );
    },

    async read(resource) {
      try {
        return await readQueue(resource);
      } catch (error) {
        if (error instanceof Error && error.name === 'QueueDoesNotExist') return undefined;
        throw error;
      }
    },
  };

  async function readQueue({ accountId, region, resourceId }: ResourcePlace) {
    const client = clients.of({ accountId, region }).client(sqsClient);
    const QueueUrl = resourceId;
    const [{ Attributes = {} }, { Tags = {} }] = await Promise.all([
      client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })),
      client.send(new ListQueueTagsCommand({ QueueUrl })),
    ]);
    const name = queueOfUrl(resourceId)?.name ?? '';
    const recorded = Object.entries(Attributes).filter(([attribute]) => !counts.test(attribute));
    return {
      resourceName: name,
      ARN: queueArn(accountId, region, name),
      availabilityZone: 'Not Applicable',
      resourceCreationTime: new Date(Number(Attributes.CreatedTimestamp) * 1000).toISOString(),
      tags: Tags,
      relationships: [],
      configuration: { ...Object.fromEntries(recorded), QueueName: name, QueueUrl },
      supplementaryConfiguration: {},
    };
  }
}
