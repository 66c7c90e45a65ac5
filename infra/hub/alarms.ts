import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { logLines } from '../../core/log-lines';
import { functionNames, queueNames } from '../../core/names';
import { AlarmsTopic } from './alarms-topic';
import { countLine } from './counted-line';
import type { HubFunction } from './hub-function';
import type { QueueWithDeadLetters } from './queue-with-dead-letters';

/** What the alarms watch, and whom they tell. */
export interface AlarmsProps {
  hub: Organization['hub'];
  remediationQueue: QueueWithDeadLetters;
  notifierQueue: QueueWithDeadLetters;
  postsQueue: QueueWithDeadLetters;
  patrolQueue: QueueWithDeadLetters;
  /** Where people decide in Slack. */
  actionsQueue?: QueueWithDeadLetters;
  coordinator: HubFunction;
  notifier: HubFunction;
  orders: HubFunction;
  remediation: readonly HubFunction[];
  /** Of which only errors are watched. */
  others: readonly HubFunction[];
  /** The import into Security Hub, where the policy wants it. */
  securityHub?: { function: HubFunction; queue: QueueWithDeadLetters };
}

/** The rest of an alarm's properties have the same value in most. */
type Rings = Pick<AlarmProps, 'alarmName' | 'alarmDescription' | 'metric'> & Partial<AlarmProps>;

const period = Duration.minutes(5);
const minute = Duration.minutes(1);

/**
 * Alarms on dead letters, on queues that are not emptied, on sweeps that do not come to their end, and on errors of the hub's functions;
 * and a metric of what the notifier could not read.
 */
export class Alarms extends Construct {
  private readonly action: SnsAction;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { remediationQueue, notifierQueue, postsQueue, patrolQueue, coordinator, notifier, orders } = props;
    const { remediation, others, actionsQueue, securityHub } = props;
    this.action = new SnsAction(new AlarmsTopic(this, 'Topic', props.hub).topic);
    this.onDeadLetters(remediationQueue, queueNames.remediationDeadLetters, functionNames.coordinator);
    this.onDeadLetters(notifierQueue, queueNames.notifierDeadLetters, functionNames.notifier);
    this.onDeadLetters(postsQueue, queueNames.slackPostsDeadLetters, functionNames.slackPoster);
    this.onDeadLetters(patrolQueue, queueNames.patrolDeadLetters, functionNames.patrolDispatcher);
    if (securityHub) {
      this.onDeadLetters(securityHub.queue, queueNames.securityHubDeadLetters, functionNames.securityHub);
    }
    if (actionsQueue) {
      this.onDeadLetters(actionsQueue, queueNames.slackActionsDeadLetters, functionNames.slackActions);
      this.onWaiting(
        actionsQueue.queue,
        queueNames.slackActions,
        'What people decided in Slack was in the queue for half an hour without a break: Slack does not say who they are, or the hub cannot take their orders.',
      );
    }
    this.onWaiting(
      remediationQueue.queue,
      queueNames.remediation,
      'Findings were in the queue for half an hour without a break: the coordinator does not take them, or fails on them.',
    );
    this.onWaiting(
      notifierQueue.queue,
      queueNames.notifier,
      'Messages were in the queue for half an hour without a break: the notifier does not take them, or fails on them. They are tried again for four days.',
    );
    this.onWaiting(
      postsQueue.queue,
      queueNames.slackPosts,
      'A channel could not be told everything for half an hour: Slack does not take it. What is to be told stays in the ledger until it does.',
    );
    for (const { name, resource } of [
      coordinator,
      notifier,
      orders,
      ...remediation,
      ...others,
      ...(securityHub ? [securityHub.function] : []),
    ]) {
      this.add({
        alarmName: `${name}-errors`,
        alarmDescription: `${name} failed. Its log says why.`,
        metric: resource.metricErrors({ period, statistic: 'Sum' }),
      });
    }
    this.onSweeps(coordinator);
    countLine(this, notifier.logGroup, logLines.unreadableEvent, 'UnreadableEvents');
  }

  /**
   * CloudWatch is told of a queue that nobody uses for some six hours only, also when messages are in it, so that an alarm keeps its state
   * where nothing is told: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html
   */
  private onDeadLetters({ deadLetters }: QueueWithDeadLetters, alarmName: string, reader: string): void {
    this.add({
      alarmName: withoutSuffix(alarmName),
      alarmDescription: `${reader} gave up on a message. Its log says why.`,
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      treatMissingData: TreatMissingData.IGNORE,
    });
  }

  /**
   * Rings when a queue is not empty for half an hour. ApproximateAgeOfOldestMessage cannot tell that: on a standard queue it passes over
   * messages that were received three times and not deleted, which is what fails again and again.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
   * A message that waits for its next try is in flight. The numbers are approximate, so three of thirty minutes may say otherwise; and
   * traffic that is dealt with at once is seen in fewer than 27.
   */
  private onWaiting(queue: Queue, queueName: string, alarmDescription: string): void {
    const each = { period: minute, statistic: 'Maximum' };
    this.add({
      alarmName: `${withoutSuffix(queueName)}-waits`,
      alarmDescription,
      metric: new MathExpression({
        expression: 'visible + inFlight',
        label: 'Messages in the queue, and in the hands of its reader',
        usingMetrics: {
          visible: queue.metricApproximateNumberOfMessagesVisible(each),
          inFlight: queue.metricApproximateNumberOfMessagesNotVisible(each),
        },
        period: minute,
      }),
      evaluationPeriods: 30,
      datapointsToAlarm: 27,
    });
  }

  /**
   * The number of invocations says nothing of sweeps: messages invoke the coordinator, too, and a sweep that fails or is cut off is an
   * invocation. So the sweeps that came to their end are counted.
   */
  private onSweeps(coordinator: HubFunction): void {
    this.add({
      alarmName: 'staunch-sweep-stopped',
      alarmDescription:
        'No sweep came to its end for a quarter of an hour: nothing that waits is taken up, and nothing that was not told is told.',
      metric: countLine(this, coordinator.logGroup, logLines.swept, 'Sweeps'),
      evaluationPeriods: 3,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  /** Unless told otherwise it rings when the metric is 1 or more in one period, and a missing value is none. */
  private add(rings: Rings): void {
    const alarm = new Alarm(this, rings.alarmName ?? '', {
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...rings,
    });
    alarm.addAlarmAction(this.action);
  }
}

/** SQS wants the names of FIFO queues to end so; alarms are called by the rest. */
function withoutSuffix(queueName: string): string {
  return queueName.replace(/\.fifo$/, '');
}
