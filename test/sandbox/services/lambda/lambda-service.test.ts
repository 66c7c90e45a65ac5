import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventLog } from '../../../../sandbox/events';
import { Failures } from '../../../../sandbox/failures';
import type {
  FunctionDefinition,
  InvocationResult,
  LambdaService,
} from '../../../../sandbox/services/lambda/definitions';
import { createLambdaService } from '../../../../sandbox/services/lambda/lambda-service';
import { accountId, functionDefinition, region, workDirectory } from './definitions';
import { type FakeGateway, fakeGateway } from './fake-gateway';
import { ManualClock, until } from './manual-clock';

const directory = workDirectory();
const hour = 60 * 60_000;
const caller = {
  servicePrincipal: 'events.amazonaws.com',
  sourceArn: `arn:aws:events:${region}:${accountId}:rule/sweep`,
  sourceAccount: accountId,
};

let gateway: FakeGateway;
let log: EventLog;
let failures: Failures;
let clock: ManualClock;
let lambda: LambdaService;

beforeEach(() => {
  gateway = fakeGateway();
  log = new EventLog();
  failures = new Failures();
  clock = new ManualClock();
  lambda = service();
});

afterEach(() => lambda.stop());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function service(slackEndpoint?: string): LambdaService {
  return createLambdaService({
    gateway,
    log,
    failures,
    timeScale: 60,
    workDirectory: directory,
    clock,
    ...(slackEndpoint === undefined ? {} : { slackEndpoint }),
  });
}

/** Creates a function without retries, and runs it once. */
async function run(
  code: string,
  payload: unknown = {},
  parts: Partial<FunctionDefinition> = {},
): Promise<InvocationResult> {
  const definition = functionDefinition(code, parts);
  await lambda.createFunction(definition);
  lambda.putEventInvokeConfig(definition.arn, { maximumRetryAttempts: 0 });
  return await lambda.invokeForService(definition.arn, payload, caller);
}

function answerOf(result: InvocationResult): Record<string, unknown> {
  return JSON.parse(result.payload);
}

function linesOf(): string[] {
  return log.events.flatMap((event) => (event.kind === 'log' ? [event.line] : []));
}

