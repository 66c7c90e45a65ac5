import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CompiledPolicy } from '../../config/compiled';
import { patrolMegabytes, patrolsAtOnce } from '../../config/concurrency';
import type { Organization } from '../../config/organization';
import { parameterSetsText } from '../../config/parameter-sets-text';
import type { CustomControl } from '../../controls/control';
import {
  coveragePartition,
  functionNames,
  ledgerTableName,
  queueNames,
  roleArn,
  roleNames,
} from '../../core/names';
import { partitionOf } from '../../core/partition';
import { queueUrl } from '../../core/queue-address';
import { allow, consumeQueue, leadingKeys, readTree } from '../statements';
import { acknowledgeWildcards } from '../wildcards';
import { HubFunction } from './hub-function';
import type { Ledger } from './ledger';
import { dispatcherTimeout, walkerTimeout } from './patrol-queue';

/** What the patrol works with. */
export interface PatrolProps {
  organization: Organization;
  policy: CompiledPolicy;
  controls: readonly CustomControl[];
  ledger: Ledger;
  /** The patrol's own. */
  queue: IQueue;
  remediationQueue: IQueue;
}

/**
 * The patrol: a dispatcher, which alone may assume the patrol's role in members and write what is covered, and reads nothing of
 * resources; and a walker, which reads strangers' text with a session for one account and Region, and may do nothing but ask for looks.
 */
export class Patrol extends Construct {
  readonly dispatcher: HubFunction;
  readonly walker: HubFunction;

  constructor(scope: Construct, id: string, props: PatrolProps) {
    super(scope, id);
    const { hub } = props.organization;
    this.walker = new HubFunction(this, 'Walker', {
      hub,
      name: functionNames.patrolWalker,
      description:
        'Reads and judges every resource of one account and Region with the session that it is handed.',
      entry: 'hub-functions/patrol/walker/handler.ts',
      timeout: walkerTimeout,
      memoryMegabytes: patrolMegabytes.walker,
      environment: { REMEDIATION_QUEUE_URL: queueUrl(hub.account, hub.region, queueNames.remediation) },
      files: { 'parameter-sets.json': parameterSetsFile(props) },
      statements: [
        allow({
          sid: 'AskForLooks',
          actions: ['sqs:SendMessage'],
          resources: [props.remediationQueue.queueArn],
        }),
      ],
    });
    // A session that waits in an asynchronous queue would be stored: nobody invokes it so, and nothing is tried twice.
    this.walker.resource.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    this.dispatcher = this.dispatcherOf(props);
    this.wake(props.queue);
  }

  private dispatcherOf({ organization, ledger, queue, controls }: PatrolProps): HubFunction {
    const { hub, regions, targets, exclude, patrol } = organization;
    const settings = {
      everyMinutes: patrol.everyMinutes,
      regions,
      targets,
      exclude,
      managementAccount: organization.organization.managementAccount,
      resourceTypes: [...new Set(controls.map(({ resourceType }) => resourceType))].sort(),
    };
    const dispatcher = new HubFunction(this, 'Dispatcher', {
      hub,
      name: functionNames.patrolDispatcher,
      description: 'Spreads walks of every account and Region over the day, and has the walker make them.',
      entry: 'hub-functions/patrol/dispatcher/handler.ts',
      timeout: dispatcherTimeout,
      memoryMegabytes: patrolMegabytes.dispatcher,
      environment: {
        LEDGER_TABLE: ledgerTableName,
        PATROL_QUEUE_URL: queueUrl(hub.account, hub.region, queueNames.patrol),
      },
      files: { 'patrol.json': `${JSON.stringify(settings, undefined, 2)}\n` },
      statements: [
        consumeQueue(queue.queueArn),
        allow({ sid: 'SendWhatIsLeft', actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
        allow({
          sid: 'KeepCoverage',
          actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
          resources: [ledger.tableArn],
          conditions: leadingKeys('StringEquals', coveragePartition),
        }),
        readTree(ledger.tableArn),
        allow({
          sid: 'TakePatrolRole',
          actions: ['sts:AssumeRole'],
          resources: [roleArn('*', roleNames.patrol, partitionOf(hub.region))],
        }),
        allow({
          sid: 'HandToWalker',
          actions: ['lambda:InvokeFunction'],
          resources: [this.walker.resource.functionArn],
        }),
      ],
    });
    acknowledgeWildcards(dispatcher, {
      [roleArn('*', roleNames.patrol, partitionOf(hub.region))]:
        'Any account may join the organization; its role trusts only this one.',
    });
    return dispatcher;
  }

  private wake(queue: IQueue): void {
    const { resource } = this.dispatcher;
    new EventSourceMapping(this, 'Walks', {
      target: resource,
      eventSourceArn: queue.queueArn,
      batchSize: 1,
      maxConcurrency: patrolsAtOnce,
    });
    // A tick that fails is not repeated: the next one makes up for it.
    resource.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(5) });
    const rule = new Rule(this, 'Schedule', {
      ruleName: 'staunch-patrol',
      description: 'Has the dispatcher send out what is due to be patrolled.',
      schedule: Schedule.rate(Duration.minutes(5)),
    });
    rule.addTarget(
      new LambdaTarget(resource, {
        event: RuleTargetInput.fromObject({ schedule: true }),
        retryAttempts: 0,
        maxEventAge: Duration.minutes(5),
      }),
    );
  }
}

/** By control id, as the rule function carries them. */
function parameterSetsFile({ policy, controls }: PatrolProps): string {
  const sets = controls.map((control) => [control.id, parameterSetsText(policy, control)]);
  return `${JSON.stringify(Object.fromEntries(sets))}\n`;
}
