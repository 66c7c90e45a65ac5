import { ResourceInputError } from '../../core/errors';
import { readConfigurationItem } from '../kit/configuration-item';
import { type Fields, fieldsOf, optionalTextOf } from '../kit/input';
import {
  type HolderAnswers,
  type HolderFields,
  holderFromApi,
  holderOf,
  isAbsentPolicy,
  type PolicyHolder,
} from '../kit/policy/holder/model';
import type { ConfigurationItems } from '../kit/resource-type';

/** An SNS topic, as far as it decides who can reach it. Its id is its ARN. */
export type Topic = PolicyHolder;

const withoutPolicy =
  'Attributes.Policy should be the policy of the topic, and is missing: SNS answers one of every topic.';

const answers: HolderAnswers = {
  subject: 'The topic',
  answerKey: 'Attributes',
  fromAnswer({ Attributes }) {
    const attributes = fieldsOf(Attributes, 'Attributes');
    // Without one the answer is no whole one, and a verdict by it would be none.
    if (isAbsentPolicy(attributes.Policy)) throw new ResourceInputError(withoutPolicy);
    return partsOf(attributes);
  },
  mustHavePolicy: withoutPolicy,
  placeOf: (id) => {
    const accountId = /^arn:[^:]+:sns:[^:]+:(\d{12}):[^:]+$/.exec(id)?.[1];
    return accountId === undefined ? {} : { accountId, arn: id };
  },
};

/**
 * Fills the model from what SNS's API answers about a topic: `Attributes` (GetTopicAttributes) with `TopicArn` and `Policy`. Or from
 * the form that all policies have.
 * https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
 * @throws ResourceInputError when it cannot be understood.
 */
export function topicFromApi(answer: unknown): Topic {
  return holderFromApi(answer, answers);
}

/** @throws ResourceInputError when the item cannot be understood. */
function topicFromConfigurationItem(item: unknown): Topic {
  const { resourceId, configuration } = readConfigurationItem(item, 'AWS::SNS::Topic');
  const attributes = fieldsOf(configuration, 'configuration');
  const id = optionalTextOf(resourceId, 'resourceId');
  const topic = holderOf({ ...partsOf(attributes), ...(id !== undefined && { id }) }, answers);
  // There is no topic without one.
  return isAbsentPolicy(attributes.Policy) ? { ...topic, unrecorded: true } : topic;
}

/**
 * Topics as AWS Config records them: `configuration` holds the attributes under SNS's own names, and `Policy` as text. AWS Config's
 * managed rule judges by the same item, as the configuration changes:
 * https://docs.aws.amazon.com/config/latest/developerguide/sns-topic-no-public-access.html
 * https://github.com/awslabs/aws-config-resource-schema/blob/master/config/properties/resource-types/AWS::SNS::Topic.properties.json
 */
export const topicItems: ConfigurationItems<Topic> = {
  fromConfigurationItem: topicFromConfigurationItem,
  relevantChanges: ['Configuration.Policy'],
};

function partsOf({ TopicArn, Policy }: Fields): HolderFields {
  return { id: TopicArn, policy: Policy };
}
