import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateBucketCommand,
  GetPublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { queueNames } from '../../core/names';
import type { RemediationRequest } from '../../core/remediation';
import type { FindingRecord } from '../../ledger/findings/record';
import { heldByOf, lookAgainOf } from '../../ledger/findings/record-parts';
import type { AccountClients } from '../../sandbox/account-clients';
import type { ApiAnswer, ApiCall } from '../../sandbox/gateway/api';
import type { Sandbox } from '../../sandbox/sandbox';
import { sandboxPolicy } from '../../sandbox/scenario/policy';
import { slackUsers } from '../../sandbox/scenario/slack';
import type { SlackContent } from '../../sandbox/slack/model';
import { staunch } from '../support/command';
import type { RecordParts } from '../support/records';
import { decidingPolicy, exemptUntil, limits } from './deciding-policy';
import { testsOfPeople } from './people';
import {
  becomeOperator,
  byStaunch,
  calm,
  eventsOf,
  ingressOf,
  lastReportOf,
  patience,
  recordsOf,
  startTestSandbox,
  until,
} from './support';

const region = 'eu-west-1';
const minute = 60_000;
const hour = 60 * minute;

let sandbox: Sandbox;
let leaveHub: (() => void) | undefined;
/** How far the functions' clocks are ahead. */
let passed = 0;
/** Every call of a session of the role that fixes, but for those that read. */
const writes: ApiCall[] = [];
/** Resource ids of every request to fix something. */
const fixes: string[] = [];
/** Called after each call, before the caller hears of it. */
let between: (call: ApiCall, answer: ApiAnswer) => Promise<unknown> = async () => {};

beforeAll(async () => {
  sandbox = await startTestSandbox({ timeScale: 120, retryTimeScale: 360, policy: decidingPolicy });
  sandbox.gateway.afterCall(async (call, answer) => {
    if (call.service === 'lambda' && call.operation === 'Invoke') {
      const request: Partial<RemediationRequest> = JSON.parse(call.body.toString());
      if (request.mode === 'apply' && request.finding) fixes.push(request.finding.resourceId);
    }
    if (byStaunch(call) && !/^(Get|Describe|Lookup|List)/.test(call.operation)) writes.push(call);
    await between(call, answer);
  });
}, patience);

afterAll(() => sandbox?.stop());

afterEach(async () => {
  between = async () => {};
  await calm(sandbox);
  // What the test has used up of the limits is free again.
  pass(hour);
}, patience);

function pass(milliseconds: number): void {
  passed += milliseconds;
  sandbox.passTime(milliseconds);
}

/** The latest occurrence of a resource's finding. */
async function latest(resourceId: string): Promise<FindingRecord | undefined> {
  return (await recordsOf(sandbox))
    .filter(({ identity }) => identity.resourceId === resourceId)
    .toSorted((one, other) => one.occurrence - other.occurrence)
    .at(-1);
}

/** Waits until the finding is as described, and returns it. */
async function becomes(
  resourceId: string,
  expected: Pick<RecordParts, 'state' | 'occurrence' | 'heldBy'>,
): Promise<FindingRecord> {
  let record: FindingRecord | undefined;
  await until(sandbox, `${resourceId} became ${JSON.stringify(expected)}`, async () => {
    record = await latest(resourceId);
    return Object.entries(expected).every(([key, value]) => {
      return (record as RecordParts | undefined)?.[key as keyof RecordParts] === value;
    });
  });
  if (record === undefined) throw new Error(`There is no finding of ${resourceId}`);
  return record;
}

const open = (port: number) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
});
const ssh = 'tcp 22 0.0.0.0/0';

const allow = ({ ec2 }: AccountClients, GroupId: string, port = 22) =>
  ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [open(port)] }));

let groups = 0;

async function newGroup({ ec2 }: AccountClients): Promise<string> {
  groups += 1;
  const GroupName = `policy-${groups}`;
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName, Description: GroupName }),
  );
  return GroupId;
}

/** A group that lets the world in on port 22. */
async function openGroup(clients: AccountClients): Promise<string> {
  const groupId = await newGroup(clients);
  await allow(clients, groupId);
  return groupId;
}

