import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** Of the metrics that Staunch makes itself. */
export const metricNamespace = 'Staunch';

/** What a line is counted by, beside that it was written. */
export interface CountedBy {
  /** Names of fields of the line, at most three: each becomes a dimension. Lines that lack one are not counted. */
  dimensions?: readonly string[];
  /** Name of the field that is summed; 1 a line when left out. */
  value?: string;
}

/**
 * Has CloudWatch count a line of a function's log, each of which is a JSON object with a `message`:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 * @param message the whole message, one of `logLines`
 * @param metricName under the namespace `Staunch`
 * @returns how often the line was written, in five minutes; without a value where it was not
 */
export function countLine(
  scope: Construct,
  logGroup: ILogGroup,
  message: string,
  metricName: string,
  { dimensions = [], value }: CountedBy = {},
): Metric {
  new MetricFilter(scope, metricName, {
    logGroup,
    filterPattern: FilterPattern.stringValue('$.message', '=', message),
    metricNamespace,
    metricName,
    metricValue: value === undefined ? '1' : `$.${value}`,
    ...(dimensions.length > 0 && {
      dimensions: Object.fromEntries(dimensions.map((name) => [name, `$.${name}`])),
    }),
  });
  return new Metric({
    namespace: metricNamespace,
    metricName,
    statistic: 'Sum',
    period: Duration.minutes(5),
  });
}
