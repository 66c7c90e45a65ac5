import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import * as z from 'zod';
import {
  defineHandler,
  ignoredTags,
  policyText,
  type ResourceContext,
  truth,
} from '../../cloudformation/resource-type';
import { requireExistingPrincipals } from '../iam/principals';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sns-topic.html */
export const topic = defineHandler(
  z.strictObject({
    DisplayName: z.string().optional(),
    KmsMasterKeyId: z.string().optional(),
    Tags: ignoredTags,
    TopicName: z.string().optional(),
  }),
  async ({ DisplayName, KmsMasterKeyId, TopicName }, context) => {
    const Name = TopicName ?? context.generatedName(256);
    const Attributes = {
      ...(DisplayName !== undefined && { DisplayName }),
      ...(KmsMasterKeyId !== undefined && { KmsMasterKeyId }),
    };
    const sns = context.client(SNSClient);
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name, Attributes }));
    return {
      ref: TopicArn,
      attributes: { TopicArn, TopicName: Name },
      remove: async () => {
        await sns.send(new DeleteTopicCommand({ TopicArn }));
      },
    };
  },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sns-topicpolicy.html */
export const topicPolicy = defineHandler(
  z.strictObject({ PolicyDocument: policyText, Topics: z.array(z.string()) }),
  async ({ PolicyDocument, Topics }, context) => {
    const sns = context.client(SNSClient);
    const put = (policyOf: (topicArn: string) => string) =>
      Promise.all(
        Topics.map((TopicArn) =>
          sns.send(
            new SetTopicAttributesCommand({
              TopicArn,
              AttributeName: 'Policy',
              AttributeValue: policyOf(TopicArn),
            }),
          ),
        ),
      );
    await requireExistingPrincipals(PolicyDocument, context);
    await put(() => PolicyDocument);
    return {
      ref: context.generatedName(),
      attributes: {},
      remove: async () => {
        await put((topicArn) => defaultPolicy(topicArn, context.place.accountId));
      },
    };
  },
  { mayDiffer: (name) => name === 'PolicyDocument' },
);

/** What a topic has without a policy of somebody's: its owner alone. https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
function defaultPolicy(topicArn: string, accountId: string): string {
  const Principal = { AWS: `arn:aws:iam::${accountId}:root` };
  const statement = { Effect: 'Allow', Principal, Action: 'sns:*', Resource: topicArn };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** Protocols that lead out of this machine. */
const outside = ['email', 'https'] as const;

function isOutside(protocol: string): boolean {
  return (outside as readonly string[]).includes(protocol);
}

/** A subscription that nobody confirms, which is what AWS makes first, too. Nothing is asked to send a confirmation from here. */
function pendingSubscription(topicArn: string, context: ResourceContext) {
  const arn = `${topicArn}:${context.generatedName()}`;
  return { ref: arn, attributes: { Arn: arn }, remove: async () => {} };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sns-subscription.html */
export const subscription = defineHandler(
  z.strictObject({
    Endpoint: z.string(),
    FilterPolicy: z.record(z.string(), z.unknown()).optional(),
    FilterPolicyScope: z.enum(['MessageAttributes', 'MessageBody']).optional(),
    // moto delivers to queues. People are not reached from the sandbox; another protocol would subscribe and deliver nothing.
    Protocol: z.enum(['sqs', ...outside]),
    RawMessageDelivery: truth.optional(),
    TopicArn: z.string(),
  }),
  async ({ Endpoint, Protocol, TopicArn, FilterPolicy, FilterPolicyScope, RawMessageDelivery }, context) => {
    const Attributes = {
      ...(FilterPolicy && { FilterPolicy: JSON.stringify(FilterPolicy) }),
      ...(FilterPolicyScope && { FilterPolicyScope }),
      ...(RawMessageDelivery !== undefined && { RawMessageDelivery: String(RawMessageDelivery) }),
    };
    if (isOutside(Protocol)) return pendingSubscription(TopicArn, context);
    const sns = context.client(SNSClient);
    const { SubscriptionArn = '' } = await sns.send(
      new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true }),
    );
    return {
      ref: SubscriptionArn,
      attributes: { Arn: SubscriptionArn },
      remove: async () => {
        await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
      },
    };
  },
);

/** The service's resource types in templates. */
export const resourceTypes = () => ({
  'AWS::SNS::Subscription': subscription,
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicPolicy': topicPolicy,
});
