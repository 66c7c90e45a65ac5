import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeTableCommand, DescribeTimeToLiveCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetBucketPolicyCommand, GetPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type ClientOf, createClients } from '../../../sandbox/cloudformation/clients';
import { type Deployment, deployAssembly } from '../../../sandbox/cloudformation/deploy';
import type { FunctionDefinition } from '../../../sandbox/services/lambda/definitions';
import { synthesizeTypicalApp } from './app';
import { recordingEdge } from './fakes';
import { managementAccountId, startOrganization } from './organization';

let organization: Awaited<ReturnType<typeof startOrganization>>;
let members: string[];
let assemblyDirectory: string;
let deployment: Deployment;
let clientOf: ClientOf;
const { calls, services } = recordingEdge();

beforeAll(async () => {
  organization = await startOrganization();
  const { gateway, log, failures, hub, unitId, nestedUnitId, rootId, createAccount } = organization;
  members = [await createAccount('first', unitId), await createAccount('second', nestedUnitId)];
  await createAccount('elsewhere', rootId);
  assemblyDirectory = synthesizeTypicalApp(hub, unitId);
  clientOf = createClients(gateway);
  deployment = await deployAssembly({
    assemblyDirectory,
    objectsDirectory: assemblyDirectory,
    managementAccountId,
    gateway,
    services,
    log,
    failures,
    transformTemplate: (template, { stackName }) =>
      stackName === 'member' ? { ...template, Description: 'changed by a test' } : template,
  });
}, 60_000);

afterAll(async () => {
  await deployment?.stop();
  await organization?.stop();
  if (assemblyDirectory) rmSync(assemblyDirectory, { recursive: true });
});

const given = (name: string) => calls.filter((call) => call.name === name).map((call) => call.arguments[0]);
const roleNames = async (accountId: string) => {
  const iam = clientOf({ accountId, region: 'eu-west-1' }, IAMClient);
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  // AWS Organizations makes a role of its own in each account that it creates.
  return Roles.flatMap(({ RoleName = '' }) => (RoleName.startsWith('Organization') ? [] : RoleName));
};

