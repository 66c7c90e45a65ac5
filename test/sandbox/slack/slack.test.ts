import { LogLevel, WebClient } from '@slack/web-api';
import { EventLog } from '../../../sandbox/events';
import { type SlackStandIn, startSlack } from '../../../sandbox/slack/slack';

const token = 'xoxb-test';
const channel = 'C0123456789';
let log: EventLog;
let slack: SlackStandIn;

beforeEach(async () => {
  log = new EventLog();
  slack = await startSlack({ log, token, channels: [channel] });
});
afterEach(() => slack.stop());

function client(withToken = token): WebClient {
  return new WebClient(withToken, {
    slackApiUrl: `${slack.endpoint}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
}

function section(text: string) {
  return { type: 'section' as const, text: { type: 'mrkdwn' as const, text } };
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
    const blocks = Array.from({ length: 50 }, () => section('x'.repeat(3000)));
    expect(await client().chat.postMessage({ channel, text: 'x', blocks })).toMatchObject({ ok: true });
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
