import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { slackUsers } from '../../../sandbox/scenario/slack';
import type { SlackContent } from '../../../sandbox/slack/model';
import { allow, decidingSandbox, hour, minute, openGroup, ssh } from '../../end-to-end/deciding-sandbox';
import { testsOfPeople } from '../../end-to-end/people';
import { becomeOperator, calm, ingressOf, patience, until } from '../../end-to-end/support';
import { staunch } from '../../support/command';

const region = 'eu-west-1';

const deciding = decidingSandbox();
const { pass, latest, becomes, told, untilTold } = deciding;
let leaveHub: (() => void) | undefined;

/** Waits until the hub's Security Hub says this of a resource. */
const untilImported = (resourceId: string, expected: string) => {
  const credentials = deciding.sandbox.gateway.administratorOf(deciding.sandbox.hub.accountId);
  const client = new SecurityHubClient({ region, endpoint: deciding.sandbox.gateway.endpoint, credentials });
  return until(deciding.sandbox, `Security Hub has ${resourceId} as ${expected}`, async () => {
    const { Findings = [] } = await client.send(new GetFindingsCommand({ MaxResults: 100 }));
    const found = Findings.find(({ Resources }) => Resources?.some(({ Id }) => Id?.includes(resourceId)));
    return `${found?.Compliance?.Status} ${found?.RecordState}` === expected;
  });
};

// Before days pass for the functions alone: people say until when by the clock of their command.
describe('the people of the policy', () => testsOfPeople(() => deciding.sandbox));

describe('what an operator of the hub meets', () => {
  beforeAll(async () => {
    leaveHub = await becomeOperator(deciding.sandbox);
  });
  afterAll(() => leaveHub?.());

  describe('a finding that waits for somebody to decide', () => {
    it(
      'is fixed when it is approved, with the plan that was shown and no other, and left alone when it is denied',
      async () => {
        const clients = deciding.sandbox.clients('payments', region);
        const [approved, denied] = [await openGroup(clients), await openGroup(clients)];
        await Promise.all([becomes(approved, { state: 'waiting' }), becomes(denied, { state: 'waiting' })]);
        await untilImported(approved, 'FAILED ACTIVE');
        const { printed } = await staunch('findings', '--waiting', '--plans', '--account', clients.accountId);
        for (const id of [approved, denied]) expect(printed).toContain(id);

        // Somebody opens another port while the plan is being read.
        let edited = false;
        deciding.between = async ({ service, principal }) => {
          if (edited || service !== 'dynamodb' || !principal.arn.endsWith('/alice@example.com')) return;
          edited = true;
          await allow(clients, approved, 3389);
        };
        const refused = await staunch('approve', approved);
        expect(refused.status).toBe(1);
        expect(refused.printed).toContain('3389');
        expect(await ingressOf(clients, approved)).toEqual([ssh, 'tcp 3389 0.0.0.0/0']);
        await calm(deciding.sandbox);

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
        await calm(deciding.sandbox);
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

  describe('what waits in Slack for a decision', () => {
    /** The message about a resource, or an answer in its thread: what each says. */
    const messages = () => deciding.sandbox.slack.messages;
    const textOf = ({ blocks }: SlackContent) => JSON.stringify(blocks ?? []);
    const messageOf = (id: string) =>
      messages().find((one) => one.threadTs === undefined && textOf(one).includes(id));
    const threadOf = (id: string) => messages().filter(({ threadTs }) => threadTs === messageOf(id)?.ts);
    const buttonsOf = (id: string) => {
      const message = messageOf(id);
      return message
        ? deciding.sandbox.slack.clickables(message).map(({ element }) => element.action_id)
        : [];
    };
    const shows = (id: string, buttons: readonly string[], said: string) =>
      until(deciding.sandbox, `the message about ${id} says ${said}`, () => {
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
        const clients = deciding.sandbox.clients('storefront', region);
        const group = await openGroup(clients);
        await shows(group, ['approve', 'deny', 'exempt'], 'Waiting for approval');
        const { triggerLife } = deciding.sandbox.slack;
        // A slow machine is no person who waits for three seconds.
        deciding.sandbox.slack.triggerLife = 60_000;
        const user = slackUsers.owner;
        const { channel = '', ts = '' } = messageOf(group) ?? {};
        const actionId = 'staunch:approve';
        expect((await deciding.sandbox.slack.click({ user, channel, ts, actionId })).status).toBe(200);
        const question = () => deciding.sandbox.slack.ephemerals.find((one) => one.user === user);
        await until(deciding.sandbox, 'he is asked why', () => question() !== undefined);
        expect(textOf(question() ?? { text: '' })).toContain('may approve this by break-glass alone');
        expect(textOf(question() ?? { text: '' })).toContain(group);
        const asking = { user, channel, ts: question()?.ts ?? '', actionId };
        expect((await deciding.sandbox.slack.click(asking)).status).toBe(200);
        const form = deciding.sandbox.slack.views.findLast((view) => view.user === user && view.open);
        const values = { 'staunch:reason': 'Nobody else is awake.' };
        expect(await deciding.sandbox.slack.submit({ user, viewId: form?.id ?? '', values })).toMatchObject({
          status: 200,
        });
        deciding.sandbox.slack.triggerLife = triggerLife;
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
        const clients = deciding.sandbox.clients('payments', region);
        const group = await openGroup(clients);
        const waits = ['approve', 'deny', 'exempt'];
        await shows(group, waits, 'Waiting for approval');
        expect(textOf(messageOf(group) ?? { text: '' })).toContain(`<@${slackUsers.bob}>`);
        expect(asked(group)).toEqual([]);
        pass(16 * minute);
        await until(deciding.sandbox, 'they are reminded', () => asked(group).length === 1);
        expect(textOf(asked(group)[0] ?? { text: '' })).toContain('⏰ This waits for a decision since');

        // What is approved waits for its time, until the approval is over.
        expect((await staunch('pause', '--reason', 'A release')).status).toBe(0);
        const { channel = '', ts = '' } = messageOf(group) ?? {};
        const click = { user: slackUsers.alice, channel, ts, actionId: 'staunch:approve' };
        expect((await deciding.sandbox.slack.click(click)).status).toBe(200);
        await shows(group, [], 'Approved by');
        pass(24 * hour);
        await shows(group, waits, 'has expired');
        expect(textOf(messageOf(group) ?? { text: '' })).toContain('Approved by `Alice Example');
        await until(deciding.sandbox, 'they are asked anew', () => asked(group).length === 2);
        expect(textOf(threadOf(group).at(-1) ?? { text: '' })).toContain('This waits for a decision.');
        expect(await ingressOf(clients, group)).toEqual([ssh]);
      },
      patience,
    );
  });
});
