import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from '@aws-sdk/client-ec2';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { defaultThaw } from '../../../config/thaw';
import { coveragePartition, functionNames, ledgerTableName } from '../../../core/names';
import { emptyList } from '../../../decision/thawing';
import { FrozenLists } from '../../../ledger/limits/frozen-lists';
import { patrolledBefore } from '../../../sandbox/first-patrols';
import type { Sandbox } from '../../../sandbox/sandbox';
import { sandboxPolicy } from '../../../sandbox/scenario/policy';
import { slackUsers } from '../../../sandbox/scenario/slack';
import { signedRequest } from '../../../sandbox/slack/interactions/signed-request';
import type { SlackContent, SlackMessage } from '../../../sandbox/slack/model';
import {
  become,
  becomeOperator,
  byStaunch,
  documentsOf,
  eventsOf,
  ingressOf,
  lastReportOf,
  leaveSandbox,
  patience,
  sharedSandbox,
  until,
} from '../../end-to-end/support';
import { staunch } from '../../support/command';

const region = 'eu-west-1';
const ssh = 'tcp 22 0.0.0.0/0';
const { alice, bob, owner, guest } = slackUsers;
/** Of another workspace, in a shared channel. */
const stranger = { id: 'U0STRANGER1', name: 'Sam Stranger', team: 'T0OTHER0001' };

let sandbox: Sandbox;
let triggerLife: number;
/** Opened at the beginning: one arrives while another one is being decided on. */
let early: { payments: Opened; storefront: Opened };

beforeAll(async () => {
  sandbox = await sharedSandbox();
  ({ triggerLife } = sandbox.slack);
  // A slow machine is no person who waits for three seconds.
  sandbox.slack.triggerLife = 60_000;
  sandbox.slack.users.push(stranger);
  early = { payments: await open('payments'), storefront: await open('storefront') };
}, patience);

afterAll(async () => {
  sandbox.slack.triggerLife = triggerLife;
  sandbox.slack.users.splice(sandbox.slack.users.indexOf(stranger), 1);
  await leaveSandbox();
});

/** A finding of the tests: a group that lets the world in on port 22. */
interface Opened {
  id: string;
  account: string;
  region: string;
}

let groups = 0;

async function open(account: string, where = region): Promise<Opened> {
  groups += 1;
  const { ec2 } = sandbox.clients(account, where);
  const { GroupId: id = '' } = await ec2.send(
    new CreateSecurityGroupCommand({
      GroupName: `slack-${groups}`,
      Description: 'slack',
      TagSpecifications: [
        { ResourceType: 'security-group', Tags: [{ Key: 'owner', Value: `team-${groups}` }] },
      ],
    }),
  );
  const opened = { id, account, region: where };
  await allow(opened, 22);
  return opened;
}

async function allow({ id, account, region: where }: Opened, port: number): Promise<void> {
  const ranges = [{ CidrIp: '0.0.0.0/0' }];
  await sandbox.clients(account, where).ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: id,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: ranges }],
    }),
  );
}

const ingress = ({ id, account, region: where }: Opened) => ingressOf(sandbox.clients(account, where), id);
const textOf = (content: SlackContent | undefined) => JSON.stringify(content?.blocks ?? []);
const isTopOf = (text: string) => (one: SlackMessage) =>
  one.threadTs === undefined && textOf(one).includes(text);

/** The message in the channel that holds a text. */
function messageOf(text: string): SlackMessage {
  const found = sandbox.slack.messages.find(isTopOf(text));
  if (!found) throw new Error(`Nothing is said of ${text}.`);
  return found;
}

const contentOf = ({ text, blocks }: SlackMessage): SlackContent => structuredClone({ text, blocks });
const buttonsOf = (message: SlackMessage) =>
  sandbox.slack.clickables(message).map(({ element }) => element.action_id?.replace('staunch:', ''));

