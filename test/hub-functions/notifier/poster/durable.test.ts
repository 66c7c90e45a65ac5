import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ledgerTableName } from '../../../../core/names';
import type { SlackMessage } from '../../../../hub-functions/card/blocks';
import { RefusedMessageError } from '../../../../hub-functions/notifier/poster/slack-errors';
import { Channels } from '../../../../ledger/cards/channels';
import { accounts } from '../../../support/findings';
import { testReport } from '../events';
import { ordersOf } from '../support/buttons';
import { ChannelWorld, slackPolicy } from '../support/channel-world';
import type { Fate, MemoryMessage } from '../support/memory-slack';

const channel = slackPolicy.slack.channel;
const minutes = (count: number) => count * 60_000;
const waiting = {
  ...testReport,
  reportId: 'r-1',
  sequence: 1,
  state: 'waiting' as const,
  planDigest: 'f'.repeat(32),
};
const fixed = { ...waiting, reportId: 'r-2', sequence: 2, state: 'fixed' as const };
const numbered = (number: number) => ({
  ...waiting,
  reportId: `n-${number}`,
  finding: { ...testReport.finding, accountId: String(100_000_000_000 + number) },
});
const orders = (message: MemoryMessage | undefined) => ordersOf(message?.message ?? { blocks: [] });

describe('an outage of Slack', () => {
  it('of an hour loses nothing, and repeats nothing that Slack confirmed', async () => {
    const world = new ChannelWorld();
    await world.report(waiting);
    await world.goOn(minutes(1));
    world.slack.fate = () => 'failed';
    await world.report(fixed, ...Array.from({ length: 5 }, (_, number) => numbered(number)));
    await world.goOn(minutes(60));
    expect(world.slack.messages).toHaveLength(1);
    world.slack.fate = () => 'taken';
    await world.goOn(minutes(5));
    expect(world.slack.first(channel)).toHaveLength(6);
    const [first] = world.slack.first(channel);
    expect(first?.message.text).toContain('Fixed');
    expect(world.slack.thread(first?.ts ?? '')).toHaveLength(1);
  });

  it('repeats no message that Slack has confirmed where another invocation has the channel by then', async () => {
    const world = new ChannelWorld();
    await world.report(waiting);
    const others = new Channels(world.documents, ledgerTableName);
    world.slack.fate = (kind) => {
      if (kind === 'post') void others.take(channel, 'another', new Date('2027-01-01'), world.now());
      return 'taken';
    };
    await world.goOn(minutes(3));
    expect(world.slack.messages).toHaveLength(1);
  });

  it('keeps hints in the queue, so that its alarm rings', async () => {
    const world = new ChannelWorld();
    world.slack.fate = () => 'failed';
    await world.report(waiting);
    for (let minute = 0; minute < 30; minute += 1) {
      await world.goOn(minutes(1));
      expect(world.hintsWaiting()).toBeGreaterThan(0);
    }
  });

  it.each<Fate>(['limited', 'failed', 'died before', 'answer lost', 'died after'])(
    'of one call (%s) loses nothing, and leaves no second button to decide with',
    async (fate) => {
      const world = new ChannelWorld();
      let calls = 0;
      world.slack.fate = () => {
        calls += 1;
        return calls === 1 ? fate : 'taken';
      };
      await world.report(waiting);
      await world.goOn(minutes(20));
      const withButtons = world.slack.first(channel).filter((message) => orders(message).length > 0);
      expect(withButtons).toHaveLength(1);
      // What Slack took without an answer that came is there once more.
      const isTwice = fate === 'answer lost' || fate === 'died after';
      expect(world.slack.first(channel)).toHaveLength(isTwice ? 2 : 1);
    },
  );

  it('shows what is true where the answer to an update was lost, and all is as before it again', async () => {
    const world = new ChannelWorld();
    await world.report(waiting);
    await world.goOn(minutes(1));
    const at = world.now();
    const work = {
      ...{ what: 'approve', by: 'Alice', at: at.toISOString() },
      until: new Date(at.getTime() + minutes(5)).toISOString(),
    };
    world.slack.fate = (kind) => (kind === 'update' ? 'answer lost' : 'taken');
    await world.cards.working([waiting], work);
    world.hint(channel);
    await world.goOn(2_000);
    expect(orders(world.slack.first(channel)[0])).toEqual([]);
    world.slack.fate = () => 'taken';
    await world.cards.settled([waiting], work);
    await world.goOn(minutes(5));
    expect(orders(world.slack.first(channel)[0])).toEqual(['approve', 'deny', 'exempt']);
  });

  it('keeps to the pace that Slack wants, once it has said so', async () => {
    const world = new ChannelWorld();
    await world.report(...Array.from({ length: 15 }, (_, number) => numbered(number)));
    await world.goOn(minutes(2));
    expect(world.slack.first(channel)).toHaveLength(15);
    expect(world.slack.calls.limited).toBeLessThanOrEqual(3);
  });
});

