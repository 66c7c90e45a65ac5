import { EventLog } from '../../../../sandbox/events';
import { UnsupportedError } from '../../../../sandbox/failures';
import { AccessDeniedError, type HostedParts } from '../../../../sandbox/gateway/api';
import type { Model } from '../../../../sandbox/services/apigateway/model';
import { RestApi } from '../../../../sandbox/services/apigateway/rest-api';
import { Stage } from '../../../../sandbox/services/apigateway/stage';
import type { InvocationResult } from '../../../../sandbox/services/lambda/definitions';
import { ThrottledError } from '../../../../sandbox/services/lambda/lambda-api';
import { ManualClock, until } from '../lambda/manual-clock';
import { receivedFrom } from './support/sign';

const place = { accountId: '222222222222', region: 'eu-west-1' };
const credentials = { accessKeyId: 'ASIA1', secretAccessKey: 'secret' };
const model: Model = { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object', required: [] };

/** Who gets in. */
interface Guard {
  authorizationType: 'AWS_IAM' | 'NONE';
  policy: string;
  decide: HostedParts['decide'];
}

/** A stage whose function does what a test says, and whose one caller may do everything. */
function stageWith(
  invokeAndWait: () => Promise<InvocationResult>,
  throttle = { rate: 10_000, burst: 5_000 },
  { authorizationType = 'AWS_IAM', policy, decide }: Partial<Guard> = {},
) {
  const clock = new ManualClock();
  const events = new EventLog();
  const api = new RestApi('abcdefghij', place, policy);
  api.addResource('r', api.rootResourceId, 'orders');
  api.addMethod({
    httpMethod: 'POST',
    resourceId: 'r',
    authorizationType,
    functionArn: `arn:aws:lambda:eu-west-1:222222222222:function:orders`,
    timeout: 29_000,
    models: { 'application/json': model },
  });
  api.deploy('d');
  const deployed = api.deployments.get('d') ?? { deploymentId: '', methods: [] };
  const accessLog = {
    logGroup: '/aws/apigateway/orders',
    format:
      '{"who":"$context.identity.userArn","status":"$context.status","as":"$context.error.responseType"}',
  };
  const stage = new Stage(
    { api, name: 'live', deployed, throttle, accessLog },
    { lambda: { invokeAndWait }, clock },
  );
  const hosted: HostedParts = {
    now: () => clock.now(),
    signerOf: () => ({
      principal: {
        kind: 'role',
        accountId: '333333333333',
        arn: 'arn:aws:sts::333333333333:assumed-role/r/s',
      },
      userId: 'AROA1:s',
      secrets: ['secret'],
      sessionTokens: [undefined],
      isOver: false,
    }),
    decide: decide ?? (() => ({ allowed: true, reason: '' })),
    organizationOf: () => undefined,
    events,
  };
  const post = async (body = '{}') => {
    const request = await receivedFrom(credentials, {
      url: 'http://127.0.0.1:1/_aws/execute-api/abcdefghij/live/orders',
      body,
      at: new Date(clock.now()),
    });
    return stage.answer(request, '/orders', hosted);
  };
  const postUnsigned = () =>
    stage.answer(
      {
        method: 'POST',
        path: '/_aws/execute-api/abcdefghij/live/orders',
        headers: { 'x-slack-signature': 'v0=1', 'content-type': 'application/x-www-form-urlencoded' },
        query: new URLSearchParams(),
        url: '/_aws/execute-api/abcdefghij/live/orders',
        body: Buffer.from('payload=x'),
      },
      '/orders',
      hosted,
    );
  const lines = () =>
    events.events.flatMap((event) => (event.kind === 'access-log' ? [JSON.parse(event.line)] : []));
  return { clock, post, postUnsigned, lines };
}

const answering = (answer: unknown) => async () => ({ payload: JSON.stringify(answer) });
const bodyOf = ({ body }: { body: Buffer | string }) => JSON.parse(body.toString());

it("gives back the function's answer, with its status and headers", async () => {
  const { post } = stageWith(
    answering({
      statusCode: 202,
      headers: { 'X-One': 1 },
      multiValueHeaders: { 'x-two': ['a', 'b'] },
      body: '{}',
    }),
  );
  expect(await post()).toMatchObject({ status: 202, headers: { 'x-one': '1', 'x-two': 'a, b' }, body: '{}' });
});

it.each<[string, unknown]>([
  ['no status', { body: '' }],
  ['a body that is no text', { statusCode: 200, body: {} }],
  ['a property that nobody knows', { statusCode: 200, text: '' }],
  ['nothing', null],
])('takes an answer with %s for none', async (_, answer) => {
  const { post } = stageWith(answering(answer));
  const refused = await post();
  expect([refused.status, bodyOf(refused)]).toEqual([502, { message: 'Internal server error' }]);
});

it('hides why the function failed', async () => {
  const { post } = stageWith(async () => ({
    payload: '{"errorMessage":"secret"}',
    functionError: 'Unhandled',
  }));
  const refused = await post();
  expect([refused.status, bodyOf(refused)]).toEqual([502, { message: 'Internal server error' }]);
});

it.each([new AccessDeniedError('no permission'), new ThrottledError('busy')])(
  'answers 500 where the function cannot be invoked: %s',
  async (error) => {
    const { post } = stageWith(() => Promise.reject(error));
    expect((await post()).status).toBe(500);
  },
);

it('hands on what only the sandbox is to blame for', async () => {
  const { post } = stageWith(() => Promise.reject(new UnsupportedError('not here')));
  await expect(post()).rejects.toThrow('not here');
});

it('waits 29 seconds for the function, and no longer, while the function goes on', async () => {
  let end: (result: InvocationResult) => void = () => {};
  const { clock, post, lines } = stageWith(
    () =>
      new Promise((resolve) => {
        end = resolve;
      }),
  );
  const answer = post();
  await until(() => clock.waiting === 1);
  clock.advance(28_999);
  expect(lines()).toEqual([]);
  clock.advance(1);
  const late = await answer;
  expect([late.status, bodyOf(late)]).toEqual([504, { message: 'Endpoint request timed out' }]);
  end({ payload: '{"statusCode":200}' });
});

it('leaves no timer behind a function that answered', async () => {
  const { clock, post } = stageWith(answering({ statusCode: 200 }));
  await post();
  expect(clock.waiting).toBe(0);
});

it('takes as many requests at once as its burst, and as many a second as its rate', async () => {
  const { clock, post, lines } = stageWith(answering({ statusCode: 200 }), { rate: 10, burst: 3 });
  const statuses = async (count: number) => {
    const all: number[] = [];
    for (let sent = 0; sent < count; sent += 1) all.push((await post()).status);
    return all;
  };
  expect(await statuses(4)).toEqual([200, 200, 200, 429]);
  expect(bodyOf(await post())).toEqual({ message: 'Too Many Requests' });
  clock.advance(200);
  expect(await statuses(3)).toEqual([200, 200, 429]);
  clock.advance(60_000);
  expect(await statuses(4)).toEqual([200, 200, 200, 429]);
  expect(lines().filter(({ as }) => as === 'THROTTLED')).toHaveLength(4);
});

it('takes bodies of ten megabytes at the most', async () => {
  const { post } = stageWith(answering({ statusCode: 200 }));
  const bodyOfLength = (length: number) =>
    JSON.stringify('').replace('""', `{"a":"${'x'.repeat(length - 8)}"}`);
  expect((await post(bodyOfLength(10 * 1024 * 1024))).status).toBe(200);
  const refused = await post(bodyOfLength(10 * 1024 * 1024 + 1));
  expect([refused.status, bodyOf(refused)]).toEqual([413, { message: 'Request Too Long' }]);
});

it('logs who asked and what came of it, in a line for each request', async () => {
  const { post, lines } = stageWith(answering({ statusCode: 200 }));
  await post();
  await post('x');
  const who = 'arn:aws:sts::333333333333:assumed-role/r/s';
  expect(lines()).toEqual([
    { who, status: '200', as: '-' },
    { who, status: '400', as: 'BAD_REQUEST_BODY' },
  ]);
});

describe('a method without authorization', () => {
  const echoing = (events: unknown[]) => async (_name: unknown, event: unknown) => {
    events.push(event);
    return { payload: JSON.stringify({ statusCode: 200, body: '' }) };
  };

  it('asks nobody who he is, and says so to the function and in the log', async () => {
    const events: unknown[] = [];
    const { postUnsigned, lines } = stageWith(echoing(events) as never, undefined, {
      authorizationType: 'NONE',
    });
    expect((await postUnsigned()).status).toBe(200);
    expect(events).toMatchObject([
      {
        body: 'payload=x',
        headers: { 'x-slack-signature': 'v0=1' },
        requestContext: { identity: { accountId: null, userArn: null, caller: null, accessKey: null } },
      },
    ]);
    expect(lines()).toEqual([{ who: '-', status: '200', as: '-' }]);
  });

  it('lets in whom the policy of the API lets in, and nobody else', async () => {
    const asked: unknown[] = [];
    const { postUnsigned } = stageWith(echoing([]) as never, undefined, {
      authorizationType: 'NONE',
      policy: '{}',
      decide: ({ principal, action }) => {
        asked.push([principal.arn, action]);
        return { allowed: false, reason: 'nobody may' };
      },
    });
    expect((await postUnsigned()).status).toBe(403);
    expect(asked).toEqual([['anybody', 'execute-api:Invoke']]);
  });
});
