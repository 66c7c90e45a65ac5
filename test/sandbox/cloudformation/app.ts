import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import {
  AccountPrincipal,
  ManagedPolicy,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import {
  Capability,
  DeploymentType,
  StackSet,
  StackSetStack,
  StackSetTarget,
  StackSetTemplate,
} from 'cdk-stacksets';
import type { Place } from '../../../sandbox/events';

/**
 * Synthesizes an app as CDK users write it: a hub with the common constructs, and a stack set with a role and a function for
 * each member.
 *
 * @returns The folder of the cloud assembly.
 */
export function synthesizeTypicalApp(hub: Place, unitId: string): string {
  const outdir = mkdtempSync(join(tmpdir(), 'staunch-test-'));
  const app = new App({ outdir, analyticsReporting: false });
  const env = { account: hub.accountId, region: hub.region };
  addHub(new Stack(app, 'hub', { env }));
  addStackSet(new Stack(app, 'stack-sets', { env }), hub, unitId);
  app.synth();
  return outdir;
}

function addHub(stack: Stack): void {
  const deadLetters = new Queue(stack, 'DeadLetters', { queueName: 'dead-letters', enforceSSL: true });
  const queue = new Queue(stack, 'Queue', {
    queueName: 'work',
    encryption: QueueEncryption.SQS_MANAGED,
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
  });
  const key = new Key(stack, 'Key', { alias: 'alias/topic', enableKeyRotation: true });
  const topic = new Topic(stack, 'Topic', { topicName: 'topic', masterKey: key, enforceSSL: true });
  topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }));
  const table = new TableV2(stack, 'Table', {
    tableName: 'table',
    partitionKey: { name: 'key', type: AttributeType.STRING },
    globalSecondaryIndexes: [{ indexName: 'due', partitionKey: { name: 'due', type: AttributeType.STRING } }],
    timeToLiveAttribute: 'expiresAt',
  });
  const bus = new EventBus(stack, 'Bus', { eventBusName: 'bus' });
  bus.addToResourcePolicy(
    new PolicyStatement({
      sid: 'Member',
      principals: [new AccountPrincipal('333333333333')],
      actions: ['events:PutEvents'],
      resources: [bus.eventBusArn],
    }),
  );
  new Rule(stack, 'Forward', {
    ruleName: 'forward',
    eventBus: bus,
    eventPattern: { source: ['aws.config'] },
    targets: [new SnsTopic(topic)],
  });
  const worker = new LambdaFunction(stack, 'Worker', {
    functionName: 'worker',
    code: Code.fromAsset(join(__dirname, '..', 'services', 'lambda')),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    environment: { TABLE: table.tableName },
    logGroup: new LogGroup(stack, 'WorkerLogs'),
    retryAttempts: 0,
  });
  table.grantReadWriteData(worker);
  worker.addEventSource(new SqsEventSource(queue, { batchSize: 5, reportBatchItemFailures: true }));
  new Rule(stack, 'Sweep', {
    schedule: Schedule.expression('rate(1 minute)'),
    targets: [new FunctionTarget(worker, { event: RuleTargetInput.fromObject({ sweep: true }) })],
  });
  new Secret(stack, 'Secret', { secretName: 'token' }).grantRead(worker);
  new Bucket(stack, 'Bucket', {
    bucketName: `deliveries-${stack.account}`,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
  });
  new ManagedPolicy(stack, 'Shared', {
    statements: [new PolicyStatement({ actions: ['sqs:ListQueues'], resources: ['*'] })],
    ...(worker.role && { roles: [worker.role] }),
  });
  deadLetters.metricApproximateNumberOfMessagesVisible().createAlarm(stack, 'Alarm', {
    alarmName: 'dead-letters',
    threshold: 1,
    evaluationPeriods: 1,
  });
  new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
}

function addStackSet(stack: Stack, hub: Place, unitId: string): void {
  const member = new StackSetStack(stack, 'Member');
  const role = new Role(member, 'Role', {
    roleName: 'member-function',
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] }));
  new StackSet(stack, 'StackSet', {
    stackSetName: 'member',
    template: StackSetTemplate.fromStackSetStack(member),
    target: StackSetTarget.fromOrganizationalUnits({ organizationalUnits: [unitId], regions: [hub.region] }),
    deploymentType: DeploymentType.serviceManaged({
      delegatedAdmin: true,
      autoDeployEnabled: true,
      autoDeployRetainStacks: false,
    }),
    capabilities: [Capability.NAMED_IAM],
  });
}
