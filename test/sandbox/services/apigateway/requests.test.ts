import { rmSync } from 'node:fs';
import type { Credentials } from '../../../../sandbox/gateway/api';
import { document, region, TestSandbox, trust } from '../../gateway/sandbox';
import { workDirectory } from '../lambda/definitions';
import { type DeployedApi, deployApi } from './support/deployed-api';
import { type Signing, sign } from './support/sign';

const sandbox = new TestSandbox();
const directory = workDirectory();
const order = '{"version":2,"key":"k","order":"whoami"}';

let api: DeployedApi;
/** Sessions of roles, by name: of a member that may invoke, of one that may not, of the hub's that may, and may not. */
let owner: Credentials;
let developer: Credentials;
let security: Credentials;
let hubFunction: Credentials;

beforeAll(async () => {
  await sandbox.start();
  api = await deployApi(sandbox, directory);
  const invoke = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: api.methodArn };
  const sessionOf = async (account: string, name: string, ...statements: object[]) =>
    sandbox.assume(
      account,
      await sandbox.createRole(account, name, trust(`arn:aws:iam::${account}:root`), ...statements),
      { RoleSessionName: 'calls-itself' },
    );
  owner = await sessionOf(sandbox.member, 'owner', invoke);
  developer = await sessionOf(sandbox.member, 'developer');
  security = await sessionOf(sandbox.hub, 'security', invoke);
  hubFunction = await sessionOf(sandbox.hub, 'hub-function');
}, 60_000);

afterAll(async () => {
  await api.lambda.stop();
  await sandbox.stop();
  rmSync(directory, { recursive: true, force: true });
});

afterEach(() => {
  sandbox.ahead = 0;
  // A test of what goes wrong for its sender must not be a failure of the sandbox.
  expect(sandbox.failures.all).toEqual([]);
});

async function post(credentials: Credentials, signing: Partial<Signing> = {}) {
  return read(await fetch(signing.url ?? api.url, await sign(credentials, { url: api.url, ...signing })));
}

