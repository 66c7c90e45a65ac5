import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { CompiledPolicy } from '../../config/compiled';
import type { Organization } from '../../config/organization';
import { functionNames, ledgerTableName, stackFailuresPartition } from '../../core/names';
import { allow, leadingKeys, readTree } from '../statements';
import { acknowledgeWildcards } from '../wildcards';
import { HubFunction } from './hub-function';
import type { Ledger } from './ledger';

/** What the reconcile follows from. */
export interface ReconcileProps {
  organization: Organization;
  policy: CompiledPolicy;
  ledger: Ledger;
}

/** An hour: an account whose recorder does not exist yet, for one, is tried again as soon. */
const every = Duration.hours(1);

/**
 * Looks through the stack sets: removes stacks that the policy does not have where they are, and tries failed ones again. Its role
 * reaches Staunch's own stack sets, and neither their templates nor their parameters.
 */
export class Reconcile extends Construct {
  readonly function: HubFunction;

  constructor(scope: Construct, id: string, { organization, policy, ledger }: ReconcileProps) {
    super(scope, id);
    const { hub } = organization;
    // Service-managed stack sets are the management account's, also where a delegated administrator works on them, and their
    // operations name the Regions' targets and the types in the templates besides:
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html
    const cloudFormation = (resource: string) => `arn:*:cloudformation:*:*:${resource}`;
    const own = cloudFormation('stackset/staunch-*');
    const targets = [cloudFormation('stackset-target/staunch-*'), cloudFormation('type/resource/*')];
    this.function = new HubFunction(this, 'Function', {
      hub,
      name: functionNames.reconcile,
      description: 'Removes stacks where the policy has none, and tries failed ones again.',
      entry: 'hub-functions/reconcile/handler.ts',
      timeout: Duration.minutes(5),
      memoryMegabytes: 512,
      environment: { LEDGER_TABLE: ledgerTableName },
      files: { 'policy.json': `${JSON.stringify(policy, undefined, 2)}\n` },
      statements: [
        readTree(ledger.tableArn),
        allow({
          sid: 'SayWhatFailed',
          actions: ['dynamodb:PutItem'],
          resources: [ledger.tableArn],
          conditions: leadingKeys('StringEquals', stackFailuresPartition),
        }),
        allow({ sid: 'FindStackSets', actions: ['cloudformation:ListStackSets'], resources: ['*'] }),
        allow({ sid: 'ReadStackSets', actions: ['cloudformation:ListStackInstances'], resources: [own] }),
        allow({
          sid: 'ReconcileStacks',
          actions: ['cloudformation:DeleteStackInstances', 'cloudformation:UpdateStackInstances'],
          resources: [own, ...targets],
        }),
        // CloudFormation asks whether the hub is a delegated administrator, in the caller's name.
        allow({
          sid: 'BeDelegate',
          actions: ['organizations:ListDelegatedAdministrators'],
          resources: ['*'],
        }),
      ],
    });
    acknowledgeWildcards(this.function, {
      '*': 'Neither ListStackSets nor ListDelegatedAdministrators can be limited to a resource.',
      [own]:
        'Their ids are made when they are created; the management account is theirs, in which ARN is not documented.',
      ...Object.fromEntries(
        targets.map((target) => [
          target,
          'An operation names its targets and types beside the stack set that limits it.',
        ]),
      ),
    });
    this.wake();
  }

  private wake(): void {
    const { resource } = this.function;
    // One that fails is not repeated: the next one looks through everything again.
    const once = { retryAttempts: 0, maxEventAge: Duration.minutes(5) };
    resource.configureAsyncInvoke(once);
    const rule = new Rule(this, 'Schedule', {
      ruleName: functionNames.reconcile,
      description: 'Has the stack sets looked through.',
      schedule: Schedule.rate(every),
    });
    rule.addTarget(new LambdaTarget(resource, once));
  }
}
