import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from '@aws-sdk/client-ec2';
import type { FindingState } from '../../core/states';
import type { Sandbox } from '../../sandbox/sandbox';
import { sandboxPolicy } from '../../sandbox/scenario/policy';
import { slackUsers } from '../../sandbox/scenario/slack';
import type { SlackMessage } from '../../sandbox/slack/model';
import { staunch } from '../support/command';
import { decidingPolicy } from './deciding-policy';
import { become, ingressOf, patience, recordsOf, startTestSandbox, until } from './support';

const region = 'eu-west-1';
const ssh = 'tcp 22 0.0.0.0/0';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox({ policy: decidingPolicy });
  // A slow machine is no person who waits for three seconds.
  sandbox.slack.triggerLife = 60_000;
}, patience);

afterAll(() => sandbox?.stop());

/** A group that lets the world in on port 22, once it waits, and the channel says so. */
async function openGroup(account: string): Promise<{ id: string; message: () => SlackMessage }> {
  const { ec2 } = sandbox.clients(account, region);
  const { GroupId: id = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: `slack-${account}-${Date.now()}`, Description: 'slack' }),
  );
  const ranges = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: ranges }));
  const find = () =>
    sandbox.slack.messages.find(
      (one) => one.threadTs === undefined && JSON.stringify(one.blocks ?? '').includes(id),
    );
  await until(sandbox, `${id} has buttons`, async () =>
    JSON.stringify(find()?.blocks ?? '').includes('staunch:approve'),
  );
  const message = () => {
    const found = find();
    if (!found) throw new Error(`Nothing is said of ${id}.`);
    return found;
  };
  return { id, message };
}

async function becomes(id: string, state: FindingState): Promise<void> {
  await until(
    sandbox,
    `${id} is ${state}`,
    async () =>
      (await recordsOf(sandbox)).find(({ identity }) => identity.resourceId === id)?.state === state,
  );
}

const click = (user: string, { channel, ts }: SlackMessage, actionId: string) =>
  sandbox.slack.click({ user, channel, ts, actionId });
const ephemerals = (user: string) => sandbox.slack.ephemerals.filter((one) => one.user === user);
const ingress = (account: string, id: string) => ingressOf(sandbox.clients(account, region), id);

it(
  'a click on Approve fixes the resource, and the message says who approved it',
  async () => {
    const { id, message } = await openGroup('payments');
    const { status, milliseconds } = await click(slackUsers.alice, message(), 'staunch:approve');
    expect(status).toBe(200);
    expect(milliseconds).toBeLessThan(3_000);
    await becomes(id, 'fixed');
    expect(await ingress('payments', id)).toEqual([]);
    await until(sandbox, 'the message says so', async () => {
      const text = JSON.stringify(message().blocks);
      return (
        text.includes('Alice Example') && text.includes('staunch:undo') && !text.includes('staunch:approve')
      );
    });
  },
  patience,
);

it(
  'a form denies with its reason, which the message shows',
  async () => {
    const { id, message } = await openGroup('payments');
    const seen = message();
    expect((await click(slackUsers.bob, seen, 'staunch:deny')).status).toBe(200);
    const view = sandbox.slack.views.findLast(({ user }) => user === slackUsers.bob);
    expect(view).toBeDefined();
    const { status } = await sandbox.slack.submit({
      user: slackUsers.bob,
      viewId: view?.id ?? '',
      values: { 'staunch:reason': 'It is a honeypot.' },
    });
    expect(status).toBe(200);
    await becomes(id, 'denied');
    expect(await ingress('payments', id)).toEqual([ssh]);
    await until(sandbox, 'the message says why', async () =>
      JSON.stringify(message().blocks).includes('It is a honeypot.'),
    );
  },
  patience,
);

it(
  'an owner decides for his own account, and not for another one; a guest for none',
  async () => {
    const others = await openGroup('storefront');
    await click(slackUsers.owner, others.message(), 'staunch:approve');
    await click(slackUsers.guest, others.message(), 'staunch:approve');
    await until(
      sandbox,
      'both are told',
      async () => ephemerals(slackUsers.owner).length > 0 && ephemerals(slackUsers.guest).length > 0,
    );
    expect(JSON.stringify(ephemerals(slackUsers.owner))).toContain('may not approve here');
    expect(JSON.stringify(ephemerals(slackUsers.guest))).toContain('Guests of the workspace');
    expect(await ingress('storefront', others.id)).toEqual([ssh]);

    const own = await openGroup('payments');
    await click(slackUsers.owner, own.message(), 'staunch:approve');
    await becomes(own.id, 'fixed');
  },
  patience,
);

it(
  'a click of somebody of whom Slack says nothing now is done a little later',
  async () => {
    const { id, message } = await openGroup('payments');
    sandbox.slack.fail('server-error', { methods: ['users.info'], times: 1 });
    expect((await click(slackUsers.alice, message(), 'staunch:approve')).status).toBe(200);
    await becomes(id, 'fixed');
    sandbox.slack.fail(undefined);
  },
  patience,
);

it(
  'staunch slack check finds all well, and says what is missing',
  async () => {
    const { sessionToken = '', ...administrator } = sandbox.gateway.administratorOf(sandbox.hub.accountId);
    const leave = become(sandbox, { ...administrator, sessionToken });
    const folder = await mkdtemp(join(tmpdir(), 'staunch-slack-'));
    const file = join(folder, 'policy.yaml');
    await writeFile(file, sandboxPolicy(sandbox.organization, decidingPolicy));
    const check = () => staunch('slack', 'check', file, '--slack-url', sandbox.slack.endpoint, '--json');
    try {
      const well = await check();
      expect(well).toMatchObject({ status: 0, complained: '' });
      expect(well.printed).toContain('a test message was posted, and edited');
      sandbox.slack.scopes.splice(sandbox.slack.scopes.indexOf('usergroups:read'), 1);
      const lacking = await check();
      expect(lacking.status).toBe(1);
      expect(lacking.printed).toContain('The token lacks usergroups:read');
    } finally {
      sandbox.slack.scopes.push('usergroups:read');
      leave();
      await rm(folder, { recursive: true });
    }
  },
  patience,
);

it(
  'what is forged, repeated or unsigned does nothing, and is logged',
  async () => {
    // The policy's limit of fixes an hour in the other account is used up.
    const { id, message } = await openGroup('storefront');
    const { signingSecret, requestUrl = '' } = sandbox.slack;
    sandbox.slack.signingSecret = 'a stranger';
    expect((await click(slackUsers.alice, message(), 'staunch:approve')).status).toBe(401);
    sandbox.slack.signingSecret = signingSecret;
    const unsigned = await fetch(requestUrl, { method: 'POST', body: 'payload={}' });
    expect(unsigned.status).toBe(401);
    expect((await fetch(requestUrl)).status).toBe(403);
    expect(await ingress('storefront', id)).toEqual([ssh]);

    await click(slackUsers.alice, message(), 'staunch:approve');
    await becomes(id, 'fixed');
    const last = sandbox.slack.requests.at(-1);
    const again = await fetch(requestUrl, {
      method: 'POST',
      headers: last?.headers ?? {},
      body: last?.body ?? '',
    });
    expect(again.status).toBe(409);
  },
  patience,
);
