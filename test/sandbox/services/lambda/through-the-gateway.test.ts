import { rmSync } from 'node:fs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { EventLog } from '../../../../sandbox/events';
import { Failures } from '../../../../sandbox/failures';
import type { Gateway } from '../../../../sandbox/gateway/api';
import { startGateway } from '../../../../sandbox/gateway/gateway';
import type { Moto } from '../../../../sandbox/moto/moto';
import type { FunctionDefinition, LambdaService } from '../../../../sandbox/services/lambda/definitions';
import { createLambdaService } from '../../../../sandbox/services/lambda/lambda-service';
import { queueClient } from '../../../../sandbox/services/lambda/queue';
import { waitUntil } from '../../../../sandbox/wait';
import { startTestMoto } from '../../../support/moto';
import { accountId, functionDefinition, region, workDirectory } from './definitions';

const directory = workDirectory();
const inQueue = `arn:aws:sqs:${region}:${accountId}:in`;
const outQueue = `arn:aws:sqs:${region}:${accountId}:out`;
const polling = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

let moto: Moto;
let gateway: Gateway;
let log: EventLog;
let failures: Failures;
let lambda: LambdaService;
let sqs: SQSClient;
let client: LambdaClient;

beforeAll(async () => {
  moto = await startTestMoto();
});
beforeEach(async () => {
  await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' });
  log = new EventLog();
  failures = new Failures();
  gateway = await startGateway({ motoEndpoint: moto.endpoint, events: log, failures });
  lambda = createLambdaService({ gateway, log, failures, timeScale: 60, workDirectory: directory });
  const credentials = gateway.administratorOf(accountId);
  sqs = queueClient(gateway, region, credentials);
  client = new LambdaClient({ endpoint: gateway.endpoint, region, credentials, maxAttempts: 1 });
  for (const QueueName of ['in', 'out']) await sqs.send(new CreateQueueCommand({ QueueName }));
});
afterEach(async () => {
  await lambda.stop();
  sqs.destroy();
  client.destroy();
  await gateway.stop();
});
afterAll(async () => {
  await moto.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function createRole(
  name: string,
  statements: { actions: string[]; resource: string }[],
): Promise<void> {
  const iam = new IAMClient({
    endpoint: gateway.endpoint,
    region: 'us-east-1',
    credentials: gateway.administratorOf(accountId),
  });
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      Path: '/staunch/',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
    }),
  );
  const Statement = statements.map(({ actions, resource }) => ({
    Effect: 'Allow',
    Action: actions,
    Resource: resource,
  }));
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'inline', PolicyDocument }));
  iam.destroy();
}

/** A function that sends every body it gets to the queue `out`, with its own credentials and environment. */
async function createForwarder(
  statements: { actions: string[]; resource: string }[],
): Promise<FunctionDefinition> {
  const code = `
    const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
    const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
    exports.handler = async (event) => {
      for (const { body } of event.Records) {
        await sqs.send(new SendMessageCommand({ QueueUrl: process.env.OUT, MessageBody: body }));
      }
    };`;
  await createRole('forwarder', statements);
  const definition = functionDefinition(code, {
    functionName: 'forwarder',
    environment: { OUT: `https://sqs.${region}.amazonaws.com/${accountId}/out` },
  });
  await lambda.createFunction(definition);
  return definition;
}

function createMapping(functionArn: string): Promise<void> {
  return lambda.createEventSourceMapping({
    accountId,
    region,
    functionArn,
    queueArn: inQueue,
    enabled: true,
    batchSize: 5,
    maximumBatchingWindowSeconds: 0,
    reportBatchItemFailures: true,
  });
}

function invoke(name: string, payload: unknown, InvocationType?: 'Event') {
  return client.send(
    new InvokeCommand({
      FunctionName: name,
      Payload: JSON.stringify(payload),
      ...(InvocationType && { InvocationType }),
    }),
  );
}

const record = { Records: [{ body: 'hello' }] };

