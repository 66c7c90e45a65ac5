import { randomUUID } from 'node:crypto';
import { slackActionReceives } from '../../../core/action-receives';
import type { SlackAction } from '../../../core/slack-action';
import { secondsUntilNext } from '../../../hub-functions/notifier/poster/hints';
import type { ActionMessage } from '../../../hub-functions/slack/action-message';
import { type ReceivingParts, receive } from '../../../hub-functions/slack/actions/receiving';
import { SlackUnavailableError } from '../../../hub-functions/slack/api';
import type { Card } from '../../../ledger/cards/card';
import { testNotice, testReport } from '../notifier/events';
import { ChannelWorld, slackPolicy } from '../notifier/support/channel-world';

const { channel } = slackPolicy.slack;
const waiting = {
  ...testReport,
  reportId: 'r-1',
  sequence: 1,
  state: 'waiting' as const,
  planDigest: 'f'.repeat(32),
};
const approve: SlackAction = {
  order: 'approve',
  finding: waiting.finding,
  occurrence: 1,
  plan: waiting.planDigest,
};

let world: ChannelWorld;
let logged: string[];
let back: number[];
let updated: Record<string, unknown>[];

beforeEach(() => {
  world = new ChannelWorld();
  logged = [];
  back = [];
  updated = [];
});

/** What somebody did in Slack arrives for the n-th time, and cannot be done. */
async function fails(message: ActionMessage | string, times: number, more: Partial<ReceivingParts> = {}) {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  const attributes = { ApproximateReceiveCount: String(times) };
  const log = (text: string) => void logged.push(text);
  const { batchItemFailures } = await receive([{ messageId: 'm', receiptHandle: 'r', body, attributes }], {
    take: () => Promise.reject(new Error('The ledger is away.')),
    comeBack: async (_handle, seconds) => void back.push(seconds),
    cards: world.cards,
    slack: {
      call: async (method, parameters) => {
        updated.push({ method, ...parameters });
        return {};
      },
    },
    hint: async (woken) => world.hint(woken),
    log: { info: log, warn: log },
    ...more,
  });
  expect(batchItemFailures).toEqual([{ itemIdentifier: 'm' }]);
}

const clicked = (card: Card | undefined, action: SlackAction = approve): ActionMessage => ({
  version: 1,
  team: 'T0123456789',
  user: 'U0ALICE0001',
  at: '2026-11-23T10:05:00.000Z',
  kind: 'decide',
  action,
  card: card?.cardId ?? '',
  key: randomUUID(),
});

async function shown(): Promise<{ card: Card | undefined; thread: () => string[] }> {
  await world.goOn(5_000);
  const [first] = world.slack.first(channel);
  const cards = world.cardsNow();
  return {
    card: cards.at(-1),
    thread: () => world.slack.thread(first?.ts ?? '').map(({ message }) => JSON.stringify(message)),
  };
}

describe('a view that cannot be filled', () => {
  it('says so in the view, at each try, and has nothing to send off meanwhile', async () => {
    const {
      key: _key,
      kind: _kind,
      ...message
    } = clicked(undefined) as Extract<ActionMessage, { kind: 'decide' }>;
    const fill = { ...message, kind: 'fill' as const, view: 'V1' };
    await fails(fill, 1);
    await fails(fill, slackActionReceives);
    expect(updated).toHaveLength(2);
    for (const each of updated) {
      expect(each).toMatchObject({ method: 'views.update', view_id: 'V1' });
      expect(each.view).not.toHaveProperty('submit');
    }
    expect(JSON.stringify(updated[0])).toContain('It is tried again, and shown here then.');
    expect(JSON.stringify(updated[1])).toContain('Close this, and click again.');
  });

  it('is told by nobody where Slack is away: it comes again', async () => {
    const {
      key: _key,
      kind: _kind,
      ...message
    } = clicked(undefined) as Extract<ActionMessage, { kind: 'decide' }>;
    const slack = { call: () => Promise.reject(new SlackUnavailableError('away')) };
    await fails({ ...message, kind: 'fill', view: 'V1' }, 1, { slack });
    expect(logged).toContain('A view still waits');
  });

  it('is none of a decision', async () => {
    await fails(clicked(undefined), 1);
    expect(updated).toEqual([]);
  });
});

describe('a decision that cannot be done', () => {
  it('comes again for half a day', () => {
    const waits = Array.from({ length: slackActionReceives }, (_, index) => secondsUntilNext(index + 1));
    const hours = waits.reduce((sum, seconds) => sum + seconds, 0) / 3_600;
    expect(hours).toBeGreaterThanOrEqual(12);
    expect(hours).toBeLessThan(13);
  });

  it('is told in the thread when it fails for the last time, once, to who clicked', async () => {
    await world.report(waiting);
    const { card, thread } = await shown();
    const message = clicked(card);
    await fails(message, slackActionReceives - 1);
    await world.goOn(5_000);
    expect(thread()).toEqual([]);
    await fails(message, slackActionReceives);
    await fails(message, slackActionReceives);
    await world.goOn(5_000);
    expect(thread()).toHaveLength(1);
    const [told] = thread();
    expect(told).toContain('*Not done*: `approve` by <@U0ALICE0001>, 2026-11-23 10:05 UTC');
    expect(told).toContain('⚠️ Not done · critical · 222222222222');
    await world.goOn(60_000);
    expect(thread()).toHaveLength(1);
    expect(back).toEqual([120, 120, 120]);
  });

  it('on a notice is told in its thread', async () => {
    await world.notice({
      ...testNotice,
      actions: [{ order: 'thaw', scope: '222222222222', list: 'a'.repeat(16) }],
    });
    const { card, thread } = await shown();
    await fails(
      clicked(card, { order: 'thaw', scope: '222222222222', list: 'a'.repeat(16) }),
      slackActionReceives,
    );
    await world.goOn(5_000);
    expect(thread()).toEqual([expect.stringContaining('*Not done*: `thaw` by <@U0ALICE0001>')]);
  });

  it('on a finding of a storm is told in the thread of the digest that stands for it', async () => {
    world = new ChannelWorld({ policy: { ...slackPolicy, slack: { ...slackPolicy.slack, storm: 1 } } });
    const accounts = ['222222222222', '333333333333', '444444444444'];
    await world.report(
      ...accounts.map((accountId) => ({
        ...waiting,
        reportId: accountId,
        finding: { ...waiting.finding, accountId },
      })),
    );
    const { thread } = await shown();
    const member = world.cardsNow().find(({ digest }) => digest !== undefined);
    await fails(clicked(member), slackActionReceives);
    await world.goOn(5_000);
    expect(thread()).toEqual([expect.stringContaining('*Not done*: `approve` by <@U0ALICE0001>')]);
  });

  it('that nobody understands, or that nothing is known of, is a dead letter all the same', async () => {
    await fails('{}', slackActionReceives);
    await fails(clicked(undefined), slackActionReceives);
    const cards = { lost: () => Promise.reject(new Error('away')) };
    await fails(clicked(undefined), slackActionReceives, { cards });
    expect(logged.filter((text) => text.startsWith('Nobody was told'))).toHaveLength(2);
  });
});
