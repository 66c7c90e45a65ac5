import * as z from 'zod';
import { defineHandler, ignored, truth } from '../../cloudformation/resource-type';
import { configRuleArn } from './rule-arn';

const recordingMode = z.strictObject({ RecordingFrequency: z.enum(['CONTINUOUS', 'DAILY']) });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-config-configurationrecorder.html */
export const configurationRecorder = defineHandler(
  z.strictObject({
    Name: z.string().default('default'),
    RecordingGroup: z
      .strictObject({
        AllSupported: truth.default(false),
        IncludeGlobalResourceTypes: ignored('It adds IAM resources, which no rule of the sandbox is about.'),
        RecordingStrategy: z
          .strictObject({ UseOnly: z.enum(['INCLUSION_BY_RESOURCE_TYPES', 'ALL_SUPPORTED_RESOURCE_TYPES']) })
          .optional(),
        ResourceTypes: z.array(z.string()).default([]),
      })
      // Without a group everything is recorded.
      .default({ AllSupported: true, ResourceTypes: [] }),
    RecordingMode: recordingMode.optional(),
    RoleARN: z.string(),
  }),
  async ({ Name, RecordingGroup, RecordingMode, RoleARN }, context) => {
    const { RecordingStrategy } = RecordingGroup;
    context.services.config.putConfigurationRecorder(context.place, {
      name: Name,
      roleArn: RoleARN,
      resourceTypes: RecordingGroup.ResourceTypes,
      allSupported: RecordingStrategy
        ? RecordingStrategy.UseOnly === 'ALL_SUPPORTED_RESOURCE_TYPES'
        : RecordingGroup.AllSupported,
      ...(RecordingMode && { frequency: RecordingMode.RecordingFrequency }),
    });
    return {
      ref: Name,
      attributes: {},
      remove: async () => context.services.config.deleteConfigurationRecorder(context.place),
    };
  },
  { action: 'config:PutConfigurationRecorder', mayDiffer: (name) => name !== 'Name' },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-config-deliverychannel.html */
export const deliveryChannel = defineHandler(
  z.strictObject({
    ConfigSnapshotDeliveryProperties: ignored('Snapshots are delivered once an hour at most.'),
    Name: z.string().default('default'),
    S3BucketName: z.string(),
  }),
  async ({ Name, S3BucketName }, context) => {
    const { config } = context.services;
    await config.putDeliveryChannel(context.place, { name: Name, bucketName: S3BucketName });
    return {
      ref: Name,
      attributes: {},
      remove: async () => config.deleteDeliveryChannel(context.place),
    };
  },
  { action: 'config:PutDeliveryChannel' },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-config-configrule.html */
export const configRule = defineHandler(
  z.strictObject({
    ConfigRuleName: z.string().optional(),
    Description: ignored('It is for people.'),
    EvaluationModes: z.tuple([z.strictObject({ Mode: z.literal('DETECTIVE') })]).optional(),
    InputParameters: z
      .union([z.string(), z.record(z.string(), z.unknown()).transform((values) => JSON.stringify(values))])
      .optional(),
    MaximumExecutionFrequency: ignored(
      'The sandbox evaluates a periodic rule when something changed, not by the clock.',
    ),
    Scope: z.strictObject({ ComplianceResourceTypes: z.array(z.string()) }).optional(),
    Source: z.strictObject({
      Owner: z.enum(['AWS', 'CUSTOM_LAMBDA']),
      SourceDetails: z
        .array(z.strictObject({ EventSource: z.literal('aws.config'), MessageType: z.string() }))
        .default([]),
      SourceIdentifier: z.string(),
    }),
  }),
  async ({ ConfigRuleName, InputParameters, Scope, Source }, context) => {
    const name = ConfigRuleName ?? context.generatedName(128);
    const arn = configRuleArn(context.place, name);
    await context.services.config.putRule({
      ...context.place,
      name,
      arn,
      owner: Source.Owner,
      sourceIdentifier: Source.SourceIdentifier,
      ...(InputParameters !== undefined && { inputParameters: InputParameters }),
      resourceTypes: Scope?.ComplianceResourceTypes ?? [],
      messageTypes: Source.SourceDetails.map((detail) => detail.MessageType),
    });
    return {
      ref: name,
      attributes: { Arn: arn, ConfigRuleId: arn.slice(arn.lastIndexOf('/') + 1) },
      remove: async () => context.services.config.deleteRule(arn),
    };
  },
  { action: 'config:PutConfigRule', mayDiffer: (name) => name !== 'ConfigRuleName' },
);

/** The service's resource types in templates. */
export const resourceTypes = () => ({
  'AWS::Config::ConfigRule': configRule,
  'AWS::Config::ConfigurationRecorder': configurationRecorder,
  'AWS::Config::DeliveryChannel': deliveryChannel,
});
