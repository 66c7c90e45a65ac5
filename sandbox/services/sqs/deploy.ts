import {
  CreateQueueCommand,
  DeleteQueueCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import {
  defineHandler,
  ignoredTags,
  policyText,
  text,
  truth,
  wholeNumber,
} from '../../cloudformation/resource-type';
import { requireExistingPrincipals } from '../iam/principals';

const queueSettings = z.strictObject({
  ContentBasedDeduplication: truth.optional(),
  DeduplicationScope: z.string().optional(),
  DelaySeconds: wholeNumber.optional(),
  FifoQueue: truth.optional(),
  FifoThroughputLimit: z.string().optional(),
  KmsDataKeyReusePeriodSeconds: wholeNumber.optional(),
  KmsMasterKeyId: z.string().optional(),
  MaximumMessageSize: wholeNumber.optional(),
  MessageRetentionPeriod: wholeNumber.optional(),
  QueueName: z.string().optional(),
  ReceiveMessageWaitTimeSeconds: wholeNumber.optional(),
  RedriveAllowPolicy: z.record(z.string(), z.unknown()).optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: text }).optional(),
  SqsManagedSseEnabled: truth.optional(),
  Tags: ignoredTags,
  VisibilityTimeout: wholeNumber.optional(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sqs-queue.html */
export const queue = defineHandler(
  queueSettings,
  async ({ QueueName: given, Tags: _, ...settings }, context) => {
    const QueueName = given ?? context.generatedName(80);
    const sqs = context.client(SQSClient);
    const { QueueUrl = '' } = await sqs.send(
      new CreateQueueCommand({ QueueName, Attributes: attributes(settings) }),
    );
    const { accountId, region } = context.place;
    return {
      ref: QueueUrl,
      attributes: { Arn: `arn:aws:sqs:${region}:${accountId}:${QueueName}`, QueueName, QueueUrl },
      remove: async () => {
        await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      },
    };
  },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sqs-queuepolicy.html */
export const queuePolicy = defineHandler(
  z.strictObject({ PolicyDocument: policyText, Queues: z.array(z.string()) }),
  async ({ PolicyDocument, Queues }, context) => {
    const sqs = context.client(SQSClient);
    const put = (Policy: string) =>
      Promise.all(
        Queues.map((QueueUrl) =>
          sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } })),
        ),
      );
    await requireExistingPrincipals(PolicyDocument, context);
    await put(PolicyDocument);
    return {
      ref: context.generatedName(),
      attributes: {},
      remove: async () => {
        await put('');
      },
    };
  },
  { mayDiffer: (name) => name === 'PolicyDocument' },
);

/** Queue attributes are text: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
function attributes(settings: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}

/** The service's resource types in templates. */
export const resourceTypes = () => ({
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueuePolicy': queuePolicy,
});