/** Waits until a message has exactly these buttons, and says all this. */
async function shows(about: string, buttons: readonly string[], ...said: string[]): Promise<SlackMessage> {
  const found = () => sandbox.slack.messages.find(isTopOf(about));
  const isShown = () => {
    const message = found();
    if (!message) return false;
    const text = textOf(message);
    return buttonsOf(message).join() === buttons.join() && said.every((each) => text.includes(each));
  };
  try {
    await until(sandbox, `the message about ${about} has ${buttons.join() || 'no button'}`, isShown);
  } catch (error) {
    throw new Error(`What was waited for did not come; the message says ${textOf(found())}`, {
      cause: error,
    });
  }
  return messageOf(about);
}

const asked = ({ id }: Opened) => shows(id, ['approve', 'deny', 'exempt'], 'Waiting for approval');

const click = (user: string, { channel, ts }: SlackMessage, order: string, seen?: SlackContent) =>
  sandbox.slack.click({ user, channel, ts, actionId: `staunch:${order}`, ...(seen && { seen }) });

/** Fills the form in that somebody sees, and sends it. */
async function submit(user: string, reason: string): Promise<void> {
  const view = sandbox.slack.views.findLast((each) => each.user === user && each.open);
  const { status } = await sandbox.slack.submit({
    user,
    viewId: view?.id ?? '',
    values: { 'staunch:reason': reason },
  });
  expect(status).toBe(200);
}

/** Waits until somebody alone is told something. */
const isTold = (user: string, text: string) =>
  until(sandbox, `${user} is told: ${text}`, () =>
    sandbox.slack.ephemerals.some((one) => one.user === user && `${one.text} ${textOf(one)}`.includes(text)),
  );

it(
  'asks, and shows each decision from the click to its end: deny, taken back, working, fixed, undone',
  async () => {
    const opened = early.payments;
    const { id } = opened;
    await asked(opened);
    const message = await shows(id, ['approve', 'deny', 'exempt'], '/Workloads/Production', 'team-1');
    const before = contentOf(message);
    const { milliseconds: _milliseconds, ...answer } = await click(bob, message, 'deny');
    expect(answer).toMatchObject({ status: 200 });
    await submit(bob, 'It is a honeypot.');
    await shows(id, ['approve'], 'Denied by', 'Bob Example', 'It is a honeypot.', 'Approve after all');
    expect(await ingress(opened)).toEqual([ssh]);

    // On a screen that still shows what was before, nobody overrules him.
    await click(alice, message, 'approve', before);
    await isTold(alice, 'It was decided before, so nothing was done: Bob Example');
    expect(await ingress(opened)).toEqual([ssh]);

    const happened: string[] = [];
    const stopListening = sandbox.slack.listen((change) => {
      if (change.kind === 'message' && change.message.ts === message.ts) {
        if (textOf(change.message).includes('Working on it')) happened.push('shown as worked on');
      }
    });
    const stopWatching = sandbox.gateway.afterCall((call) => {
      if (byStaunch(call) && call.operation.startsWith('Revoke')) happened.push('fixed');
    });
    await shows(id, ['approve']);
    await click(alice, messageOf(id), 'approve');
    await shows(id, ['undo'], 'Fixed', 'Approved by', 'Alice Example', 'Denied by');
    stopListening();
    stopWatching();
    expect(happened[0]).toBe('shown as worked on');
    expect(happened).toContain('fixed');
    expect(await ingress(opened)).toEqual([]);
    const working = messageOf(id).history?.filter((each) => textOf(each).includes('Working on it'));
    expect(working?.map((each) => textOf(each).includes('staunch:'))).not.toContain(true);

    await click(alice, messageOf(id), 'undo');
    await submit(alice, 'The partner needs it.');
    await shows(id, [], 'Undone by', 'The partner needs it.');
    expect(await ingress(opened)).toEqual([ssh]);

    const thread = () => sandbox.slack.messages.filter(({ threadTs }) => threadTs === message.ts).map(textOf);
    await until(sandbox, 'the thread tells all of it', () => thread().length >= 3);
    for (const [index, words] of [['Denied'], ['Fixed', 'Approved by'], ['Undone by']].entries()) {
      for (const word of words) expect(thread()[index]).toContain(word);
    }
    expect(thread().join()).not.toContain('staunch:');
  },
  patience,
);

