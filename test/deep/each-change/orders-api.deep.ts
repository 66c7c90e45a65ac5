import { functionNames, ordersUrlParameter, roleArn } from '../../../core/names';
import type { Credentials } from '../../../sandbox/gateway/api';
import type { Sandbox } from '../../../sandbox/sandbox';
import { peopleRoles } from '../../../sandbox/scenario/people';
import { eventsOf, leaveSandbox, patience, sharedSandbox, takeRole } from '../../end-to-end/support';
import { sign } from '../../sandbox/services/apigateway/support/sign';

let sandbox: Sandbox;
let url: string;

beforeAll(async () => {
  sandbox = await sharedSandbox();
  url = sandbox.outputs['staunch-hub']?.OrdersUrl ?? '';
}, patience);

afterAll(leaveSandbox);

/** Credentials of a role of an account. */
const take = (...which: Parameters<typeof takeRole> extends [unknown, ...infer Rest] ? Rest : never) =>
  takeRole(sandbox, ...which);

/** Posts an order; how often the orders function ran for it, and who the access log says asked. */
async function post(credentials: Credentials) {
  const body = JSON.stringify({ version: 2, key: crypto.randomUUID(), order: 'whoami' });
  const count = () =>
    eventsOf(sandbox, 'invoked').filter(({ functionName }) => functionName === functionNames.orders).length;
  const before = count();
  const { status } = await fetch(url, await sign(credentials, { url, body, region: sandbox.hub.region }));
  const [log] = eventsOf(sandbox, 'access-log').slice(-1);
  const { userArn } = JSON.parse(log?.line ?? '{}');
  return { status, invocations: count() - before, userArn };
}

describe('the deployed door', () => {
  it("is where the stack's output and the account's parameter say", async () => {
    const response = await fetch(sandbox.gateway.endpoint, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${sandbox.hub.accountId}/20260101/${sandbox.hub.region}/ssm/aws4_request, SignedHeaders=host, Signature=0`,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AmazonSSM.GetParameter',
      },
      body: JSON.stringify({ Name: ordersUrlParameter }),
    });
    expect(await response.json()).toMatchObject({ Parameter: { Value: url } });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/.*\/orders$/);
  });

  it.each([
    ['payments', peopleRoles.owners, 'me'],
    ['payments', peopleRoles.developer, 'me'],
    ['security', peopleRoles.security, 'me'],
    ['security', peopleRoles.person, 'alice@example.com'],
  ] as const)('opens to a role of %s, %s', async (account, role, session) => {
    const { invocations, userArn } = await post(await take(account, role, session));
    expect(invocations).toBe(1);
    const accountId = sandbox.organization.accounts[account];
    expect(userArn).toBe(`arn:aws:sts::${accountId}:assumed-role/${role}/${session}`);
  });

  it("stays shut to another organization, and to the hub's own functions, those that read strangers' text", async () => {
    const stranger = { accessKeyId: '999999999999', secretAccessKey: 'any' };
    expect(await post(stranger)).toMatchObject({ status: 403, invocations: 0 });
    for (const name of [functionNames.patrolWalker, functionNames.notifier, functionNames.coordinator]) {
      const own = await sandbox.gateway.serviceSession(
        'lambda.amazonaws.com',
        roleArn(sandbox.hub.accountId, name, 'aws'),
        'session',
      );
      expect(await post(own)).toMatchObject({ status: 403, invocations: 0 });
    }
  });
});