describe('an answer to a click that Slack shows late', () => {
  it('erases nothing for good, also where the poster has just shown the final state', async () => {
    const world = new ChannelWorld();
    await world.report(waiting);
    await world.goOn(minutes(1));
    const [card] = world.cardsNow();
    const { update } = world.slack;
    let isLate = true;
    world.slack.update = async (to, ts, message) => {
      await update.call(world.slack, to, ts, message);
      const [first] = world.slack.first(channel);
      if (!isLate || !first || !card) return;
      isLate = false;
      first.message = { text: 'Working on it', blocks: [] };
      await world.cards.shownBeside(card);
    };
    await world.report(fixed);
    await world.goOn(minutes(1));
    expect(world.slack.first(channel)[0]?.message.text).toContain('Fixed');
  });
});

describe('a message that Slack does not take', () => {
  it('as it is, is told in few words', async () => {
    const world = new ChannelWorld();
    const post = world.slack.post.bind(world.slack);
    world.slack.post = async (to, message, thread) => {
      if (message.blocks.length > 1) throw new RefusedMessageError('invalid_blocks');
      return post(to, message, thread);
    };
    await world.report(waiting);
    await world.goOn(minutes(1));
    expect(JSON.stringify(world.slack.first(channel))).toContain('Look at each with staunch show.');
    expect(world.deadLetters).toEqual([]);
  });

  it('is told in few words again when it changes', async () => {
    const world = new ChannelWorld();
    const { post, update } = world.slack;
    const check = (message: SlackMessage) => {
      if (message.blocks.length > 1) throw new RefusedMessageError('invalid_blocks');
    };
    world.slack.post = async (to, message, thread) => {
      check(message);
      return post.call(world.slack, to, message, thread);
    };
    world.slack.update = async (to, ts, message) => {
      check(message);
      await update.call(world.slack, to, ts, message);
    };
    await world.report(waiting);
    await world.goOn(minutes(1));
    await world.report(fixed);
    await world.goOn(minutes(1));
    expect(world.slack.first(channel).map(({ message }) => message.text)).toEqual([
      expect.stringContaining('Fixed'),
    ]);
    expect(world.deadLetters).toEqual([]);
  });

  it('since its card cannot be read is a dead letter, alone or in a storm, and keeps nothing else waiting', async () => {
    for (const count of [2, 40]) {
      const world = new ChannelWorld();
      await world.report(...Array.from({ length: count }, (_, number) => numbered(number)));
      const [broken] = world.tables.items(ledgerTableName).filter(({ record }) => record === 'card');
      await world.documents.send(
        new PutCommand({
          TableName: ledgerTableName,
          Item: { ...broken, card: '{"cardId":"of another version"}' },
        }),
      );
      await world.goOn(minutes(3));
      expect(world.deadLetters).toHaveLength(1);
      const told = world.slack.first(channel);
      expect(count === 2 ? told.length : told[0]?.message.text).toEqual(
        count === 2 ? 1 : expect.stringContaining('39 findings at once'),
      );
    }
  });

  it('even in few words, is a dead letter, and keeps nothing else waiting', async () => {
    const world = new ChannelWorld();
    const post = world.slack.post.bind(world.slack);
    world.slack.post = async (to, message, thread) => {
      if (message.text.includes('sg-0123456789abcdef0') || message.blocks.length === 1) {
        throw new RefusedMessageError('invalid_blocks');
      }
      return post(to, message, thread);
    };
    const other = { ...waiting.finding, accountId: accounts.off, resourceId: 'sg-2' };
    await world.report(waiting, { ...waiting, reportId: 'other', finding: other });
    await world.goOn(minutes(1));
    expect(world.deadLetters).toHaveLength(1);
    expect(world.slack.first(channel)).toHaveLength(1);
  });

  it('because somebody deleted the first one, is posted anew while it is about something open', async () => {
    const world = new ChannelWorld();
    await world.report(waiting);
    await world.goOn(minutes(1));
    world.slack.messages.splice(0);
    await world.report({ ...waiting, reportId: 'r-2', sequence: 2, state: 'failed' });
    await world.goOn(minutes(1));
    expect(world.slack.first(channel)).toHaveLength(1);
    expect(world.slack.first(channel)[0]?.message.text).toContain('Failed');
    world.slack.messages.splice(0);
    await world.report({ ...waiting, reportId: 'r-3', sequence: 3, state: 'fixed' });
    await world.goOn(minutes(1));
    expect(world.slack.first(channel)).toEqual([]);
  });
});