describe('running a function', () => {
  it('hands over the event, and answers what the handler returns', async () => {
    const result = await run('exports.handler = async (event) => ({ doubled: event.number * 2 });', {
      number: 21,
    });
    expect(result).toEqual({ payload: '{"doubled":42}' });
  });

  it('answers null for a handler that returns nothing', async () => {
    expect(await run('exports.handler = async () => {};')).toEqual({ payload: 'null' });
  });

  it("gives exactly the template's variables and Lambda's own", async () => {
    process.env.SECRET_OF_THIS_MACHINE = 'must not leak';
    const result = await run(
      'exports.handler = async () => process.env;',
      {},
      { environment: { LEDGER_TABLE: 'staunch-ledger' } },
    );
    delete process.env.SECRET_OF_THIS_MACHINE;
    const variables = answerOf(result);
    expect(variables).toMatchObject({
      LEDGER_TABLE: 'staunch-ledger',
      AWS_REGION: region,
      AWS_LAMBDA_FUNCTION_NAME: 'tested',
      AWS_ACCESS_KEY_ID: 'ASIA1',
      AWS_SESSION_TOKEN: 'token',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL_S3_CONTROL: 'http://localhost:9',
      _HANDLER: 'index.handler',
    });
    expect(variables).not.toHaveProperty('SECRET_OF_THIS_MACHINE');
    expect(variables).not.toHaveProperty('HOME');
  });

  it('gives the context that handlers expect', async () => {
    const result = await run(
      'exports.handler = async (_, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() > 0 });',
      {},
      { timeoutSeconds: 900 },
    );
    expect(answerOf(result)).toMatchObject({
      functionName: 'tested',
      invokedFunctionArn: `arn:aws:lambda:${region}:${accountId}:function:tested`,
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/tested',
      remaining: true,
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('finds the AWS SDK that the runtime brings', async () => {
    const result = await run(
      "const { SQSClient } = require('@aws-sdk/client-sqs'); exports.handler = async () => typeof SQSClient;",
    );
    expect(result.payload).toBe('"function"');
  });

  it('uses a warm environment again', async () => {
    const definition = functionDefinition('let count = 0; exports.handler = async () => ++count;');
    await lambda.createFunction(definition);
    await lambda.invokeForService(definition.arn, {}, caller);
    const second = await lambda.invokeForService(definition.arn, {}, caller);
    expect(second.payload).toBe('2');
    const invoked = log.events.filter((event) => event.kind === 'invoked');
    expect(invoked.map((event) => event.cold)).toEqual([true, false]);
  });

  it('runs concurrent invocations in environments of their own, two at the most', async () => {
    const definition = functionDefinition(
      'let invocations = 0; exports.handler = async () => { invocations += 1; await new Promise(setImmediate); return invocations; };',
    );
    await lambda.createFunction(definition);
    const call = { operation: 'Invoke', url: `/2015-03-31/functions/${definition.functionName}/invocations` };
    const results = await Promise.all([1, 2, 3].map(() => gateway.call('lambda', call)));
    expect(results.map(({ body }) => String(body)).toSorted()).toEqual(['1', '1', '2']);
  });

  it('runs asynchronous invocations of a function one after the other, in one environment', async () => {
    const definition = functionDefinition(
      'let invocations = 0, running = 0, most = 0; exports.handler = async () => { invocations += 1; running += 1; most = Math.max(most, running); await new Promise(setImmediate); running -= 1; return [invocations, most]; };',
    );
    await lambda.createFunction(definition);
    const results = await Promise.all(
      [1, 2, 3].map(() => lambda.invokeForService(definition.arn, {}, caller)),
    );
    expect(results.map(({ payload }) => payload)).toEqual(['[1,1]', '[2,1]', '[3,1]']);
  });

  it('starts a fresh environment when the credentials of the old one expired', async () => {
    const definition = functionDefinition('exports.handler = async () => process.env.AWS_ACCESS_KEY_ID;');
    await lambda.createFunction(definition);
    const first = await lambda.invokeForService(definition.arn, {}, caller);
    clock.advance(31 * 60 * 1000);
    const second = await lambda.invokeForService(definition.arn, {}, caller);
    gateway.expireSessions();
    const third = await lambda.invokeForService(definition.arn, {}, caller);
    expect([first.payload, second.payload, third.payload]).toEqual(['"ASIA1"', '"ASIA2"', '"ASIA3"']);
  });

  it('records what the function prints, line by line, before its answer', async () => {
    await run(
      "exports.handler = async () => { console.log('one\\ntwo'); console.error('three'); process.stdout.write('four'); };",
    );
    const kinds = log.events.map((event) => (event.kind === 'log' ? event.line : event.kind));
    expect(kinds).toEqual(['one', 'two', 'three', 'four', 'invoked']);
  });

  it('runs the code of an asset folder', async () => {
    const asset = `${directory}/asset`;
    mkdirSync(asset, { recursive: true });
    writeFileSync(`${asset}/index.js`, "exports.handler = async () => require('./policy.json').flag;");
    writeFileSync(`${asset}/policy.json`, '{"flag":"off"}');
    expect(await run('', {}, { code: { directory: asset } })).toEqual({ payload: '"off"' });
  });

  it('replaces code and environments when a function is created again', async () => {
    await run("exports.handler = async () => 'old';");
    expect(await run("exports.handler = async () => 'new';")).toEqual({ payload: '"new"' });
  });

  it('lets an invocation end with the old code, and takes the new one for the next', async () => {
    const file = `${directory}/may-end`;
    const running = run(`exports.handler = async () => {
      console.log('begun');
      while (!require('node:fs').existsSync('${file}')) await new Promise(setImmediate);
      return 'old';
    };`);
    await until(() => linesOf().includes('begun'));
    const definition = functionDefinition("exports.handler = async () => 'new';");
    await lambda.createFunction(definition);
    writeFileSync(file, '');
    expect((await running).payload).toBe('"old"');
    expect((await lambda.invokeForService(definition.arn, {}, caller)).payload).toBe('"new"');
  });

  it('lets time pass for functions, warm ones too, and for nothing else', async () => {
    const day = 24 * 60 * 60_000;
    const code = `exports.handler = async (_, context) => ({
      invocations: (globalThis.invocations = (globalThis.invocations ?? 0) + 1),
      times: [Date.now(), new Date().getTime(), Date.parse(Date())],
      plain: [new Date(0).toISOString(), new Date(2026, 0).getFullYear(), Date.UTC(1970, 0)],
      isDate: new Date() instanceof Date && new Date().constructor === Date,
      remaining: context.getRemainingTimeInMillis(),
    });`;
    const before = answerOf(await run(code));
    lambda.passTime(day);
    const { arn } = functionDefinition('');
    const after = answerOf(await lambda.invokeForService(arn, {}, caller));
    for (const time of before.times as number[]) expect(Math.abs(time - Date.now())).toBeLessThan(hour);
    for (const time of after.times as number[]) expect(Math.abs(time - day - Date.now())).toBeLessThan(hour);
    expect(after).toMatchObject({ invocations: 2, isDate: true, plain: before.plain });
    expect(after.plain).toEqual(['1970-01-01T00:00:00.000Z', 2026, 0]);
    expect(after.remaining).toBeGreaterThan(25_000);
    expect(() => lambda.passTime(-1)).toThrow(RangeError);
  });
});

describe('a function that fails', () => {
  it("answers Lambda's form of an error", async () => {
    const result = await run("exports.handler = async () => { throw new RangeError('too far'); };");
    expect(result.functionError).toBe('Unhandled');
    expect(answerOf(result)).toMatchObject({
      errorType: 'RangeError',
      errorMessage: 'too far',
      trace: expect.arrayContaining(['RangeError: too far']),
    });
    expect(log.events).toContainEqual(expect.objectContaining({ kind: 'invoked', error: result.payload }));
  });

  it('names the missing variable when its code throws at cold start, at every invocation', async () => {
    const code =
      "if (!process.env.LEDGER_TABLE) throw new Error('LEDGER_TABLE is missing'); exports.handler = async () => 1;";
    const first = await run(code);
    expect(answerOf(first)).toMatchObject({ errorType: 'Error', errorMessage: 'LEDGER_TABLE is missing' });
    const second = await run(code);
    expect(answerOf(second)).toMatchObject({ errorMessage: 'LEDGER_TABLE is missing' });
  });

  it('is told when its handler does not exist', async () => {
    const result = await run('exports.other = async () => 1;');
    expect(answerOf(result)).toMatchObject({ errorType: 'Runtime.HandlerNotFound' });
  });

  it('is ended at its timeout, and the next invocation starts afresh', async () => {
    const code =
      'let n = 0; exports.handler = (event) => ++n && event.wait ? new Promise(() => {}) : Promise.resolve(n);';
    const definition = functionDefinition(code, { timeoutSeconds: 3 });
    await lambda.createFunction(definition);
    lambda.putEventInvokeConfig(definition.arn, { maximumRetryAttempts: 0 });
    await lambda.invokeForService(definition.arn, {}, caller);
    const slow = lambda.invokeForService(definition.arn, { wait: true }, caller);
    await until(() => clock.waiting === 1);
    clock.advance(3000);
    const result = await slow;
    expect(result.functionError).toBe('Unhandled');
    expect(answerOf(result).errorMessage).toMatch(/Task timed out after 3\.00 seconds$/);
    expect(linesOf()).toContainEqual(expect.stringContaining('Task timed out after 3.00 seconds'));
    expect(await lambda.invokeForService(definition.arn, {}, caller)).toEqual({ payload: '1' });
  });

  it('is ended even while it is busy', async () => {
    const definition = functionDefinition('exports.handler = () => { for (;;); };', { timeoutSeconds: 1 });
    await lambda.createFunction(definition);
    lambda.putEventInvokeConfig(definition.arn, { maximumRetryAttempts: 0 });
    const busy = lambda.invokeForService(definition.arn, {}, caller);
    await until(() => clock.waiting === 1 && log.events.length === 0);
    const moving = setInterval(() => clock.advance(1000), 20);
    const result = await busy;
    clearInterval(moving);
    expect(answerOf(result).errorMessage).toMatch(/Task timed out/);
  });

  it('answers an exit error when it ends its own process', async () => {
    const result = await run('exports.handler = async () => process.exit(7);');
    expect(answerOf(result)).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('exit status 7'),
    });
  });

  it('answers an unhandled rejection, and does not use that environment again', async () => {
    const code =
      "let n = 0; exports.handler = async () => { n += 1; if (n === 1) { Promise.reject(new Error('left alone')); await new Promise(() => {}); } };";
    const result = await run(code);
    expect(answerOf(result)).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'left alone',
    });
  });

  it('is retried twice when a service invokes it, with pauses divided by the time scale', async () => {
    const definition = functionDefinition("exports.handler = async () => { throw new Error('again'); };");
    await lambda.createFunction(definition);
    const invocations = () => log.events.filter((event) => event.kind === 'invoked').length;
    const result = lambda.invokeForService(definition.arn, {}, caller);
    await until(() => invocations() === 1 && clock.waiting === 1);
    expect(await lambda.idle()).toBe(false);
    clock.advance(1000);
    await until(() => invocations() === 2 && clock.waiting === 1);
    clock.advance(2000);
    expect((await result).functionError).toBe('Unhandled');
    expect(invocations()).toBe(3);
    expect(await lambda.idle()).toBe(true);
  });
});