it(
  'does nothing for who may not, nor for what is forged, old, foreign or repeated, and logs it; an approval by command line takes the buttons away',
  async () => {
    const opened = early.storefront;
    const message = await asked(opened);
    await Promise.all([click(owner, message, 'approve'), click(guest, message, 'approve')]);
    const byGuest = sandbox.slack.requests.at(-1);
    await isTold(owner, 'may not approve here');
    await isTold(guest, 'Guests of the workspace');
    expect((await click(stranger.id, message, 'approve')).status).toBe(403);

    const { requestUrl = '', signingSecret, app, team } = sandbox.slack;
    const send = async (request: { headers?: Record<string, string>; body: string }) =>
      (await fetch(requestUrl, { method: 'POST', ...request })).status;
    const payload = {
      ...JSON.parse(new URLSearchParams(byGuest?.body).get('payload') ?? ''),
      user: { id: alice, team_id: team },
    };
    const now = Math.floor(Date.now() / 1_000);
    const foreignTeam = { ...payload, team: { id: stranger.team }, user: { id: alice } };
    const foreignApp = { ...payload, api_app_id: `${app}X` };
    expect(await send(byGuest ?? { body: '' })).toBe(409);
    expect(await send(signedRequest(payload, 'a stranger', now))).toBe(401);
    expect(await send(signedRequest(payload, signingSecret, now - 400))).toBe(401);
    expect(await send(signedRequest(payload, signingSecret, now + 400))).toBe(401);
    expect(await send({ body: signedRequest(payload, signingSecret, now).body })).toBe(401);
    expect(await send(signedRequest(foreignTeam, signingSecret, now))).toBe(403);
    expect(await send(signedRequest(foreignApp, signingSecret, now))).toBe(403);
    expect((await fetch(requestUrl)).status).toBe(403);
    const refusals = () =>
      eventsOf(sandbox, 'log')
        .filter(({ functionName, line }) => functionName === functionNames.slackFront && line.includes('why'))
        .map(({ line }) => JSON.parse(line).why);
    await until(sandbox, 'each is logged', () => refusals().length >= 8);
    expect(refusals()).toEqual([
      `${stranger.id} is of the workspace ${stranger.team}`,
      'it was taken before',
      expect.stringContaining('signature mismatch'),
      expect.stringContaining('no more than 5 minutes'),
      'its time lies ahead',
      'it is not signed',
      `it is of the workspace ${stranger.team}`,
      `it is of the app ${app}X`,
    ]);
    expect(await ingress(opened)).toEqual([ssh]);
    expect(lastReportOf(sandbox, opened.id)?.state).toBe('waiting');
    expect(buttonsOf(messageOf(opened.id))).toEqual(['approve', 'deny', 'exempt']);

    const leave = await becomeOperator(sandbox);
    expect((await staunch('approve', opened.id)).status).toBe(0);
    leave();
    await shows(opened.id, ['undo'], 'Approved by', 'alice@example.com');
    expect(await ingress(opened)).toEqual([]);
  },
  patience,
);

it(
  'an approval of what is not the same any more does nothing and shows the new change, of which the owner of the account approves',
  async () => {
    const opened = await open('payments');
    const message = await asked(opened);
    const before = contentOf(message);
    await allow(opened, 3389);
    await click(owner, message, 'approve', before);
    await shows(opened.id, ['approve', 'deny', 'exempt'], '3389');
    expect(await ingress(opened)).toEqual([ssh, 'tcp 3389 0.0.0.0/0']);
    await until(sandbox, 'he is told', () =>
      sandbox.slack.ephemerals.some(
        (one) => one.user === owner && /differs by now|not the one that was shown/.test(textOf(one)),
      ),
    );
    // Slack does not say at once who that is: it is done a little later.
    sandbox.slack.fail('server-error', { methods: ['users.info'], times: 1 });
    await click(owner, messageOf(opened.id), 'approve');
    await shows(opened.id, ['undo'], 'Approved by', 'Olivia Owner');
    sandbox.slack.fail(undefined);
    expect(await ingress(opened)).toEqual([]);
  },
  patience,
);

