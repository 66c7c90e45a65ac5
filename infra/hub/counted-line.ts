import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** Of the metrics that Staunch makes itself. */
const namespace = 'Staunch';

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
): Metric {
  new MetricFilter(scope, metricName, {
    logGroup,
    filterPattern: FilterPattern.stringValue('$.message', '=', message),
    metricNamespace: namespace,
    metricName,
    metricValue: '1',
  });
  return new Metric({ namespace, metricName, statistic: 'Sum', period: Duration.minutes(5) });
}