describe('work on what somebody decided', () => {
  const workAt = (world: ChannelWorld, by: string) => ({
    ...{ what: 'approve', by, at: world.now().toISOString() },
    until: new Date(world.now().getTime() + minutes(3)).toISOString(),
  });

  it('is the first one’s of two who click at once; the other is told by whom', async () => {
    const world = new ChannelWorld();
    await world.report(waiting);
    await world.goOn(5_000);
    const results = await Promise.all(
      ['Alice', 'Bob'].map((by) => world.cards.working([waiting], workAt(world, by))),
    );
    const won = results.filter(({ taken }) => taken === undefined);
    expect(won).toHaveLength(1);
    const [card] = world.cardsNow();
    expect(results.find(({ taken }) => taken)?.taken).toEqual(card?.findings[0]?.working);
  });

  it('is the same work where a delivery repeats it', async () => {
    const world = new ChannelWorld();
    await world.report(waiting);
    await world.goOn(5_000);
    const work = workAt(world, 'Alice');
    for (let times = 0; times < 2; times += 1) {
      expect(await world.cards.working([waiting], work)).not.toHaveProperty('taken');
    }
  });

  it('takes the buttons away, and gives them back where nothing came of it', async () => {
    const world = new ChannelWorld();
    await world.report(waiting);
    await world.goOn(5_000);
    const work = workAt(world, 'Alice');
    await world.cards.working([waiting], work);
    world.hint(channel);
    await world.goOn(5_000);
    expect(orders(world.slack.first(channel)[0])).toEqual([]);
    // Whoever worked is never heard of again.
    await world.goOn(minutes(5));
    expect(orders(world.slack.first(channel)[0])).toEqual(['approve', 'deny', 'exempt']);
  });

  it('ends with the report of what came of it', async () => {
    const world = new ChannelWorld();
    await world.report(waiting);
    await world.goOn(5_000);
    const work = workAt(world, 'Alice');
    await world.cards.working([waiting], work);
    await world.goOn(1_000);
    await world.report({ ...fixed, at: world.now().toISOString() });
    await world.goOn(5_000);
    expect(orders(world.slack.first(channel)[0])).toEqual(['undo']);
  });

  it('of somebody whose mark was replaced meanwhile takes nothing away', async () => {
    const world = new ChannelWorld();
    await world.report(waiting);
    await world.goOn(5_000);
    const first = workAt(world, 'Alice');
    await world.cards.working([waiting], first);
    await world.goOn(minutes(4));
    const second = workAt(world, 'Bob');
    await world.cards.working([waiting], second);
    await world.cards.settled([waiting], first);
    expect(world.cardsNow()[0]?.findings[0]?.working).toEqual(second);
  });
});