async function read(response: Response) {
  const { status, headers } = response;
  return {
    status,
    error: headers.get('x-amzn-errortype') ?? undefined,
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** The function was reached so often. */
const reached = () =>
  sandbox.events.events.filter((event) => event.kind === 'invoked' && event.functionName === 'echo').length;

describe('a request that IAM knows the sender of', () => {
  it('reaches the function with who sent it, a session of a role by its name without the path', async () => {
    const { status, body } = await post(owner, { headers: { 'user-agent': 'a "test"' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      resource: '/orders',
      path: '/orders',
      httpMethod: 'POST',
      queryStringParameters: null,
      body: order,
      isBase64Encoded: false,
      requestContext: {
        accountId: sandbox.hub,
        httpMethod: 'POST',
        path: '/staunch/orders',
        protocol: 'HTTP/1.1',
        resourcePath: '/orders',
        stage: 'staunch',
        identity: {
          accountId: sandbox.member,
          accessKey: owner.accessKeyId,
          caller: expect.stringMatching(/^AROA\w+:calls-itself$/),
          user: expect.stringMatching(/^AROA\w+:calls-itself$/),
          userArn: `arn:aws:sts::${sandbox.member}:assumed-role/owner/calls-itself`,
          principalOrgId: expect.stringMatching(/^o-/),
          sourceIp: '127.0.0.1',
          userAgent: 'a "test"',
          cognitoIdentityId: null,
        },
      },
    });
    expect(Object.keys(body.headers as object)).not.toContain('authorization');
  });

  it('of the root user of an account has his account as caller', async () => {
    const { body } = await post(sandbox.gateway.administratorOf(sandbox.hub));
    expect(body).toMatchObject({
      requestContext: {
        identity: {
          accountId: sandbox.hub,
          caller: sandbox.hub,
          userArn: `arn:aws:iam::${sandbox.hub}:root`,
        },
      },
    });
  });

  it("takes the account's id or the word any as an administrator's secret, and no other", async () => {
    const as = (secretAccessKey: string) => post({ accessKeyId: sandbox.hub, secretAccessKey });
    expect((await as('any')).status).toBe(200);
    expect((await as(sandbox.hub)).status).toBe(200);
    expect(await as('other')).toMatchObject({ status: 403, error: 'InvalidSignatureException' });
  });

  it('may come again within five minutes, as at AWS, and later no more', async () => {
    const request = await sign(owner, { url: api.url });
    const again = async () => read(await fetch(api.url, request));
    expect([(await again()).status, (await again()).status]).toEqual([200, 200]);
    // The time that passes beside, on a slow machine, is not to matter.
    sandbox.ahead = 270_000;
    expect((await again()).status).toBe(200);
    sandbox.ahead = 302_000;
    expect(await again()).toMatchObject({
      status: 403,
      error: 'InvalidSignatureException',
      body: { message: expect.stringMatching(/^Signature expired: \d{8}T\d{6}Z is now earlier than /) },
    });
  });

  it('has its query verified, and handed on', async () => {
    const url = `${api.url}?b=2&a=x%20y&a=%2F`;
    const { status, body } = await post(owner, { url: `${api.url}?b=2` });
    expect([status, body.queryStringParameters]).toEqual([200, { b: '2' }]);
    expect((await read(await fetch(url, await sign(owner, { url: `${api.url}?b=2` })))).status).toBe(403);
  });
});

describe('a forged request', () => {
  const missing = { status: 403, body: { message: 'Missing Authentication Token' } };

  /** The time of a signature with another last digit, whatever the digit was. */
  const oneSecondOff = (time: string) => time.replace(/\dZ$/, (end) => (end === '9Z' ? '8Z' : '9Z'));

  afterEach(() => expect(reached()).toBe(before));
  let before = 0;
  beforeEach(() => {
    before = reached();
  });

  it('without a signature is refused', async () => {
    const answer = await read(await fetch(api.url, { method: 'POST', body: order }));
    expect(answer).toMatchObject({ ...missing, error: 'MissingAuthenticationTokenException' });
  });

  it.each(['GET', 'PUT', 'DELETE'])('with the method %s finds nothing', async (method) => {
    const { headers } = await sign(owner, { url: api.url, method, body: '' });
    expect(await read(await fetch(api.url, { method, headers }))).toMatchObject(missing);
  });

  it('to another path finds nothing, and to another stage neither', async () => {
    expect(await post(owner, { url: `${api.url}/more` })).toMatchObject(missing);
    const other = api.url.replace('/staunch/', '/other/');
    expect(await post(owner, { url: other })).toMatchObject({ status: 403, body: { message: 'Forbidden' } });
  });

  it('with another secret is refused', async () => {
    const forged = { ...owner, secretAccessKey: developer.secretAccessKey };
    expect(await post(forged)).toMatchObject({ status: 403, error: 'InvalidSignatureException' });
  });

  it.each<[string, (request: Awaited<ReturnType<typeof sign>>) => object]>([
    ['body', (request) => ({ ...request, body: order.replace('whoami', 'pause') })],
    [
      'content type',
      ({ headers, ...rest }) => ({ ...rest, headers: { ...headers, 'content-type': 'text/plain' } }),
    ],
    [
      'stated hash of the body',
      ({ headers, ...rest }) => ({
        ...rest,
        headers: { ...headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      }),
    ],
    [
      'time',
      ({ headers, ...rest }) => ({
        ...rest,
        headers: { ...headers, 'x-amz-date': oneSecondOff(headers['x-amz-date'] ?? '') },
      }),
    ],
  ])('whose %s was altered on its way is refused', async (_, altered) => {
    const request = await sign(owner, { url: api.url, at: new Date(Date.now() - 60_000) });
    const answer = await read(await fetch(api.url, altered(request)));
    expect(answer).toMatchObject({ status: 403, error: 'InvalidSignatureException' });
  });

  it.each<[string, Partial<Signing>, RegExp]>([
    ['another Region', { region: 'us-east-1' }, /valid region, not 'us-east-1'/],
    ['another service', { service: 's3' }, /correct service: 'execute-api'/],
    ['any host', { anyHost: true }, /^'Host' or ':authority' must be a 'SignedHeader'/],
    ['a time to come', { at: new Date(Date.now() + 360_000) }, /^Signature not yet current/],
  ])('signed for %s is refused', async (_, signing, message) => {
    expect(await post(owner, signing)).toMatchObject({
      status: 403,
      error: 'InvalidSignatureException',
      body: { message: expect.stringMatching(message) },
    });
  });

  it('whose key was made for another day is refused', async () => {
    const { headers, ...request } = await sign(owner, { url: api.url });
    const authorization = (headers.authorization ?? '').replace(/\/\d{8}\//, '/20200101/');
    const answer = await read(await fetch(api.url, { ...request, headers: { ...headers, authorization } }));
    expect(answer).toMatchObject({
      status: 403,
      body: { message: expect.stringMatching(/^Date in Credential scope does not match/) },
    });
  });

  it("with a key that nobody issued, without its token, or with another's is refused", async () => {
    const { accessKeyId, secretAccessKey } = owner;
    const unknown = { ...owner, accessKeyId: 'ASIA0000000000000000' };
    const other = { ...owner, sessionToken: developer.sessionToken ?? '' };
    const token = 'of-no-session';
    for (const forged of [
      unknown,
      other,
      { accessKeyId, secretAccessKey },
      { accessKeyId: sandbox.hub, secretAccessKey: 'any', sessionToken: token },
    ]) {
      expect(await post(forged)).toMatchObject({ status: 403, error: 'UnrecognizedClientException' });
    }
  });

  it('of a session that is over is refused', async () => {
    sandbox.ahead = 3_601_000;
    expect(await post(owner, { at: new Date(Date.now() + sandbox.ahead) })).toMatchObject({
      status: 403,
      error: 'ExpiredTokenException',
    });
  });

  it('with a header that nobody can read is refused', async () => {
    const answer = await read(
      await fetch(api.url, { method: 'POST', body: order, headers: { authorization: 'Bearer x' } }),
    );
    expect(answer).toMatchObject({ status: 403, error: 'IncompleteSignatureException' });
  });

  it('signed in the URL is not done here, and stops nothing', async () => {
    const answer = await fetch(`${api.url}?X-Amz-Signature=0`, { method: 'POST', body: order });
    expect(answer.status).toBe(501);
  });
});

describe('permission', () => {
  const denied = { status: 403, error: 'AccessDeniedException' };

  it("takes the caller's policy and the API's for a role of a member", async () => {
    expect((await post(owner)).status).toBe(200);
    expect(await post(developer)).toMatchObject({
      ...denied,
      body: {
        Message: expect.stringMatching(
          new RegExp(
            `^User: arn:aws:sts::${sandbox.member}:assumed-role/developer/calls-itself is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:${region}:\\*{8}${sandbox.hub.slice(-4)}:`,
          ),
        ),
      },
    });
  });

  it("takes IAM's for a role of the hub: that the API lets everybody in would let in every function", async () => {
    expect((await post(security)).status).toBe(200);
    expect(await post(hubFunction)).toMatchObject(denied);
  });

  it('is refused to another organization, whatever its own policies allow', async () => {
    const stranger = '999999999999';
    expect(await post({ accessKeyId: stranger, secretAccessKey: 'any' })).toMatchObject(denied);
    const role = await sandbox.createRole(stranger, 'theirs', trust(`arn:aws:iam::${stranger}:root`), {
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
    });
    expect(await post(await sandbox.assume(stranger, role))).toMatchObject(denied);
  });

  it('is narrowed by a session policy', async () => {
    const role = `arn:aws:iam::${sandbox.member}:role/staunch/owner`;
    const Policy = document({ Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' });
    expect(await post(await sandbox.assume(sandbox.member, role, { Policy }))).toMatchObject(denied);
  });
});

describe('a body', () => {
  it.each([
    ['is no JSON', 'x'],
    ['is empty', ''],
    ['is a list', '[]'],
    ['lacks what every order has', '{"version":2,"key":"k"}'],
    [
      'has too many properties',
      JSON.stringify({
        ...JSON.parse(order),
        ...Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`p${i}`, i])),
      }),
    ],
  ])('that %s is refused', async (_, body) => {
    const before = reached();
    expect(await post(owner, { body })).toMatchObject({
      status: 400,
      body: { message: 'Invalid request body' },
    });
    expect(reached()).toBe(before);
  });
});
