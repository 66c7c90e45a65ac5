import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { functionNames, queueNames } from '../../contract/names';
import type { HubFunction } from './hub-function';
import type { QueueWithDeadLetters } from './queue-with-dead-letters';

/** What the alarms watch, and whom they tell. */
export interface AlarmsProps {
  topic: Topic;
  remediationQueue: QueueWithDeadLetters;
  notifierQueue: QueueWithDeadLetters;
  functions: HubFunction[];
}

const period = Duration.minutes(5);

/** Alarms on dead letters, on findings that nobody takes, and on errors of the hub's functions. */
export class Alarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlarmsProps,
  ) {
    super(scope, id);
    const { remediationQueue, notifierQueue, functions } = props;
    this.onDeadLetters(remediationQueue, queueNames.remediationDeadLetters, functionNames.coordinator);
    this.onDeadLetters(notifierQueue, queueNames.notifierDeadLetters, functionNames.notifier);
    this.add(
      `${queueNames.remediation}-waits`,
      'Findings have waited for half an hour: the coordinator does not take them, or fails on them.',
      remediationQueue.queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' }),
      Duration.minutes(30).toSeconds(),
    );
    this.add(
      `${queueNames.notifier}-waits`,
      'Messages have waited for half an hour: Slack does not take them. They are tried again for four days.',
      notifierQueue.queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' }),
      Duration.minutes(30).toSeconds(),
    );
    for (const { name, resource } of functions) {
      const metric = resource.metricErrors({ period, statistic: 'Sum' });
      this.add(`${name}-errors`, `${name} failed. Its log says why.`, metric, 1);
    }
  }

  private onDeadLetters({ deadLetters }: QueueWithDeadLetters, queueName: string, reader: string): void {
    const metric = deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' });
    this.add(queueName, `${reader} gave up on a message. Its log says why.`, metric, 1);
  }

  /** @param threshold the alarm rings when the metric reaches it in one period */
  private add(alarmName: string, alarmDescription: string, metric: IMetric, threshold: number): void {
    const alarm = new Alarm(this, alarmName, {
      alarmName,
      alarmDescription,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.props.topic));
  }
}
