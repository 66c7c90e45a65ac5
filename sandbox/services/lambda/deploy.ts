import { createHash } from 'node:crypto';
import * as z from 'zod';
import {
  defineHandler,
  ignored,
  ignoredTags,
  type ResourceContext,
  text,
  truth,
  wholeNumber,
} from '../../cloudformation/resource-type';
import type { FunctionDefinition, FunctionPermission } from './definitions';

const code = z.union([
  z.strictObject({ ZipFile: z.string() }),
  z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
]);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-function.html */
export const lambdaFunction = defineHandler(
  z.strictObject({
    Architectures: ignored('A function runs on the processor of this machine.'),
    Code: code,
    Description: ignored('It is for people.'),
    Environment: z.strictObject({ Variables: z.record(z.string(), text).default({}) }).optional(),
    FunctionName: z.string().optional(),
    Handler: z.string(),
    LoggingConfig: ignored('What a function logs is an event of the sandbox.'),
    // 128 MB and 3 seconds are AWS's defaults.
    MemorySize: wholeNumber.default(128),
    PackageType: z.literal('Zip').optional(),
    ReservedConcurrentExecutions: wholeNumber.optional(),
    Role: z.string(),
    Runtime: z.string(),
    Tags: ignoredTags,
    Timeout: wholeNumber.default(3),
    TracingConfig: ignored('The sandbox keeps no traces.'),
  }),
  async (properties, context) => {
    const functionName = properties.FunctionName ?? context.generatedName(64);
    const arn = functionArn(functionName, context);
    const definition: FunctionDefinition = {
      ...context.place,
      functionName,
      arn,
      roleArn: properties.Role,
      handler: properties.Handler,
      runtime: properties.Runtime,
      code:
        'ZipFile' in properties.Code
          ? { inline: properties.Code.ZipFile }
          : { directory: await context.asset(properties.Code.S3Bucket, properties.Code.S3Key) },
      environment: properties.Environment?.Variables ?? {},
      timeoutSeconds: properties.Timeout,
      memoryMegabytes: properties.MemorySize,
      ...(properties.ReservedConcurrentExecutions !== undefined && {
        reservedConcurrency: properties.ReservedConcurrentExecutions,
      }),
    };
    await context.services.lambda.createFunction(definition);
    return {
      ref: functionName,
      attributes: { Arn: arn },
      remove: async () => context.services.lambda.deleteFunction(arn),
    };
  },
  { action: 'lambda:CreateFunction', mayDiffer: (name) => name !== 'FunctionName' && name !== 'Role' },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-permission.html */
export const permission = defineHandler(
  z.strictObject({
    Action: z.string(),
    FunctionName: z.string(),
    Principal: z.string(),
    SourceAccount: z.string().optional(),
    SourceArn: z.string().optional(),
  }),
  async ({ Action, FunctionName, Principal, SourceAccount, SourceArn }, context) => {
    const { lambda } = context.services;
    const granted: FunctionPermission = {
      functionArn: functionArn(FunctionName, context),
      action: Action,
      principal: Principal,
      ...(SourceArn !== undefined && { sourceArn: SourceArn }),
      ...(SourceAccount !== undefined && { sourceAccount: SourceAccount }),
    };
    lambda.addPermission(granted);
    return {
      ref: context.generatedName(),
      attributes: {},
      remove: async () => lambda.removePermission(granted),
    };
  },
  { action: 'lambda:AddPermission' },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-eventsourcemapping.html */
export const eventSourceMapping = defineHandler(
  z.strictObject({
    // Ten messages, no waiting, and enabled are AWS's defaults for a queue.
    BatchSize: wholeNumber.default(10),
    Enabled: truth.default(true),
    EventSourceArn: z.string().regex(/^arn:aws:sqs:/, 'The sandbox polls queues only.'),
    FunctionName: z.string(),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
    MaximumBatchingWindowInSeconds: wholeNumber.default(0),
    ScalingConfig: z.strictObject({ MaximumConcurrency: wholeNumber.optional() }).optional(),
    Tags: ignoredTags,
  }),
  async (properties, context) => {
    const id = createHash('sha256').update(context.generatedName()).digest('hex').slice(0, 32);
    const maximumConcurrency = properties.ScalingConfig?.MaximumConcurrency;
    const { lambda } = context.services;
    const ends = {
      functionArn: functionArn(properties.FunctionName, context),
      queueArn: properties.EventSourceArn,
    };
    await lambda.createEventSourceMapping({
      ...context.place,
      ...ends,
      enabled: properties.Enabled,
      batchSize: properties.BatchSize,
      maximumBatchingWindowSeconds: properties.MaximumBatchingWindowInSeconds,
      ...(maximumConcurrency !== undefined && { maximumConcurrency }),
      reportBatchItemFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    });
    return { ref: id, attributes: { Id: id }, remove: () => lambda.deleteEventSourceMapping(ends) };
  },
  { action: 'lambda:CreateEventSourceMapping' },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-eventinvokeconfig.html */
export const eventInvokeConfig = defineHandler(
  z.strictObject({
    FunctionName: z.string(),
    MaximumEventAgeInSeconds: ignored(
      'No asynchronous invocation waits long enough in the sandbox to get old.',
    ),
    // Two is AWS's default.
    MaximumRetryAttempts: wholeNumber.default(2),
    Qualifier: z.literal('$LATEST'),
  }),
  async ({ FunctionName, MaximumRetryAttempts: maximumRetryAttempts }, context) => {
    const arn = functionArn(FunctionName, context);
    const { lambda } = context.services;
    lambda.putEventInvokeConfig(arn, { maximumRetryAttempts });
    return {
      ref: context.generatedName(),
      attributes: {},
      remove: async () => lambda.deleteEventInvokeConfig(arn),
    };
  },
  { action: 'lambda:PutFunctionEventInvokeConfig' },
);

/** A template names a function by its name or its ARN. */
function functionArn(nameOrArn: string, { place }: ResourceContext): string {
  if (nameOrArn.startsWith('arn:')) return nameOrArn;
  return `arn:aws:lambda:${place.region}:${place.accountId}:function:${nameOrArn}`;
}

/** The service's resource types in templates. */
export const resourceTypes = () => ({
  'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': permission,
});
