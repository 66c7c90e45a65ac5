import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SessionCredentials } from '../../../core/remediation';
import { Calls } from '../calls';
import type { FaultPlan } from '../faults';
import { type Ending, Invocation } from '../invocation';
import { type Choice, Turns } from '../turns';
import { VirtualClock } from '../virtual-clock';
import { installVirtualTimers } from '../virtual-timers';
import { Authorization } from './authorization';
import { CloudTrail } from './cloudtrail';
import { DynamoDb } from './dynamodb/dynamodb';
import { Ec2 } from './ec2/ec2';
import { Ecr } from './ecr/ecr';
import { EventBridge } from './event-bridge';
import { Kms } from './kms/kms';
import { Lambda } from './lambda';
import { Organizations } from './organizations';
import { Rds } from './rds/rds';
import { replaceSend } from './replaced-send';
import { S3 } from './s3/s3';
import { SecretsManager } from './secrets-manager/secrets-manager';
import { Sessions } from './sessions';
import { Sns } from './sns/sns';
import { Sqs } from './sqs/sqs';
import { Ssm } from './ssm/ssm';
import { Sts } from './sts';

/** How an AWS in memory is made. */
export interface InMemoryAwsOptions {
  /** Which call meets which fault; default: none does. */
  plan?: FaultPlan;
  /** In which order invocations side by side go on; default: at once. */
  choose?: Choice | undefined;
  /** How long each call takes; default: 10. */
  latencyMilliseconds?: number;
}

/** All the AWS that Staunch calls, in memory, with a clock of its own, and faults where a plan says so. */
export class InMemoryAws {
  readonly clock = new VirtualClock();
  readonly calls: Calls;
  readonly sessions = new Sessions();
  readonly authorization = new Authorization(this.clock);
  readonly dynamoDb = new DynamoDb();
  readonly ec2 = new Ec2(this.authorization);
  readonly s3 = new S3(this.authorization);
  readonly sqs = new Sqs(this.authorization);
  readonly sns = new Sns(this.authorization);
  readonly ecr = new Ecr(this.authorization);
  readonly secretsManager = new SecretsManager(this.authorization);
  readonly kms = new Kms(this.authorization);
  readonly rds = new Rds(this.authorization);
  readonly ssm = new Ssm(this.authorization);
  readonly organizations = new Organizations();
  readonly sts = new Sts(this.sessions, this.clock, (accountId) => this.organizations.isMember(accountId));
  readonly lambda = new Lambda(this.clock);
  readonly eventBridge = new EventBridge(this.clock);
  readonly cloudTrail = new CloudTrail(this.authorization);

  constructor({ choose, ...options }: InMemoryAwsOptions = {}) {
    this.calls = new Calls({ ...options, clock: this.clock, turns: new Turns(this.clock, choose) });
  }

  /**
   * From now on the SDK's clients send everything here, and invocations have the virtual time.
   * @returns ends that
   */
  install(): () => void {
    const common = { calls: this.calls, sessions: this.sessions };
    const restore = [
      installVirtualTimers(this.clock),
      replaceSend(DynamoDBDocumentClient, 'DynamoDB', { ...common, commands: this.dynamoDb.commands }),
      replaceSend(EC2Client, 'EC2', { ...common, commands: this.ec2.commands }),
      replaceSend(S3Client, 'S3', { ...common, commands: this.s3.commands }),
      replaceSend(S3ControlClient, 'S3 Control', { ...common, commands: this.s3.controlCommands }),
      replaceSend(SQSClient, 'SQS', { ...common, commands: this.sqs.commands }),
      replaceSend(SNSClient, 'SNS', { ...common, commands: this.sns.commands }),
      replaceSend(ECRClient, 'ECR', { ...common, commands: this.ecr.commands }),
      replaceSend(SecretsManagerClient, 'Secrets Manager', {
        ...common,
        commands: this.secretsManager.commands,
      }),
      replaceSend(KMSClient, 'KMS', { ...common, commands: this.kms.commands }),
      replaceSend(RDSClient, 'RDS', { ...common, commands: this.rds.commands }),
      replaceSend(SSMClient, 'SSM', { ...common, commands: this.ssm.commands }),
      replaceSend(STSClient, 'STS', { ...common, commands: this.sts.commands }),
      replaceSend(LambdaClient, 'Lambda', { ...common, commands: this.lambda.commands }),
      replaceSend(EventBridgeClient, 'EventBridge', { ...common, commands: this.eventBridge.commands }),
      replaceSend(OrganizationsClient, 'Organizations', { ...common, commands: this.organizations.commands }),
      replaceSend(CloudTrailClient, 'CloudTrail', { ...common, commands: this.cloudTrail.commands }),
    ];
    return () => {
      for (const undo of restore) undo();
    };
  }

  /**
   * Runs something as a function that may die, or as a person's command.
   * @returns how it ends; it never rejects, and a dead one ends at once
   */
  run<Result>(
    name: string,
    timeoutMilliseconds: number,
    work: Parameters<typeof Invocation.start<Result>>[1],
  ): { invocation: Invocation; ended: Promise<Ending<Result>> } {
    return Invocation.start({ clock: this.clock, name, timeoutMilliseconds }, work);
  }

  /** Credentials of somebody who may do everything in an account, for as long as it takes. */
  adminCredentials(accountId: string): SessionCredentials {
    return this.sessions.open({ accountId, roleName: 'admin', sessionName: 'admin', expiresAt: Infinity });
  }

  /** Everything that was tried and is nobody's right, and everything that is not known here: there should be nothing. */
  get violations(): string[] {
    return [...this.authorization.violations, ...this.lambda.violations, ...this.calls.problems];
  }
}
