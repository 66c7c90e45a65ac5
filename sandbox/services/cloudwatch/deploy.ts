import {
  CloudWatchClient,
  type ComparisonOperator,
  DeleteAlarmsCommand,
  type Dimension,
  type MetricDataQuery,
  PutMetricAlarmCommand,
  type StandardUnit,
  type Statistic,
} from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';
import { defineHandler, ignoredTags, truth, wholeNumber } from '../../cloudformation/resource-type';

/**
 * The properties have the names and shapes of PutMetricAlarm's parameters.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudwatch-alarm.html
 */
export const alarm = defineHandler(
  z.strictObject({
    ActionsEnabled: truth.optional(),
    AlarmActions: z.array(z.string()).optional(),
    AlarmDescription: z.string().optional(),
    AlarmName: z.string().optional(),
    ComparisonOperator: z.custom<ComparisonOperator>(),
    DatapointsToAlarm: wholeNumber.optional(),
    Dimensions: z.array(z.custom<Dimension>()).optional(),
    EvaluationPeriods: wholeNumber,
    ExtendedStatistic: z.string().optional(),
    InsufficientDataActions: z.array(z.string()).optional(),
    MetricName: z.string().optional(),
    Metrics: z.array(z.custom<MetricDataQuery>()).optional(),
    Namespace: z.string().optional(),
    OKActions: z.array(z.string()).optional(),
    Period: wholeNumber.optional(),
    Statistic: z.custom<Statistic>().optional(),
    Tags: ignoredTags,
    Threshold: z.number().optional(),
    TreatMissingData: z.string().optional(),
    Unit: z.custom<StandardUnit>().optional(),
  }),
  async ({ AlarmName: given, Tags: _, ...parameters }, context) => {
    const AlarmName = given ?? context.generatedName(255);
    const cloudWatch = context.client(CloudWatchClient);
    await cloudWatch.send(new PutMetricAlarmCommand({ AlarmName, ...parameters }));
    const { accountId, region } = context.place;
    return {
      ref: AlarmName,
      attributes: { Arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${AlarmName}` },
      remove: async () => {
        await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] }));
      },
    };
  },
  { mayDiffer: (name) => name !== 'AlarmName' },
);

/**
 * Nobody looks at it in the sandbox; its body has to be JSON all the same.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudwatch-dashboard.html
 */
export const dashboard = defineHandler(
  z.strictObject({ DashboardName: z.string(), DashboardBody: z.string() }),
  async ({ DashboardName, DashboardBody }) => {
    JSON.parse(DashboardBody);
    return { ref: DashboardName, attributes: {}, remove: async () => {} };
  },
);

/** The service's resource types in templates. */
export const resourceTypes = () => ({
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::Dashboard': dashboard,
});