describe('deployAssembly', () => {
  it('creates the queue with its redrive policy and its resource policy, and answers with the output', async () => {
    const sqs = clientOf(organization.hub, SQSClient);
    const QueueUrl = deployment.outputs.hub?.QueueUrl;
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toMatchObject({
      deadLetterTargetArn: `arn:aws:sqs:eu-west-1:${organization.hub.accountId}:dead-letters`,
    });
    expect(Attributes?.Policy).toContain('sns.amazonaws.com');
  });

  it('subscribes the queue to the topic, so that a published message arrives as it is', async () => {
    const TopicArn = `arn:aws:sns:eu-west-1:${organization.hub.accountId}:topic`;
    await clientOf(organization.hub, SNSClient).send(new PublishCommand({ TopicArn, Message: 'hello' }));
    const { Messages } = await clientOf(organization.hub, SQSClient).send(
      new ReceiveMessageCommand({ QueueUrl: deployment.outputs.hub?.QueueUrl }),
    );
    expect(Messages?.map(({ Body }) => Body)).toEqual(['hello']);
  });

  it('creates the table with its index and time to live', async () => {
    const dynamodb = clientOf(organization.hub, DynamoDBClient);
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'table' }));
    expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(['due']);
    const { TimeToLiveDescription } = await dynamodb.send(
      new DescribeTimeToLiveCommand({ TableName: 'table' }),
    );
    expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' });
  });

  it('creates key and alias, secret, and alarm', async () => {
    const { hub } = organization;
    const { KeyMetadata } = await clientOf(hub, KMSClient).send(
      new DescribeKeyCommand({ KeyId: 'alias/topic' }),
    );
    expect(KeyMetadata?.Enabled).toBe(true);
    const secret = await clientOf(hub, SecretsManagerClient).send(
      new GetSecretValueCommand({ SecretId: 'token' }),
    );
    expect(secret.SecretString).toHaveLength(32);
    const { MetricAlarms } = await clientOf(hub, CloudWatchClient).send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms).toMatchObject([
      { AlarmName: 'dead-letters', Dimensions: [{ Value: 'dead-letters' }] },
    ]);
  });

  it('creates the bucket closed, with its policy', async () => {
    const s3 = clientOf(organization.hub, S3Client);
    const Bucket = `deliveries-${organization.hub.accountId}`;
    const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(Object.values(PublicAccessBlockConfiguration ?? {})).toEqual([true, true, true, true]);
    const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
    expect(Policy).toContain('aws:SecureTransport');
  });

  it("gives the function's role its inline and its managed policies", async () => {
    const iam = clientOf(organization.hub, IAMClient);
    const worker = given('lambda.createFunction')[0] as FunctionDefinition;
    const RoleName = worker.roleArn.slice(worker.roleArn.lastIndexOf('/') + 1);
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    const inline = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: PolicyNames[0] }));
    expect(decodeURIComponent(inline.PolicyDocument ?? '')).toContain('secretsmanager:GetSecretValue');
    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    expect(AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toContain('AWSLambdaBasicExecutionRole');
    expect(AttachedPolicies).toHaveLength(2);
  });

  it('registers the function with the folder of its asset, and what triggers it', () => {
    const worker = given('lambda.createFunction')[0] as FunctionDefinition;
    const directory = 'directory' in worker.code ? worker.code.directory : '';
    expect(readFileSync(join(directory, 'deploy.test.ts'), 'utf8')).toContain('AWS::Lambda::Function');
    expect(worker.environment).toEqual({ TABLE: 'table' });
    expect(given('lambda.createEventSourceMapping')).toMatchObject([
      { functionArn: worker.arn, batchSize: 5 },
    ]);
    expect(given('lambda.putEventInvokeConfig')).toEqual([worker.arn]);
    const [rule] = (given('events.putRule') as { arn: string; scheduleExpression?: string }[]).filter(
      ({ scheduleExpression }) => scheduleExpression === 'rate(1 minute)',
    );
    expect(given('lambda.addPermission')).toMatchObject([{ functionArn: worker.arn, sourceArn: rule?.arn }]);
  });

  it("puts the bus's policy where the gateway looks", () => {
    const mayPut = (accountId: string) =>
      organization.gateway.authorize({
        principal: { kind: 'account', accountId, arn: `arn:aws:iam::${accountId}:root` },
        action: 'events:PutEvents',
        resource: `arn:aws:events:eu-west-1:${organization.hub.accountId}:event-bus/bus`,
        resourceAccountId: organization.hub.accountId,
        context: {},
      }).allowed;
    expect([mayPut('333333333333'), mayPut('444444444444')]).toEqual([true, false]);
  });

  it('deploys the stack set to accounts in the OU and below it, and to nobody else', async () => {
    for (const accountId of members) expect(await roleNames(accountId)).toEqual(['member-function']);
    const deployed = organization.log.events.flatMap((event) =>
      event.kind === 'deployed' && event.stackName === 'member' ? [event.accountId] : [],
    );
    expect(deployed.sort()).toEqual([...members].sort());
  });

  it('enrolls an account that is created later and moved into an OU, and releases it when it leaves', async () => {
    const { createAccount, moveAccount, nestedUnitId, rootId, failures } = organization;
    const late = await createAccount('late', nestedUnitId);
    await deployment.settled();
    expect(deployment.isEnrolled(late)).toBe(true);
    expect(await roleNames(late)).toEqual(['member-function']);
    await moveAccount(late, nestedUnitId, rootId);
    await deployment.settled();
    expect(deployment.isEnrolled(late)).toBe(false);
    expect(await roleNames(late)).toEqual([]);
    expect(failures.all).toEqual([]);
  });
});
