import { StandardRetryStrategy } from '@smithy/core/retry';
import { jsonApi } from '../../../../member-functions/rule/aws-api/json-api';
import { awsConfig } from '../../../../member-functions/rule/aws-config';
import { isSignedWith, parseAuthorization } from '../../../../sandbox/gateway/protocols/signature-v4';
import { AwsJsonServer, answers, type Reply } from '../../../support/aws-json-server';

const server = new AwsJsonServer();
/** The pauses that were asked for: the base that they grow from, and how many there were before. */
let pauses: [base: number, count: number][] = [];

function api(requestTimeout = 5_000) {
  let base = 0;
  const retries = new StandardRetryStrategy({
    maxAttempts: 3,
    backoff: {
      setDelayBase(milliseconds) {
        base = milliseconds;
      },
      computeNextBackoffDelay(count) {
        pauses.push([base, count]);
        return 0;
      },
    },
  });
  return jsonApi(awsConfig, 'eu-west-1', { connectionTimeout: 5_000, requestTimeout, retries });
}

const breaks: Reply = (response) => response.destroy();
const breaksInTheMiddle: Reply = (response) => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('{"half":', () => response.destroy());
};
const throttled = answers(400, { __type: 'ThrottlingException', message: 'Rate exceeded' });

beforeAll(() => server.listen());
afterAll(() => server.close());
beforeEach(() => {
  pauses = [];
  server.requests.length = 0;
  server.replies.length = 0;
  for (const [name, value] of Object.entries({
    AWS_ENDPOINT_URL: server.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIDFIRST',
    AWS_SECRET_ACCESS_KEY: 'first secret',
    AWS_SESSION_TOKEN: 'first token',
    URL_SUFFIX: 'amazonaws.com',
  }))
    vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

/** Whether the request that came `index`th is signed with a secret. */
function isSigned(index: number, secret: string): boolean {
  const request = server.requests[index];
  const authorization = parseAuthorization(request?.headers.authorization ?? '');
  if (!request || !authorization) return false;
  expect(authorization).toMatchObject({ region: 'eu-west-1', service: 'config' });
  expect(authorization.signedHeaders).toEqual(expect.arrayContaining(['host', 'x-amz-date', 'x-amz-target']));
  return isSignedWith(secret, request, authorization, request.headers['x-amz-date'] ?? '');
}

it("sends an operation in AWS's JSON, signed, and answers what came back", async () => {
  server.replies.push(answers(200, { FailedEvaluations: [] }));

  const answer = await api()('PutEvaluations', { ResultToken: 'Zürich' });

  expect(answer).toEqual({ FailedEvaluations: [] });
  expect(server.requests).toMatchObject([
    {
      method: 'POST',
      url: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'StarlingDoveService.PutEvaluations',
        'x-amz-security-token': 'first token',
      },
    },
  ]);
  expect(server.calls()).toEqual([{ operation: 'PutEvaluations', input: { ResultToken: 'Zürich' } }]);
  expect(isSigned(0, 'first secret')).toBe(true);
});

it('takes an empty answer for an empty object', async () => {
  server.replies.push(answers(200, ''));
  expect(await api()('StartConfigRulesEvaluation', {})).toEqual({});
});

it('signs each attempt with the credentials that the environment has then', async () => {
  const call = api();
  server.replies.push((response) => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDSECOND');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'second secret');
    vi.stubEnv('AWS_SESSION_TOKEN', '');
    answers(500, '')(response);
  });

  await call('PutEvaluations', {});

  expect(isSigned(0, 'first secret')).toBe(true);
  expect(isSigned(1, 'second secret')).toBe(true);
  expect(server.requests[1]?.headers).not.toHaveProperty('x-amz-security-token');
});

it('names the variable where there are no credentials, and sends nothing', async () => {
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
  await expect(api()('PutEvaluations', {})).rejects.toThrow('AWS_SECRET_ACCESS_KEY is not set');
  expect(server.requests).toEqual([]);
});

it.each([
  ['throttling', throttled, 1_000],
  ['the status 429', answers(429, ''), 1_000],
  ['an error of the service', answers(500, { __type: 'InternalFailure' }), 50],
  ['a gateway that answers in HTML', answers(503, '<html>'), 50],
  ['a connection that breaks', breaks, 50],
  ['an answer that breaks off', breaksInTheMiddle, 50],
])("tries again after %s, with the SDK's growing pauses", async (_, reply, base) => {
  server.replies.push(reply, reply, answers(200, { done: true }));

  expect(await api()('PutEvaluations', {})).toEqual({ done: true });

  expect(pauses).toEqual([
    [base, 0],
    [base, 1],
  ]);
  const numbers = server.requests.map(({ headers }) => headers['amz-sdk-request']);
  expect(numbers).toEqual(['attempt=1; max=3', 'attempt=2; max=3', 'attempt=3; max=3']);
  expect(new Set(server.requests.map(({ headers }) => headers['amz-sdk-invocation-id']))).toHaveProperty(
    'size',
    1,
  );
});

it("fails with AWS's name and message after the third attempt", async () => {
  server.replies.push(throttled, throttled, throttled);
  await expect(api()('PutEvaluations', {})).rejects.toMatchObject({
    name: 'ThrottlingException',
    message: 'Rate exceeded',
  });
  expect(server.requests).toHaveLength(3);
});

it.each([
  [
    'a refusal',
    answers(400, { __type: 'InvalidResultTokenException', message: 'No.' }),
    'InvalidResultTokenException',
  ],
  ['what it may not do', answers(400, { __type: 'AccessDeniedException' }), 'AccessDeniedException'],
  ['an answer that is no JSON', answers(200, '<html>'), 'SyntaxError'],
])('does not try again after %s', async (_, reply, name) => {
  server.replies.push(reply);
  await expect(api()('PutEvaluations', {})).rejects.toMatchObject({ name });
  expect(server.requests).toHaveLength(1);
});

it('gives an answer that does not come up, and tries again', async () => {
  server.replies.push(() => {}, answers(200, { done: true }));
  expect(await api(30)('PutEvaluations', {})).toEqual({ done: true });
});

it('tries again, and fails, where nobody listens', async () => {
  const gone = new AwsJsonServer();
  await gone.listen();
  vi.stubEnv('AWS_ENDPOINT_URL', gone.endpoint);
  await gone.close();
  await expect(api()('PutEvaluations', {})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(pauses).toHaveLength(2);
});