/** A bucket that its policy makes public. */
async function openBucket({ s3, accountId }: AccountClients, name: string): Promise<string> {
  const Bucket = `${name}-${accountId}`;
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
  );
  const PublicAccessBlockConfiguration = { BlockPublicPolicy: false };
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  const Statement = [
    { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  return Bucket;
}

async function isBlocked({ s3 }: AccountClients, Bucket: string): Promise<boolean> {
  const { PublicAccessBlockConfiguration: settings } = await s3.send(
    new GetPublicAccessBlockCommand({ Bucket }),
  );
  return settings?.BlockPublicPolicy === true;
}

/** What the channel was told that holds this text. */
const told = (text: string) =>
  eventsOf(sandbox, 'slack').filter(
    (event) => !event.edited && JSON.stringify([event.text, event.blocks]).includes(text),
  );

const untilTold = (text: string, times = 1) =>
  until(sandbox, `the channel was told: ${text}`, () => told(text).length === times);

/** Waits until the hub's Security Hub says this of a resource. */
const untilImported = (resourceId: string, expected: string) => {
  const credentials = sandbox.gateway.administratorOf(sandbox.hub.accountId);
  const client = new SecurityHubClient({ region, endpoint: sandbox.gateway.endpoint, credentials });
  return until(sandbox, `Security Hub has ${resourceId} as ${expected}`, async () => {
    const { Findings = [] } = await client.send(new GetFindingsCommand({ MaxResults: 100 }));
    const found = Findings.find(({ Resources }) => Resources?.some(({ Id }) => Id?.includes(resourceId)));
    return `${found?.Compliance?.Status} ${found?.RecordState}` === expected;
  });
};

const writesTo = (resourceId: string) =>
  writes.filter(({ parameters }) => JSON.stringify(parameters).includes(resourceId));

const millisecondsTo = (time: string | undefined, since: string | undefined) =>
  Date.parse(time ?? '') - Date.parse(since ?? '');

// Before days pass for the functions alone: people say until when by the clock of their command.
describe('the people of the policy', () => testsOfPeople(() => sandbox));

describe('what an operator of the hub meets', () => {
  beforeAll(async () => {
    leaveHub = await becomeOperator(sandbox);
  });
  afterAll(() => leaveHub?.());

  describe('a resource that is opened again and again', () => {
    it(
      'is fixed after growing pauses and within the limits, never given up, and costs the others nothing',
      async () => {
        const clients = sandbox.clients('nightly', region);
        const group = await openGroup(clients);
        await becomes(group, { state: 'fixed', occurrence: 1 });
        await allow(clients, group);
        const second = await becomes(group, { state: 'fixed', occurrence: 2 });

        await allow(clients, group);
        const third = await becomes(group, { state: 'held', occurrence: 3 });
        expect(heldByOf(third)).toBe('conflict');
        await until(sandbox, 'it was reported', () => lastReportOf(sandbox, group)?.state === 'held');
        expect(lastReportOf(sandbox, group)?.reason).toContain(`arn:aws:iam::${clients.accountId}:root`);
        expect(millisecondsTo(lookAgainOf(third), second.writes?.at(-1))).toBe(2 * minute);
        await calm(sandbox);
        expect(await ingressOf(clients, group)).toEqual([ssh]);
        pass(2 * minute);
        const fixed = await becomes(group, { state: 'fixed', occurrence: 3 });

        await allow(clients, group);
        const fourth = await becomes(group, { state: 'held', occurrence: 4 });
        expect(millisecondsTo(lookAgainOf(fourth), fixed.writes?.at(-1))).toBe(4 * minute);
        pass(4 * minute);
        await becomes(group, { heldBy: 'limit', occurrence: 4 });
        await untilTold(`Limit of fixes reached for account nightly (${clients.accountId})`);

        const others = sandbox.clients('staging', region);
        const other = await openGroup(others);
        await becomes(other, { state: 'fixed' });
        const late = await openGroup(others);
        const { reason } = await becomes(late, { state: 'held', heldBy: 'limit' });
        expect(reason).toContain('the organization');
        expect(await ingressOf(clients, group)).toEqual([ssh]);

        pass(hour);
        await Promise.all([
          becomes(group, { state: 'fixed', occurrence: 4 }),
          becomes(late, { state: 'fixed' }),
        ]);
        expect(await ingressOf(clients, group)).toEqual([]);
        expect(told('Limit of fixes reached for account')).toHaveLength(1);
      },
      patience,
    );
  });

  describe('an account that is moved during the run', () => {
    it(
      'has the flag of its new organizational unit from its next finding on, when its old place is not believed any more',
      async () => {
        const clients = sandbox.clients('analytics', region);
        const reported = await openGroup(clients);
        expect(await becomes(reported, { state: 'reported' })).toMatchObject({ flag: 'off' });

        // A reading of the organization that is under way would end after the time that passes, and count as young.
        await calm(sandbox);
        await sandbox.organization.moveAccount('analytics', 'Workloads', 'Staging');
        pass(5 * minute);
        const fixed = await openGroup(clients);
        expect(await becomes(fixed, { state: 'fixed' })).toMatchObject({ flag: 'on' });
        expect(await ingressOf(clients, fixed)).toEqual([]);

        await calm(sandbox);
        await sandbox.organization.moveAccount('analytics', 'Staging', 'Production');
        pass(5 * minute);
        const waiting = await openGroup(clients);
        expect(await becomes(waiting, { state: 'waiting' })).toMatchObject({ flag: 'approval' });
        await calm(sandbox);
        expect(await ingressOf(clients, waiting)).toEqual([ssh]);
      },
      patience,
    );
  });

  describe('staunch pause', () => {
    const pause = () => staunch('pause', '--reason', 'We look into something');

    // Whatever went wrong, the next test is not paused.
    afterEach(() => staunch('resume'), patience);

    it(
      'holds a fix whose finding was in the queue already, until staunch resume',
      async () => {
        const clients = sandbox.clients('staging', region);
        const group = await newGroup(clients);
        let paused: Promise<unknown> | undefined;
        between = async ({ service, operation, body: asked }, { body }) => {
          if (paused || service !== 'sqs' || operation !== 'ReceiveMessage') return;
          // The notifier's queue tells of the group as well, and before the finding: of its first verdict.
          if (!asked.toString().includes(queueNames.remediation) || !body.toString().includes(group)) return;
          // The finding has left the queue, and has not reached the coordinator.
          paused = pause();
          expect(await paused).toMatchObject({ status: 0, printed: expect.stringContaining('is paused') });
        };
        await allow(clients, group);

        expect(await becomes(group, { state: 'held' })).toMatchObject({
          heldBy: 'stop',
          reason: expect.stringContaining('We look into something'),
        });
        await calm(sandbox);
        expect(paused).toBeDefined();
        expect(fixes).not.toContain(group);
        expect(await ingressOf(clients, group)).toEqual([ssh]);
        expect(told('Paused: the whole organization')).toHaveLength(1);
        const { printed } = await staunch('findings', '--held');
        expect(printed).toContain(group);
        expect(printed).toContain('We look into something');

        expect(await staunch('resume')).toMatchObject({
          status: 0,
          printed: expect.stringContaining('is resumed'),
        });
        await becomes(group, { state: 'fixed' });
        expect(await ingressOf(clients, group)).toEqual([]);
        expect((await staunch('findings', '--held')).printed).not.toContain('We look into something');
      },
      patience,
    );

    it.each([
      [
        'a security group',
        openGroup,
        async (clients: AccountClients, id: string) => !(await ingressOf(clients, id)).includes(ssh),
      ],
      ['a bucket', (clients: AccountClients) => openBucket(clients, 'handed-over'), isBlocked],
    ])(
      'holds a fix of %s that was handed over already, before its first write',
      async (_what, plant, isHealed) => {
        const clients = sandbox.clients('staging', region);
        let paused: Promise<unknown> | undefined;
        between = async (call) => {
          // The first call of the session that fixes reads the resource once more.
          if (paused || !byStaunch(call)) return;
          paused = pause();
          await paused;
        };
        const [written, asked] = [writes.length, fixes.length];
        const id = await plant(clients);

        expect(await becomes(id, { state: 'held' })).toMatchObject({ heldBy: 'stop' });
        expect(paused).toBeDefined();
        expect(fixes.slice(asked)).toEqual([id]);
        await calm(sandbox);
        expect(writes.slice(written)).toEqual([]);
        expect(await isHealed(clients, id)).toBe(false);

        await staunch('resume');
        await becomes(id, { state: 'fixed' });
        expect(await isHealed(clients, id)).toBe(true);
      },
      patience,
    );
  });

  describe('a finding that waits for somebody to decide', () => {
    it(
      'is fixed when it is approved, with the plan that was shown and no other, and left alone when it is denied',
      async () => {
        const clients = sandbox.clients('payments', region);
        const [approved, denied] = [await openGroup(clients), await openGroup(clients)];
        await Promise.all([becomes(approved, { state: 'waiting' }), becomes(denied, { state: 'waiting' })]);
        await untilImported(approved, 'FAILED ACTIVE');
        const { printed } = await staunch('findings', '--waiting', '--plans', '--account', clients.accountId);
        for (const id of [approved, denied]) expect(printed).toContain(id);

        // Somebody opens another port while the plan is being read.
        let edited = false;
        between = async ({ service, principal }) => {
          if (edited || service !== 'dynamodb' || !principal.arn.endsWith('/alice@example.com')) return;
          edited = true;
          await allow(clients, approved, 3389);
        };
        const refused = await staunch('approve', approved);
        expect(refused.status).toBe(1);
        expect(refused.printed).toContain('3389');
        expect(await ingressOf(clients, approved)).toEqual([ssh, 'tcp 3389 0.0.0.0/0']);
        await calm(sandbox);

        expect(await staunch('approve', approved)).toMatchObject({
          status: 0,
          printed: expect.stringContaining('Approved'),
        });
        expect(await ingressOf(clients, approved)).toEqual([]);
        expect(await latest(approved)).toMatchObject({ state: 'fixed', flag: 'approval' });
        await untilImported(approved, 'PASSED ARCHIVED');

        expect(await staunch('deny', denied, '--reason', 'A jump host')).toMatchObject({
          status: 0,
          printed: expect.stringContaining('Denied'),
        });
        await calm(sandbox);
        expect(await latest(denied)).toMatchObject({
          state: 'denied',
          reason: expect.stringContaining('A jump host'),
        });
        expect(await ingressOf(clients, denied)).toEqual([ssh]);
        expect((await staunch('findings', '--waiting')).printed).not.toContain(denied);

        // The last decision before the fix counts.
        expect((await staunch('approve', denied)).status).toBe(0);
        expect(await latest(denied)).toMatchObject({ state: 'fixed' });
        expect(await ingressOf(clients, denied)).toEqual([]);
      },
      patience,
    );
  });

  describe('an exemption that expires during the run', () => {
    it(
      'keeps the resource as it is until then; the channel is told before, and it is fixed after',
      async () => {
        const clients = sandbox.clients('playground', region);
        const bucket = await openBucket(clients, 'website');
        expect(await becomes(bucket, { state: 'exempt' })).toMatchObject({
          reason: expect.stringContaining('A public website.'),
        });
        await untilTold('An exemption ends within a week');
        expect(told('An exemption ends today')).toEqual([]);

        pass(exemptUntil - minute - (Date.now() + passed));
        await untilTold('An exemption ends today');
        await calm(sandbox);
        expect(await latest(bucket)).toMatchObject({ state: 'exempt', occurrence: 1 });
        expect(await isBlocked(clients, bucket)).toBe(false);

        pass(minute);
        await becomes(bucket, { state: 'fixed' });
        expect(await isBlocked(clients, bucket)).toBe(true);
        expect(told('An exemption ends')).toHaveLength(2);
      },
      patience,
    );
  });

  describe('what waits in Slack for a decision', () => {
    /** The message about a resource, or an answer in its thread: what each says. */
    const messages = () => sandbox.slack.messages;
    const textOf = ({ blocks }: SlackContent) => JSON.stringify(blocks ?? []);
    const messageOf = (id: string) =>
      messages().find((one) => one.threadTs === undefined && textOf(one).includes(id));
    const threadOf = (id: string) => messages().filter(({ threadTs }) => threadTs === messageOf(id)?.ts);
    const buttonsOf = (id: string) => {
      const message = messageOf(id);
      return message ? sandbox.slack.clickables(message).map(({ element }) => element.action_id) : [];
    };
    const shows = (id: string, buttons: readonly string[], said: string) =>
      until(sandbox, `the message about ${id} says ${said}`, () => {
        const message = messageOf(id);
        const isShown = message !== undefined && textOf(message).includes(said);
        return isShown && buttonsOf(id).join() === buttons.map((order) => `staunch:${order}`).join();
      });
    /** How often an approver was mentioned in the thread. */
    const asked = (id: string) => threadOf(id).filter((one) => textOf(one).includes(`<@${slackUsers.bob}>`));

    afterEach(() => staunch('resume'), patience);

    it(
      'is approved as break-glass by who may not otherwise: he is asked why, and everybody is told',
      async () => {
        const clients = sandbox.clients('storefront', region);
        const group = await openGroup(clients);
        await shows(group, ['approve', 'deny', 'exempt'], 'Waiting for approval');
        const { triggerLife } = sandbox.slack;
        // A slow machine is no person who waits for three seconds.
        sandbox.slack.triggerLife = 60_000;
        const user = slackUsers.owner;
        const { channel = '', ts = '' } = messageOf(group) ?? {};
        const actionId = 'staunch:approve';
        expect((await sandbox.slack.click({ user, channel, ts, actionId })).status).toBe(200);
        const question = () => sandbox.slack.ephemerals.find((one) => one.user === user);
        await until(sandbox, 'he is asked why', () => question() !== undefined);
        expect(textOf(question() ?? { text: '' })).toContain('may approve this by break-glass alone');
        expect(textOf(question() ?? { text: '' })).toContain(group);
        const asking = { user, channel, ts: question()?.ts ?? '', actionId };
        expect((await sandbox.slack.click(asking)).status).toBe(200);
        const form = sandbox.slack.views.findLast((view) => view.user === user && view.open);
        const values = { 'staunch:reason': 'Nobody else is awake.' };
        expect(await sandbox.slack.submit({ user, viewId: form?.id ?? '', values })).toMatchObject({
          status: 200,
        });
        sandbox.slack.triggerLife = triggerLife;
        await shows(group, ['undo'], 'Approved by');
        await untilTold('Break-glass: approve');
        expect(JSON.stringify(told('Break-glass: approve'))).toContain('Nobody else is awake.');
        expect(question()).toBeUndefined();
        expect(await ingressOf(clients, group)).toEqual([]);
      },
      patience,
    );

    it(
      'reminds those who may approve; an approval that expires is told, and gives the buttons back',
      async () => {
        const clients = sandbox.clients('payments', region);
        const group = await openGroup(clients);
        const waits = ['approve', 'deny', 'exempt'];
        await shows(group, waits, 'Waiting for approval');
        expect(textOf(messageOf(group) ?? { text: '' })).toContain(`<@${slackUsers.bob}>`);
        expect(asked(group)).toEqual([]);
        pass(16 * minute);
        await until(sandbox, 'they are reminded', () => asked(group).length === 1);
        expect(textOf(asked(group)[0] ?? { text: '' })).toContain('⏰ This waits for a decision since');

        // What is approved waits for its time, until the approval is over.
        expect((await staunch('pause', '--reason', 'A release')).status).toBe(0);
        const { channel = '', ts = '' } = messageOf(group) ?? {};
        const click = { user: slackUsers.alice, channel, ts, actionId: 'staunch:approve' };
        expect((await sandbox.slack.click(click)).status).toBe(200);
        await shows(group, [], 'Approved by');
        pass(24 * hour);
        await shows(group, waits, 'has expired');
        expect(textOf(messageOf(group) ?? { text: '' })).toContain('Approved by `Alice Example');
        await until(sandbox, 'they are asked anew', () => asked(group).length === 2);
        expect(textOf(threadOf(group).at(-1) ?? { text: '' })).toContain('This waits for a decision.');
        expect(await ingressOf(clients, group)).toEqual([ssh]);
      },
      patience,
    );
  });

  describe('a flag that is switched on', () => {
    it(
      'fixes exactly what is still dangerous of what was reported before',
      async () => {
        const clients = sandbox.clients('legacy', region);
        const { ec2, accountId } = clients;
        const [dangerous, mended, gone] = [
          await openGroup(clients),
          await openGroup(clients),
          await openGroup(clients),
        ];
        const all = [dangerous, mended, gone];
        await Promise.all(all.map((id) => becomes(id, { state: 'reported' })));
        await calm(sandbox);

        // Nobody tells the hub of what happens now: it has to see it for itself.
        const role = `arn:aws:iam::${accountId}:role/nothing-is-recorded`;
        const recorder = { name: 'staunch', roleArn: role, resourceTypes: [], allSupported: false };
        sandbox.config.putConfigurationRecorder({ accountId, region }, recorder);
        await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: mended, IpPermissions: [open(22)] }));
        await ec2.send(new DeleteSecurityGroupCommand({ GroupId: gone }));
        const written = writes.length;
        await sandbox.redeploy((ids) =>
          sandboxPolicy(ids, ({ accounts }, autoResponse) => ({
            limits,
            securityHub: true,
            autoResponse: {
              ...autoResponse,
              accounts: { ...autoResponse.accounts, [accounts.legacy ?? '']: 'on' },
            },
          })),
        );

        await becomes(dangerous, { state: 'fixed' });
        await becomes(mended, { state: 'already-compliant' });
        await becomes(gone, { state: 'gone' });
        expect(await ingressOf(clients, dangerous)).toEqual([]);
        expect(writes.slice(written)).toEqual(writesTo(dangerous));
      },
      patience,
    );
  });
});
