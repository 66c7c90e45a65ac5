import * as z from 'zod';
import { defineHandler, ignored, ignoredTags } from '../../cloudformation/resource-type';

/**
 * A log group needs nothing but its name: what functions log is an event of the sandbox.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-logs-loggroup.html
 */
export const logGroup = defineHandler(
  z.strictObject({
    KmsKeyId: ignored('The sandbox does not encrypt what it keeps in memory.'),
    LogGroupClass: ignored('It sets the price of a log, not what is in it.'),
    LogGroupName: z.string().optional(),
    RetentionInDays: ignored('Logs age by days; no sandbox lives that long.'),
    Tags: ignoredTags,
  }),
  async ({ LogGroupName }, context) => {
    const name = LogGroupName ?? context.generatedName();
    const { accountId, region } = context.place;
    return {
      ref: name,
      attributes: { Arn: `arn:aws:logs:${region}:${accountId}:log-group:${name}:*` },
      remove: async () => {},
    };
  },
);

/**
 * Nothing counts a log in the sandbox, and no alarm rings in it; a filter needs a pattern and a log group all the same.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-logs-metricfilter.html
 */
export const metricFilter = defineHandler(
  z.strictObject({
    FilterName: z.string().optional(),
    FilterPattern: z.string(),
    LogGroupName: z.string(),
    MetricTransformations: z
      .array(
        z.strictObject({
          DefaultValue: z.number().optional(),
          Dimensions: ignored('No metric is made.'),
          MetricName: z.string(),
          MetricNamespace: z.string(),
          MetricValue: z.string(),
          Unit: ignored('No metric is made.'),
        }),
      )
      .length(1),
  }),
  async ({ FilterName }, context) => ({
    ref: FilterName ?? context.generatedName(),
    attributes: {},
    remove: async () => {},
  }),
);

/** The service's resource types in templates. */
export const resourceTypes = () => ({
  'AWS::Logs::LogGroup': logGroup,
  'AWS::Logs::MetricFilter': metricFilter,
});
