import { ResourceInputError } from '../../core/errors';
import { queueUrl } from '../../core/queue-address';
import { readConfigurationItem } from '../kit/configuration-item';
import { fieldsOf, isText, optionalTextOf } from '../kit/input';
import {
  type HolderAnswers,
  type HolderFields,
  holderFromApi,
  holderOf,
  isAbsentPolicy,
  type PolicyHolder,
} from '../kit/policy/holder/model';
import type { ConfigurationItems } from '../kit/resource-type';

/** An SQS queue, as far as it decides who can reach it. Its id is its URL. */
export type Queue = PolicyHolder;

const answers: HolderAnswers = {
  subject: 'The queue',
  answerKey: 'Attributes',
  fromAnswer({ QueueUrl, Attributes }) {
    const { Policy, CreatedTimestamp } = fieldsOf(Attributes, 'Attributes');
    // SQS answers what it is asked for alone. Whoever asked for the policy among others has this one, too.
    if (isAbsentPolicy(Policy) && CreatedTimestamp === undefined) {
      throw new ResourceInputError(
        'Attributes holds neither Policy nor CreatedTimestamp, so that nobody may have asked for the policy: hand over what aws sqs get-queue-attributes --attribute-names All prints.',
      );
    }
    return partsOf(optionalTextOf(QueueUrl, 'QueueUrl'), Attributes, 'Attributes');
  },
  placeOf: (id) => {
    const accountId = /^https:\/\/[^/]+\/(\d{12})\/[^/]+$/.exec(id)?.[1];
    return accountId === undefined ? {} : { accountId };
  },
};

/**
 * Fills the model from what SQS's API answers about a queue: `Attributes` (GetQueueAttributes) with `Policy`, which a queue
 * without one does not have, and `QueueUrl`, which may be left out. Or from the form that all policies have.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 * @throws ResourceInputError when it cannot be understood.
 */
export function queueFromApi(answer: unknown): Queue {
  return holderFromApi(answer, answers);
}

/** @throws ResourceInputError when the item cannot be understood. */
function queueFromConfigurationItem(item: unknown): Queue {
  const fields = readConfigurationItem(item, 'AWS::SQS::Queue');
  const url = optionalTextOf(fields.resourceId, 'resourceId');
  return holderOf(partsOf(url, fields.configuration, 'configuration'), answers);
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

function partsOf(url: string | undefined, attributes: unknown, where: string): HolderFields {
  const { Policy, QueueArn, CreatedTimestamp } = fieldsOf(attributes, where);
  const id = url ?? urlOfArn(optionalTextOf(QueueArn, 'QueueArn'));
  return { id, arn: isText(QueueArn) ? QueueArn : undefined, policy: Policy, createdAt: CreatedTimestamp };
}

/** The URL of the queue that an ARN names; undefined for what is no queue's ARN. */
export function urlOfArn(arn: unknown): string | undefined {
  if (typeof arn !== 'string') return undefined;
  const [, region, accountId, name] = /^arn:[^:]+:sqs:([^:]+):([^:]+):([^:]+)$/.exec(arn) ?? [];
  return region && accountId && name ? queueUrl(accountId, region, name) : undefined;
}
