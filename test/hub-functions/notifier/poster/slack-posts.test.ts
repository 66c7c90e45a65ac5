import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { LogLevel, WebClient } from '@slack/web-api';
import { BotToken } from '../../../../hub-functions/notifier/bot-token';
import {
  ForbiddenChangeError,
  LimitedError,
  MissingMessageError,
  PostError,
  RefusedMessageError,
} from '../../../../hub-functions/notifier/poster/slack-errors';
import { SlackPosts } from '../../../../hub-functions/notifier/poster/slack-posts';
import { stubbed } from '../../../support/stubbed-client';

/** What the stand-in for Slack answers: a status, headers, a body; nothing at all where it hangs. */
type Reply = { status?: number; headers?: Record<string, string>; body?: unknown; hangs?: true };

let server: Server;
let replies: Reply[] = [];
let requests: { path: string; token: string | undefined; body: URLSearchParams; text: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const { url: path = '', headers: asked } = request;
      requests.push({ path, token: asked.authorization, body: new URLSearchParams(text), text });
      const { status = 200, headers = {}, body = { ok: true, ts: '1.2' }, hangs } = replies.shift() ?? {};
      if (hangs) return;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((closed) => server.close(closed));
});
beforeEach(() => {
  replies = [];
  requests = [];
});

const message = { text: 'Fixed', blocks: [] };
const channel = 'C0123456789';
const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function postsWith(tokens: string[], timeout = 10_000) {
  let reads = 0;
  const secrets = stubbed(new SecretsManagerClient({ region: 'eu-west-1' }), () => ({
    SecretString: tokens[Math.min(reads++, tokens.length - 1)],
  }));
  const posts = new SlackPosts({
    token: new BotToken(secrets, 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:staunch/token'),
    newClient: (token) =>
      new WebClient(token, {
        slackApiUrl: `${origin()}/api/`,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout,
        logLevel: LogLevel.ERROR,
      }),
    upload: (url, content) => fetch(url, { method: 'POST', body: content }),
  });
  return { posts, post: () => posts.post(channel, message), reads: () => reads };
}

const refusal = (error: string): Reply => ({ body: { ok: false, error } });

describe('Slack', () => {
  it('is told with the token from the secret, which is read once, and reads nothing into the text', async () => {
    const { post, reads } = postsWith(['xoxb-1\n']);
    expect(await post()).toBe('1.2');
    await post();
    expect(requests.map(({ token }) => token)).toEqual(['Bearer xoxb-1', 'Bearer xoxb-1']);
    expect(Object.fromEntries(requests[0]?.body ?? [])).toMatchObject({
      ...{ channel, text: 'Fixed', parse: 'none', link_names: 'false' },
      ...{ unfurl_links: 'false', unfurl_media: 'false' },
    });
    expect(reads()).toBe(1);
  });

  it.each(['invalid_auth', 'token_revoked'])('reads a rotated token anew after %s', async (error) => {
    const { post } = postsWith(['xoxb-old', 'xoxb-new']);
    replies = [refusal(error)];
    await post();
    expect(requests.map(({ token }) => token)).toEqual(['Bearer xoxb-old', 'Bearer xoxb-new']);
    await post();
    expect(requests.at(-1)?.token).toBe('Bearer xoxb-new');
  });

  it('reads it anew only once a call', async () => {
    const { post, reads } = postsWith(['xoxb-bad']);
    replies = [refusal('invalid_auth'), refusal('invalid_auth')];
    await expect(post()).rejects.toThrow(PostError);
    expect(reads()).toBe(2);
  });

  it.each([
    ['for how long', { status: 429, headers: { 'retry-after': '7' } }, 7_000],
    ['for days: a quarter of an hour', { status: 429, headers: { 'retry-after': '864000' } }, 900_000],
    ['without saying for how long', { status: 429, headers: {} }, 5_000],
    ['in the answer', refusal('ratelimited'), 5_000],
  ])('is left alone when it limits calls, %s', async (_what, reply, milliseconds) => {
    const { post } = postsWith(['xoxb-1']);
    replies = [reply];
    const error = await post().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LimitedError);
    expect(error).toMatchObject({ milliseconds });
  });

  it.each([
    ['is broken', { status: 500, body: {} }],
    ['does not answer', { hangs: true as const }],
    ['does not know the channel', refusal('channel_not_found')],
    ['has archived the channel', refusal('is_archived')],
    ['does not let the app into it', refusal('not_in_channel')],
    ['does not say which message it took', { body: { ok: true } }],
  ])('keeps what is to be told for later when it %s', async (_what, reply) => {
    const { post } = postsWith(['xoxb-1'], 'hangs' in reply ? 300 : undefined);
    replies = [reply];
    const error = await post().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PostError);
    expect(error).not.toBeInstanceOf(LimitedError);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ...['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long', 'no_text'],
    ...['cannot_reply_to_message', 'restricted_action_thread_locked'],
  ])('will never take a message that it answers with %s', async (error) => {
    const { post } = postsWith(['xoxb-1']);
    replies = [refusal(error)];
    await expect(post()).rejects.toThrow(RefusedMessageError);
  });

  it('changes a message, and says where that is not there any more, or may not be changed', async () => {
    const { posts } = postsWith(['xoxb-1']);
    await posts.update(channel, '1.2', message);
    expect(Object.fromEntries(requests[0]?.body ?? [])).toMatchObject({ channel, ts: '1.2', text: 'Fixed' });
    replies = [refusal('message_not_found'), refusal('edit_window_closed')];
    await expect(posts.update(channel, '1.2', message)).rejects.toThrow(MissingMessageError);
    await expect(posts.update(channel, '1.2', message)).rejects.toThrow(ForbiddenChangeError);
  });

  it('takes a file into a thread, by the three calls that its pages ask for', async () => {
    const { posts } = postsWith(['xoxb-1']);
    replies = [{ body: { ok: true, upload_url: `${origin()}/upload`, file_id: 'F1' } }];
    await posts.file(channel, '1.2', { name: 'findings.txt', title: 'All', content: 'à la carte' });
    expect(requests.map(({ path }) => path)).toEqual([
      '/api/files.getUploadURLExternal',
      '/upload',
      '/api/files.completeUploadExternal',
    ]);
    expect(requests[0]?.body.get('length')).toBe(String(Buffer.byteLength('à la carte')));
    expect(requests[1]?.text).toBe('à la carte');
    expect(Object.fromEntries(requests[2]?.body ?? [])).toMatchObject({
      channel_id: channel,
      thread_ts: '1.2',
    });
  });

  it('is asked for no file twice where the app may not add one', async () => {
    const { posts } = postsWith(['xoxb-1']);
    replies = [refusal('missing_scope')];
    const file = { name: 'findings.txt', title: 'All', content: 'x' };
    await expect(posts.file(channel, '1.2', file)).rejects.toThrow(ForbiddenChangeError);
  });

  it('is told nothing while the secret is empty, which is said; the next time it is read again', async () => {
    const { post, reads } = postsWith(['', 'xoxb-1']);
    await expect(post()).rejects.toThrow(/Put the Slack bot token/);
    await post();
    expect(reads()).toBe(2);
  });
});
