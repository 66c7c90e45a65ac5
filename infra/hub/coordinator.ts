import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { CompiledPolicy } from '../../config/compiled';
import {
  eventBusArn,
  eventBusName,
  functionNames,
  ledgerDueIndexName,
  ledgerOpenIndexName,
  ledgerTableName,
  queueNames,
  roleArn,
  roleNames,
  savedStatesTableName,
} from '../../core/names';
import { partitionOf } from '../../core/partition';
import { queueUrl } from '../../core/queue-address';
import { allow, consumeQueue } from '../statements';
import { acknowledgeWildcards } from '../wildcards';
import { HubFunction } from './hub-function';
import type { Ledger } from './ledger';
import { messagesAtOnce } from './messages-at-once';
import { placementOf } from './placement';
import type { SavedStates } from './saved-states';

/** Longer than a remediation function may take, with what comes before and after it. */
export const coordinatorTimeout = Duration.seconds(180);

/** What the coordinator works with. */
export interface CoordinatorProps {
  policy: CompiledPolicy;
  ledger: Ledger;
  savedStates: SavedStates;
  /** The remediation queue. */
  queue: IQueue;
  /** The patrol's. */
  patrolQueue: IQueue;
  /** ARNs of the remediation functions. */
  remediationFunctionArns: string[];
}

/**
 * The coordinator, woken by the queue, and every minute by a schedule that has it sweep up what waits. It alone may
 * assume Staunch's roles in member accounts, and it alone writes what it relies on later. It carries the policy with it, so that no fix needs a lookup that could
 * fail open.
 */
export class Coordinator extends HubFunction {
  constructor(scope: Construct, id: string, props: CoordinatorProps) {
    const { policy, ledger, savedStates, queue, patrolQueue } = props;
    const { hub } = policy;
    const placement = placementOf(policy);
    super(scope, id, {
      hub,
      name: functionNames.coordinator,
      description:
        'Decides what becomes of each finding, and hands it to the remediation function of its resource type.',
      entry: 'hub-functions/coordinator/handler.ts',
      timeout: coordinatorTimeout,
      memoryMegabytes: 512,
      environment: {
        LEDGER_TABLE: ledgerTableName,
        SAVED_STATES_TABLE: savedStatesTableName,
        EVENT_BUS_NAME: eventBusName,
        PATROL_QUEUE_URL: queueUrl(hub.account, hub.region, queueNames.patrol),
      },
      files: { 'policy.json': `${JSON.stringify(policy, undefined, 2)}\n` },
      statements: [
        consumeQueue(queue.queueArn),
        allow({
          sid: 'KeepLedger',
          actions: [
            'dynamodb:BatchGetItem',
            'dynamodb:DeleteItem',
            'dynamodb:GetItem',
            'dynamodb:PutItem',
            'dynamodb:Query',
            // Whoever was left alone under the old policy is looked for when it changes.
            'dynamodb:Scan',
            'dynamodb:UpdateItem',
          ],
          resources: [ledger.tableArn],
        }),
        allow({
          sid: 'FindWhatIsDueAndOpen',
          actions: ['dynamodb:Query'],
          resources: [ledgerDueIndexName, ledgerOpenIndexName].map(
            (name) => `${ledger.tableArn}/index/${name}`,
          ),
        }),
        allow({
          sid: 'KeepSavedStates',
          // No right to delete: a saved state goes by its `expiresAt` alone.
          actions: ['dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
          resources: [savedStates.tableArn],
        }),
        allow({
          sid: 'TakeMemberRoles',
          actions: ['sts:AssumeRole'],
          resources: [
            roleArn('*', roleNames.read, partitionOf(hub.region)),
            roleArn('*', roleNames.remediation, partitionOf(hub.region)),
          ],
        }),
        allow({
          sid: 'HandToRemediation',
          actions: ['lambda:InvokeFunction'],
          resources: props.remediationFunctionArns,
        }),
        allow({
          sid: 'Report',
          actions: ['events:PutEvents'],
          resources: [eventBusArn(hub.account, hub.region)],
        }),
        allow({
          sid: 'AskForPatrol',
          actions: ['sqs:SendMessage'],
          resources: [patrolQueue.queueArn],
        }),
        ...placement.statements,
      ],
    });
    const everyMember = 'Any account may join the organization; its role trusts only this one.';
    acknowledgeWildcards(this, {
      [roleArn('*', roleNames.read, partitionOf(hub.region))]: everyMember,
      [roleArn('*', roleNames.remediation, partitionOf(hub.region))]: everyMember,
      ...placement.wildcards,
    });
    this.wakeByQueue(queue, policy.limits.concurrency);
    this.wakeBySchedule();
  }

  private wakeByQueue(queue: IQueue, concurrency: number): void {
    new EventSourceMapping(this, 'Findings', {
      target: this.resource,
      eventSourceArn: queue.queueArn,
      reportBatchItemFailures: true,
      ...messagesAtOnce(concurrency),
    });
  }

  /**
   * A sweep that fails is not repeated: the next one comes within a minute. It runs under every policy: also where every flag is off,
   * pauses end, and reports and notices that did not reach the bus have to be sent.
   */
  private wakeBySchedule(): void {
    this.resource.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    const rule = new Rule(this, 'Sweep', {
      ruleName: 'staunch-sweep',
      description: 'Has the coordinator sweep up what waits.',
      schedule: Schedule.rate(Duration.minutes(1)),
    });
    rule.addTarget(
      new LambdaTarget(this.resource, {
        event: RuleTargetInput.fromObject({ sweep: true }),
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
      }),
    );
  }
}