describe('the network of a function', () => {
  let server: Server;
  let port: number;

  beforeAll(async () => {
    server = createServer((request, response) => response.end(`${request.method} ${request.url}`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());

  it('reaches every loopback name', async () => {
    const result = await run(
      `exports.handler = async () => (await fetch('http://123456789012.localhost:${port}/x')).text();`,
    );
    expect(result.payload).toBe('"GET /x"');
  });

  it.each([
    'https://sqs.eu-west-1.amazonaws.com/',
    'http://169.254.169.254/latest/meta-data/',
    'http://8.8.8.8/',
  ])('refuses %s', async (url) => {
    const code = `exports.handler = () => fetch('${url}').then(() => 'reached', (error) => String(error.cause.message));`;
    expect(answerOf(await run(code))).toMatch(/The sandbox lets a function reach 127\.0\.0\.1 only/);
  });

  it('refuses other hosts to the http module too', async () => {
    const code = `exports.handler = () => new Promise((resolve) =>
      require('node:http').get('http://example.com/').on('error', (error) => resolve(error.code)));`;
    expect((await run(code)).payload).toBe('"ENOTFOUND"');
  });

  it('takes requests to Slack to the stand-in', async () => {
    await lambda.stop();
    lambda = service(`http://127.0.0.1:${port}`);
    const paths = {
      'https://slack.com/api/chat.postMessage': '/api/chat.postMessage',
      'https://hooks.slack.com/actions/T1/2/three': '/actions/T1/2/three',
      'https://files.slack.com/upload/v1/F1': '/upload/v1/F1',
    };
    for (const [url, path] of Object.entries(paths)) {
      const result = await run(
        `exports.handler = async () => (await fetch('${url}', { method: 'POST' })).text();`,
      );
      expect(result.payload).toBe(JSON.stringify(`POST ${path}`));
    }
  });
});

describe('who may use a function', () => {
  it('asks with the service, the source and the function, and refuses what the policy does not allow', async () => {
    const definition = functionDefinition('exports.handler = async () => 1;');
    await lambda.createFunction(definition);
    gateway.allow = () => false;
    await expect(lambda.invokeForService(definition.arn, {}, caller)).rejects.toThrow(/may not invoke/);
    expect(gateway.asked.at(-1)).toEqual({
      principal: { kind: 'service', accountId: '', arn: 'events.amazonaws.com' },
      action: 'lambda:InvokeFunction',
      resource: definition.arn,
      resourceAccountId: accountId,
      context: { 'aws:sourcearn': caller.sourceArn, 'aws:sourceaccount': accountId },
    });
    expect(log.events).toContainEqual(
      expect.objectContaining({ kind: 'denied', by: 'events.amazonaws.com' }),
    );
    expect(log.events.some((event) => event.kind === 'invoked')).toBe(false);
  });

  it("makes the function's resource policy from all its permissions", async () => {
    const functionArn = functionDefinition('').arn;
    const permission = { functionArn, action: 'lambda:InvokeFunction' };
    lambda.addPermission({ ...permission, principal: 'config.amazonaws.com' });
    lambda.addPermission({ ...permission, principal: 'events.amazonaws.com' });
    expect(JSON.parse(gateway.policies.get(functionArn) ?? '').Statement).toHaveLength(2);
  });

  it('refuses to create a function whose role does not trust Lambda', async () => {
    const definition = functionDefinition('exports.handler = async () => 1;');
    gateway.untrusted.add(definition.roleArn);
    await expect(lambda.createFunction(definition)).rejects.toThrow(/does not trust/);
  });

  it('refuses a runtime that it does not have', async () => {
    const definition = functionDefinition('', { runtime: 'python3.13' });
    await expect(lambda.createFunction(definition)).rejects.toThrow(/python3\.13/);
  });
});