it('polls with the execution role, and runs the function with the same role', async () => {
  const definition = await createForwarder([
    { actions: polling, resource: inQueue },
    { actions: ['sqs:SendMessage'], resource: outQueue },
  ]);
  await createMapping(definition.arn);
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: `https://sqs.${region}.amazonaws.com/${accountId}/in`,
      MessageBody: 'hello',
    }),
  );
  const queued = () => log.events.filter((event) => event.kind === 'queued').map((event) => event.queueName);
  await waitUntil(
    'the message was forwarded',
    () => queued().length === 2 && lambda.idle(),
    failures,
    20_000,
  );
  expect(queued()).toEqual(['in', 'out']);
  expect(log.events.some((event) => event.kind === 'denied')).toBe(false);
});

it.each(polling)('refuses the mapping when the role lacks %s', async (missing) => {
  const rest = polling.filter((action) => action !== missing);
  const definition = await createForwarder([{ actions: rest, resource: inQueue }]);
  await expect(createMapping(definition.arn)).rejects.toThrow(/does not have permissions to call/);
});

it('denies a call that the role does not allow, and answers the error as Lambda does', async () => {
  await createForwarder([{ actions: polling, resource: inQueue }]);
  const answer = await invoke('forwarder', record);
  expect(answer.FunctionError).toBe('Unhandled');
  expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toMatchObject({
    errorType: expect.stringContaining('AccessDenied'),
  });
  expect(log.events).toContainEqual(
    expect.objectContaining({ kind: 'denied', action: 'sqs:SendMessage', resource: outQueue }),
  );
});

it('answers a synchronous invocation, and accepts an asynchronous one', async () => {
  const definition = await createForwarder([{ actions: ['sqs:SendMessage'], resource: outQueue }]);
  const synchronous = await invoke(definition.arn, record);
  expect([synchronous.StatusCode, synchronous.FunctionError]).toEqual([200, undefined]);
  expect(synchronous.Payload?.transformToString()).toBe('null');
  const asynchronous = await invoke('forwarder', record, 'Event');
  expect(asynchronous.StatusCode).toBe(202);
  await waitUntil('it ran', () => lambda.idle(), failures, 20_000);
  expect(log.events.filter((event) => event.kind === 'invoked')).toHaveLength(2);
});

it('says which function is missing', async () => {
  await expect(invoke('missing', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('stops the run at an operation that it does not have', async () => {
  await createForwarder([{ actions: polling, resource: inQueue }]);
  const update = new UpdateFunctionConfigurationCommand({ FunctionName: 'forwarder', Timeout: 3 });
  await expect(client.send(update)).rejects.toThrow(/does not handle lambda:UpdateFunctionConfiguration/);
  expect(failures.all.map((error) => error.name)).toEqual(['UnsupportedError']);
});

it('lets a service in only with a permission for it and its source', async () => {
  const { arn } = await createForwarder([{ actions: ['sqs:SendMessage'], resource: outQueue }]);
  const sourceArn = `arn:aws:events:${region}:${accountId}:rule/sweep`;
  const caller = { servicePrincipal: 'events.amazonaws.com', sourceArn, sourceAccount: accountId };
  const permission = { functionArn: arn, action: 'lambda:InvokeFunction', principal: 'events.amazonaws.com' };
  await expect(lambda.invokeForService(arn, record, caller)).rejects.toThrow(/may not invoke/);
  lambda.addPermission({ ...permission, sourceArn: `${sourceArn}-of-somebody-else` });
  await expect(lambda.invokeForService(arn, record, caller)).rejects.toThrow(/may not invoke/);
  lambda.addPermission({ ...permission, sourceArn, sourceAccount: '210987654321' });
  await expect(lambda.invokeForService(arn, record, caller)).rejects.toThrow(/may not invoke/);
  lambda.addPermission({ ...permission, sourceArn, sourceAccount: accountId });
  expect(await lambda.invokeForService(arn, record, caller)).toEqual({ payload: 'null' });
});