it(
  'two that arrive together are one message, which approves all that is shown',
  async () => {
    let release = () => {};
    const bothAreThere = new Promise<void>((resolve) => {
      release = resolve;
    });
    const published: string[] = [];
    // The notifier gets no message before both are there: Lambda's batching window is over in an instant here.
    const letGo = sandbox.gateway.afterCall(async ({ operation, principal, body }) => {
      if (operation === 'Publish') published.push(body.toString());
      const isOfNotifier = principal.roleArn?.endsWith(`/${functionNames.notifier}`);
      if (operation === 'ReceiveMessage' && isOfNotifier) await bothAreThere;
    });
    const both = [await open('storefront'), await open('storefront')];
    await until(sandbox, 'both wait', () =>
      both.every(({ id }) => published.some((body) => body.includes(id) && body.includes('waiting'))),
    );
    release();
    letGo();
    const [first, second] = both.map(({ id }) => id);
    const message = await shows(
      first ?? '',
      ['approve:0', 'approve:1', 'approve-all', 'list'],
      second ?? '',
      '2 findings',
    );
    await click(bob, message, 'approve-all');
    await isTold(bob, 'Approved 2 of 2.');
    await shows(first ?? '', ['undo:0', 'undo:1', 'list'], '2 fixed', 'Bob Example');
    for (const opened of both) expect(await ingress(opened)).toEqual([]);
  },
  patience,
);

it(
  'exempts from the channel, until the end that the form proposes',
  async () => {
    const opened = await open('payments');
    const message = await asked(opened);
    await click(alice, message, 'exempt');
    await submit(alice, 'A jump host.');
    await shows(opened.id, [], 'Exempted by', 'Alice Example', 'A jump host.', ', until ');
    expect(await ingress(opened)).toEqual([ssh]);
  },
  patience,
);

it(
  'thaws backlog from the channel, by the one button of its notice',
  async () => {
    const place = { account: 'nightly', region: 'us-east-1' };
    const { accountId } = sandbox.clients(place.account, place.region);
    const now = new Date();
    const documents = documentsOf(sandbox);
    const lists = new FrozenLists(documents, ledgerTableName);
    const before = (await lists.list()).find((list) => list.accountId === accountId);
    // As much as there may be was released today: the next one waits for a person.
    await lists.write(
      {
        ...(before ?? emptyList(accountId, now)),
        unattended: [{ at: now.toISOString(), count: defaultThaw.account }],
      },
      now,
    );
    const since = now.toISOString();
    const record = `${accountId}#${place.region}`;
    const neverPatrolled = { finding: coveragePartition, record, version: 1, since, types: {} };
    await documents.send(new PutCommand({ TableName: ledgerTableName, Item: neverPatrolled }));
    try {
      const opened = await open(place.account, place.region);
      const notice = `Frozen: 1 fix of backlog in account ${place.account}`;
      const message = await shows(notice, ['thaw:0']);
      expect(await ingress(opened)).toEqual([ssh]);
      await click(alice, message, 'thaw:0');
      await shows(notice, [], 'thaw by Alice Example');
      await until(sandbox, 'it is fixed', () => lastReportOf(sandbox, opened.id)?.state === 'fixed');
      expect(await ingress(opened)).toEqual([]);
    } finally {
      const Key = { finding: 'frozen', record: accountId };
      await documents.send(new DeleteCommand({ TableName: ledgerTableName, Key }));
      await patrolledBefore(sandbox.gateway, sandbox.hub, [accountId], [place.region]);
    }
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
    await writeFile(file, sandboxPolicy(sandbox.organization));
    const check = () => staunch('slack', 'check', file, '--slack-url', sandbox.slack.endpoint, '--json');
    const { scopes } = sandbox.slack;
    try {
      const well = await check();
      expect(well).toMatchObject({ status: 0, complained: '' });
      expect(well.printed).toContain('a test message was posted, and edited');
      scopes.splice(scopes.indexOf('usergroups:read'), 1);
      const lacking = await check();
      expect(lacking.status).toBe(1);
      expect(lacking.printed).toContain('The token lacks usergroups:read');
    } finally {
      if (!scopes.includes('usergroups:read')) scopes.push('usergroups:read');
      leave();
      await rm(folder, { recursive: true });
    }
  },
  patience,
);
