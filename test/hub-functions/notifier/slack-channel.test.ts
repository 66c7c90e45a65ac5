import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { LogLevel, WebClient } from '@slack/web-api';
import { BotToken } from '../../../hub-functions/notifier/bot-token';
import { PostError, RefusedMessageError, SlackChannel } from '../../../hub-functions/notifier/slack-channel';
import { stubbed } from '../../support/stubbed-client';

/** What the stand-in for Slack answers: a status, headers, a body. */
type Reply = { status?: number; headers?: Record<string, string>; body?: unknown };

let server: Server;
let replies: Reply[] = [];
let requests: { token: string | undefined; body: URLSearchParams }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = new URLSearchParams(Buffer.concat(chunks).toString());
      requests.push({ token: request.headers.authorization, body });
      const { status = 200, headers = {}, body: answer = { ok: true } } = replies.shift() ?? {};
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => new Promise((closed) => server.close(closed)));
beforeEach(() => {
  replies = [];
  requests = [];
});

const message = { text: 'Fixed', blocks: [] };

function channelWith(tokens: string[]) {
  let reads = 0;
  let now = 0;
  const sleeps: number[] = [];
  const secrets = stubbed(new SecretsManagerClient({ region: 'eu-west-1' }), () => ({
    SecretString: tokens[Math.min(reads++, tokens.length - 1)],
  }));
  const { port } = server.address() as AddressInfo;
  const channel = new SlackChannel({
    token: new BotToken(
      secrets,
      'arn:aws:secretsmanager:eu-west-1:111111111111:secret:staunch/slack-bot-token',
    ),
    channel: 'C0123456789',
    newClient: (token) =>
      new WebClient(token, {
        slackApiUrl: `http://127.0.0.1:${port}/api/`,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        logLevel: LogLevel.ERROR,
      }),
    sleep: async (milliseconds) => {
      sleeps.push(milliseconds);
      now += milliseconds;
    },
    now: () => now,
  });
  const post = (remaining = 60_000) => channel.post(message, () => remaining - now);
  return { post, sleeps, reads: () => reads };
}

describe('the Slack channel', () => {
  it('is told with the token from the secret, which is read once', async () => {
    const { post, reads } = channelWith(['xoxb-1\n']);
    await post();
    await post();
    expect(requests.map(({ token }) => token)).toEqual(['Bearer xoxb-1', 'Bearer xoxb-1']);
    expect(Object.fromEntries(requests[0]?.body ?? [])).toMatchObject({
      channel: 'C0123456789',
      text: 'Fixed',
      parse: 'none',
      link_names: 'false',
    });
    expect(reads()).toBe(1);
  });

  it.each(['invalid_auth', 'token_revoked'])('reads a rotated token anew after %s', async (error) => {
    const { post } = channelWith(['xoxb-old', 'xoxb-new']);
    replies = [{ body: { ok: false, error } }];
    await post();
    expect(requests.map(({ token }) => token)).toEqual(['Bearer xoxb-old', 'Bearer xoxb-new']);
    await post();
    expect(requests.at(-1)?.token).toBe('Bearer xoxb-new');
  });

  it('reads it anew only once, and keeps the message', async () => {
    const { post, reads } = channelWith(['xoxb-bad']);
    replies = [
      { body: { ok: false, error: 'invalid_auth' } },
      { body: { ok: false, error: 'invalid_auth' } },
    ];
    await expect(post()).rejects.toThrow(PostError);
    expect(reads()).toBe(2);
  });

  it('waits out a rate limit when there is time', async () => {
    const { post, sleeps } = channelWith(['xoxb-1']);
    replies = [{ status: 429, headers: { 'retry-after': '3' } }];
    await post();
    expect(sleeps).toEqual([3_000]);
    expect(requests).toHaveLength(2);
  });

  it('gives the message back when there is no time, and does not bother Slack with the next one', async () => {
    const { post, sleeps } = channelWith(['xoxb-1']);
    replies = [{ status: 429, headers: { 'retry-after': '300' } }];
    await expect(post()).rejects.toThrow(/no time left/);
    await expect(post()).rejects.toThrow(/300 s to wait/);
    expect(sleeps).toEqual([]);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['is broken', { status: 500, body: {} }],
    ['does not know the channel', { body: { ok: false, error: 'channel_not_found' } }],
  ])('gives the message back when Slack %s', async (_what, reply) => {
    const { post } = channelWith(['xoxb-1']);
    replies = [reply];
    await expect(post()).rejects.toThrow(PostError);
    expect(requests).toHaveLength(1);
  });

  it.each(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long', 'no_text'])(
    'says that Slack will never take a message that it answers with %s',
    async (error) => {
      const { post } = channelWith(['xoxb-1']);
      replies = [{ body: { ok: false, error } }];
      await expect(post()).rejects.toThrow(RefusedMessageError);
      expect(requests).toHaveLength(1);
    },
  );

  it('says what to do when the secret is empty, and looks again the next time', async () => {
    const { post, reads } = channelWith(['', 'xoxb-1']);
    await expect(post()).rejects.toThrow(/Put the Slack bot token/);
    await post();
    expect(reads()).toBe(2);
  });
});
