import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { CompiledPolicy } from '../../config/compiled';
import { doctorGapsPartition, functionNames, ledgerTableName } from '../../core/names';
import { allow, leadingKeys, readTree } from '../statements';
import { HubFunction } from './hub-function';
import type { Ledger } from './ledger';

/** What the daily doctor follows from. */
export interface DailyDoctorProps {
  policy: CompiledPolicy;
  ledger: Ledger;
  /** The role that people assume to ask members how they are. */
  doctorRole: IRole;
}

/**
 * Asks every member once a day how it is, by the role that people have for that. Beside it, it may read the organization's tree and
 * write what it found.
 */
export class DailyDoctor extends Construct {
  readonly function: HubFunction;

  constructor(scope: Construct, id: string, { policy, ledger, doctorRole }: DailyDoctorProps) {
    super(scope, id);
    this.function = new HubFunction(this, 'Function', {
      hub: policy.hub,
      name: functionNames.dailyDoctor,
      description: 'Asks every account and Region whether Staunch works there.',
      entry: 'hub-functions/doctor/handler.ts',
      // A thousand accounts take a few minutes, and probes are waited for.
      timeout: Duration.minutes(15),
      memoryMegabytes: 1_024,
      environment: { LEDGER_TABLE: ledgerTableName },
      files: { 'policy.json': `${JSON.stringify(policy, undefined, 2)}\n` },
      statements: [
        readTree(ledger.tableArn),
        allow({
          sid: 'SayWhatIsNotWell',
          actions: ['dynamodb:PutItem'],
          resources: [ledger.tableArn],
          conditions: leadingKeys('StringEquals', doctorGapsPartition),
        }),
        allow({ sid: 'BeDoctor', actions: ['sts:AssumeRole'], resources: [doctorRole.roleArn] }),
      ],
    });
    this.wake();
  }

  private wake(): void {
    const { resource } = this.function;
    // One that fails is not repeated: the next one asks everything again.
    const once = { retryAttempts: 0, maxEventAge: Duration.minutes(5) };
    resource.configureAsyncInvoke(once);
    const rule = new Rule(this, 'Schedule', {
      ruleName: functionNames.dailyDoctor,
      description: 'Has every account asked how it is.',
      schedule: Schedule.rate(Duration.days(1)),
    });
    rule.addTarget(new LambdaTarget(resource, once));
  }
}
