import { EventLog } from '../../../sandbox/events';
import type { SlackStandIn } from '../../../sandbox/slack/slack';
import { alice, channel, clientOf, section, startStandIn } from './support/stand-in';

let log: EventLog;
let slack: SlackStandIn;

beforeEach(async () => {
  log = new EventLog();
  slack = await startStandIn({
    log,
    limits: 'none',
    channels: [
      channel,
      { id: 'C0ARCHIVED1', name: 'old', archived: true },
      { id: 'C0PRIVATE01', name: 'secret', private: true, withoutBot: true },
      { id: 'C0WITHOUT01', name: 'without', withoutBot: true },
    ],
  });
});
afterEach(() => slack.stop());

describe('a message that says something else', () => {
  it('keeps its place, and what it said', async () => {
    const { chat } = clientOf(slack);
    const { ts = '' } = await chat.postMessage({ channel, text: 'waits', blocks: [section('waits')] });
    await chat.postMessage({ channel, text: 'other' });
    await chat.update({ channel, ts, text: 'fixed', blocks: [section('fixed')] });
    expect(slack.messages.map(({ text }) => text)).toEqual(['fixed', 'other']);
    expect(slack.messages[0]).toMatchObject({
      blocks: [section('fixed')],
      history: [{ text: 'waits', blocks: [section('waits')] }],
    });
    expect(log.events.at(-1)).toMatchObject({ kind: 'slack', text: 'fixed', edited: true });
  });

  it('loses its blocks where only a text is given, and keeps all where nothing is', async () => {
    const { chat } = clientOf(slack);
    const { ts = '' } = await chat.postMessage({ channel, text: 'a', blocks: [section('a')] });
    await chat.update({ channel, ts } as never);
    expect(slack.messages[0]).toMatchObject({ text: 'a', blocks: [section('a')] });
    await chat.update({ channel, ts, text: 'b' });
    expect(slack.messages[0]).not.toHaveProperty('blocks');
  });

  it.each([
    ['message_not_found', { channel, ts: '1.000001' }],
    ['channel_not_found', { channel: 'C9999999999', ts: '1.000001' }],
    ['is_archived', { channel: 'C0ARCHIVED1', ts: '1.000001' }],
    ['channel_not_found', { channel: 'C0PRIVATE01', ts: '1.000001' }],
    ['not_in_channel', { channel: 'C0WITHOUT01', ts: '1.000001' }],
  ])('is refused as %s', async (error, place) => {
    await expect(clientOf(slack).chat.update({ ...place, text: 'x' })).rejects.toMatchObject({
      data: { error },
    });
  });
});

describe('what one user alone sees', () => {
  it('is kept apart from the channel', async () => {
    const { message_ts: ts } = await clientOf(slack).chat.postEphemeral({
      channel,
      user: alice,
      text: 'for you',
    });
    expect(slack.ephemerals).toEqual([{ channel, user: alice, text: 'for you', ts }]);
    expect(slack.messages).toEqual([]);
  });

  it('is not seen in a thread that has no answer yet, although it is taken; in another one it stands', async () => {
    const { chat } = clientOf(slack);
    const { ts = '' } = await chat.postMessage({ channel, text: 'x' });
    const inThread = { channel, user: alice, text: 'for you', thread_ts: ts };
    expect(await chat.postEphemeral(inThread)).toMatchObject({ ok: true });
    expect(slack.ephemerals).toEqual([]);
    await chat.postMessage({ channel, text: 'y', thread_ts: ts });
    const { message_ts: seen } = await chat.postEphemeral(inThread);
    expect(slack.ephemerals).toEqual([{ channel, user: alice, text: 'for you', threadTs: ts, ts: seen }]);
  });

  it('is refused for who is not in the channel', async () => {
    const post = clientOf(slack).chat.postEphemeral({ channel, user: 'U9999999999', text: 'x' });
    await expect(post).rejects.toMatchObject({ data: { error: 'user_not_in_channel' } });
  });
});

it('says where a message is found', async () => {
  const { chat } = clientOf(slack);
  const { ts = '' } = await chat.postMessage({ channel, text: 'x' });
  const answer = await chat.postMessage({ channel, text: 'y', thread_ts: ts });
  const permalink = async (of: string) => (await chat.getPermalink({ channel, message_ts: of })).permalink;
  expect(await permalink(ts)).toBe(`https://staunch.slack.com/archives/${channel}/p${ts.replace('.', '')}`);
  expect(await permalink(answer.ts ?? '')).toContain(`?thread_ts=${ts}`);
});
