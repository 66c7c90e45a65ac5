import { queueUrl } from '../../core/queue-address';
import { readConfigurationItem } from '../kit/configuration-item';
import { type Fields, fieldsOf, optionalTextOf } from '../kit/input';
import { type ResourcePolicy, readPolicy } from '../kit/policy/resource-policy';
import type { ConfigurationItems } from '../kit/resource-type';

/** An SQS queue, as far as it decides who can reach it. */
export interface Queue {
  /** Its URL; empty where the input does not say. */
  url: string;
  policy?: ResourcePolicy;
}

/**
 * Fills the model from what SQS's API answers about a queue: `Attributes` (GetQueueAttributes) with `Policy`, which a queue
 * without one does not have, and `QueueUrl`, which may be left out.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 * @throws ResourceInputError when it cannot be understood.
 */
export function queueFromApi(answer: unknown): Queue {
  const fields = fieldsOf(answer, 'The queue');
  const attributes = fieldsOf(fields.Attributes, 'Attributes');
  return queueOf(optionalTextOf(fields.QueueUrl, 'QueueUrl'), attributes);
}

/** @throws ResourceInputError when the item cannot be understood. */
function queueFromConfigurationItem(item: unknown): Queue {
  const fields = readConfigurationItem(item, 'AWS::SQS::Queue');
  return queueOf(
    optionalTextOf(fields.resourceId, 'resourceId'),
    fieldsOf(fields.configuration, 'configuration'),
  );
}

/**
 * Queues as AWS Config records them: `configuration` holds the attributes under SQS's own names, and `Policy` as text where
 * there is one. AWS Config's managed rule judges by the same item:
 * https://docs.aws.amazon.com/config/latest/developerguide/sqs-queue-no-public-access.html
 * https://github.com/awslabs/aws-config-resource-schema/blob/master/config/properties/resource-types/AWS::SQS::Queue.properties.json
 */
export const queueItems: ConfigurationItems<Queue> = {
  fromConfigurationItem: queueFromConfigurationItem,
  relevantChanges: ['Configuration.Policy'],
};

function queueOf(url: string | undefined, attributes: Fields): Queue {
  const { Policy: policy } = attributes;
  return {
    url: url ?? urlOfArn(optionalTextOf(attributes.QueueArn, 'QueueArn')) ?? '',
    ...(policy === undefined || policy === null || policy === ''
      ? {}
      : { policy: readPolicy(policy, 'Policy') }),
  };
}

/** The URL of the queue that an ARN names; undefined for what is no queue's ARN. */
export function urlOfArn(arn: unknown): string | undefined {
  if (typeof arn !== 'string') return undefined;
  const [, region, accountId, name] = /^arn:[^:]+:sqs:([^:]+):([^:]+):([^:]+)$/.exec(arn) ?? [];
  return region && accountId && name ? queueUrl(accountId, region, name) : undefined;
}
