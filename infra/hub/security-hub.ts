import { Duration } from 'aws-cdk-lib';
import { type EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { findingEventDetailType } from '../../core/finding-event';
import { functionNames, queueNames } from '../../core/names';
import { partitionOf } from '../../core/partition';
import { reportSource } from '../../core/report';
import { allow, consumeQueue } from '../statements';
import { HubFunction } from './hub-function';
import { QueueWithDeadLetters } from './queue-with-dead-letters';

const timeout = Duration.seconds(60);

/** What the import takes. */
export interface SecurityHubProps {
  hub: Organization['hub'];
  bus: EventBus;
}

/**
 * Imports what findings come to into Security Hub of the hub's account and Region; there only where the policy says `securityHub: true`.
 * A queue of its own stands between: what Security Hub does not take now is kept and tried again, fifty times 6 minutes apart, which are
 * five hours, and lies among the dead letters then, with an alarm.
 */
export class SecurityHub extends Construct {
  readonly function: HubFunction;
  readonly queue: QueueWithDeadLetters;

  constructor(scope: Construct, id: string, { hub, bus }: SecurityHubProps) {
    super(scope, id);
    this.queue = new QueueWithDeadLetters(this, 'Queue', {
      hub,
      name: queueNames.securityHub,
      deadLettersName: queueNames.securityHubDeadLetters,
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
      maxReceiveCount: 50,
    });
    this.takeChanges(bus, hub);
    const arn = (resource: string) =>
      `arn:${partitionOf(hub.region)}:securityhub:${hub.region}:${hub.account}:${resource}`;
    this.function = new HubFunction(this, 'Function', {
      hub,
      name: functionNames.securityHub,
      description: 'Imports what findings come to into Security Hub.',
      entry: 'hub-functions/security-hub/handler.ts',
      timeout,
      memoryMegabytes: 256,
      environment: { HUB_ACCOUNT_ID: hub.account },
      statements: [
        consumeQueue(this.queue.queue.queueArn),
        allow({
          sid: 'ImportFindings',
          actions: ['securityhub:BatchImportFindings'],
          resources: [arn(`product/${hub.account}/default`)],
        }),
        allow({
          sid: 'SeeWhatIsThere',
          actions: ['securityhub:GetFindings'],
          resources: [arn('hub/default')],
        }),
      ],
    });
    new EventSourceMapping(this, 'Changes', {
      target: this.function.resource,
      eventSourceArn: this.queue.queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: 2,
    });
  }

  /** The queue admits this rule only: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions */
  private takeChanges(bus: EventBus, hub: Organization['hub']): void {
    const { queue } = this.queue;
    const rule = new Rule(this, 'Rule', {
      eventBus: bus,
      ruleName: 'staunch-security-hub',
      description: "Changes of findings' states, on their way to Security Hub.",
      eventPattern: {
        source: [reportSource],
        detailType: [findingEventDetailType],
        account: [hub.account],
      },
    });
    // The ready-made target would also let EventBridge read the queue's attributes.
    rule.addTarget({ bind: () => ({ arn: queue.queueArn }) });
    queue.addToResourcePolicy(
      allow({
        sid: 'TakeChanges',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
      }),
    );
  }
}
