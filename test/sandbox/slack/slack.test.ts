import type { WebClient } from '@slack/web-api';
import { EventLog } from '../../../sandbox/events';
import type { SlackStandIn } from '../../../sandbox/slack/slack';
import { channel, clientOf, section, startStandIn, token } from './support/stand-in';

let log: EventLog;
let slack: SlackStandIn;

beforeEach(async () => {
  log = new EventLog();
  slack = await startStandIn({ log, limits: 'none' });
});
afterEach(() => slack.stop());

function client(withToken = token): WebClient {
  return clientOf(slack, withToken);
}

describe("the stand-in for Slack, used by Slack's own client", () => {
  it('takes a message, keeps it and records it', async () => {
    const blocks = [section('*fixed*')];
    const answer = await client().chat.postMessage({ channel, text: 'fixed', blocks });
    expect(answer).toMatchObject({ ok: true, channel, message: { text: 'fixed', blocks } });
    expect(slack.messages).toEqual([{ channel, text: 'fixed', blocks, ts: answer.ts }]);
    expect(log.events).toEqual([expect.objectContaining({ kind: 'slack', channel, text: 'fixed', blocks })]);
  });

  it('gives every message an id of its own, and keeps threads', async () => {
    const first = await client().chat.postMessage({ channel, text: 'one' });
    const reply = { channel, text: 'two', thread_ts: first.ts ?? '' };
    const second = await client().chat.postMessage(reply);
    expect(second.ts).not.toBe(first.ts);
    expect(slack.messages[1]).toMatchObject({ threadTs: first.ts });
  });

  it('says who a token is', async () => {
    expect(await client().auth.test()).toMatchObject({ ok: true, user: 'staunch' });
  });

  it('refuses another token', async () => {
    await expect(client('xoxb-other').chat.postMessage({ channel, text: 'x' })).rejects.toMatchObject({
      data: { error: 'invalid_auth' },
    });
    expect(slack.messages).toEqual([]);
  });

  it('refuses a channel that the bot is not in', async () => {
    await expect(client().chat.postMessage({ channel: 'C9999999999', text: 'x' })).rejects.toMatchObject({
      data: { error: 'channel_not_found' },
    });
  });

  it.each([
    ['51 blocks', Array.from({ length: 51 }, () => section('x'))],
    ['a section of 3,001 characters', [section('x'.repeat(3001))]],
    ['an empty section', [section('')]],
  ])('refuses %s', async (_, blocks) => {
    await expect(client().chat.postMessage({ channel, text: 'x', blocks })).rejects.toMatchObject({
      data: { error: 'invalid_blocks' },
    });
  });

  it('takes exactly 50 blocks, and sections of exactly 3,000 characters', async () => {
    const blocks = [section('x'.repeat(3000)), ...Array.from({ length: 49 }, () => section('x'))];
    expect(await client().chat.postMessage({ channel, text: 'x', blocks })).toMatchObject({ ok: true });
  });

  it('refuses blocks that are too long together', async () => {
    const blocks = (count: number) => Array.from({ length: count }, () => section('x'.repeat(3000)));
    expect(await client().chat.postMessage({ channel, text: 'x', blocks: blocks(4) })).toMatchObject({
      ok: true,
    });
    await expect(client().chat.postMessage({ channel, text: 'x', blocks: blocks(5) })).rejects.toMatchObject({
      data: { error: 'msg_blocks_too_long' },
    });
  });

  it.each([
    ['a button with a value of 2,001 characters', { value: 'x'.repeat(2001) }],
    ['a button with 76 characters', { text: { type: 'plain_text', text: 'x'.repeat(76) } }],
    ['a style that there is not', { style: 'warning' }],
    ['a property that there is not', { colour: 'red' }],
  ])('refuses %s, and says where', async (_, wrong) => {
    const button = { type: 'button', text: { type: 'plain_text', text: 'x' }, ...wrong };
    const blocks = [{ type: 'actions', elements: [button] }] as never;
    await expect(client().chat.postMessage({ channel, text: 'x', blocks })).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: {
          messages: [expect.stringMatching(/^(must|the stand-in).*\/blocks\/0\/elements\/0/)],
        },
      },
    });
  });

  it('refuses ids that are there twice', async () => {
    const twice = [1, 2].map(() => ({ ...section('x'), block_id: 'one' }));
    await expect(client().chat.postMessage({ channel, text: 'x', blocks: twice })).rejects.toMatchObject({
      data: { error: 'invalid_blocks' },
    });
  });

  it('takes attachments with a colour, and tells the log what stands in them', async () => {
    const attachments = [{ color: '#2eb67d', blocks: [section('inside')] }];
    await client().chat.postMessage({ channel, text: 'x', attachments });
    expect(slack.messages[0]).toMatchObject({ attachments });
    expect(log.events[0]).toMatchObject({ blocks: [section('inside')] });
    await expect(
      client().chat.postMessage({ channel, text: 'x', attachments: [{ color: 'mauve', text: 'x' }] }),
    ).rejects.toMatchObject({ data: { error: 'invalid_attachments' } });
  });

  it('refuses a text of more than 40,000 characters', async () => {
    await expect(client().chat.postMessage({ channel, text: 'x'.repeat(40_001) })).rejects.toMatchObject({
      data: { error: 'msg_too_long' },
    });
  });

  it('takes JSON too', async () => {
    const response = await fetch(`${slack.endpoint}/api/chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ channel, text: 'plain' }),
    });
    expect(await response.json()).toMatchObject({ ok: true });
  });

  it('fails as asked, and works again afterwards', async () => {
    const post = () => client().chat.postMessage({ channel, text: 'x' });
    slack.fail('unreachable');
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    slack.fail('server-error');
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_http_error', statusCode: 500 });
    slack.fail({ retryAfterSeconds: 7 });
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 7 });
    slack.fail(undefined);
    await expect(post()).resolves.toMatchObject({ ok: true });
    expect(slack.messages).toHaveLength(1);
  });
});
