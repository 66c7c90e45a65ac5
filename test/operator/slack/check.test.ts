import { createHmac } from 'node:crypto';
import type { SlackSettings } from '../../../config/compiled';
import { checkSlack, type KeptForSlack, type SlackCheck } from '../../../operator/slack/check';
import { type SlackAnswer, slackWeb } from '../../../operator/slack/slack-web';

const now = new Date('2026-11-27T12:00:00.000Z');
const settings: SlackSettings = {
  channel: 'C0123456789',
  team: 'T0123456789',
  app: 'A0123456789',
  routes: [{ channel: 'C0AAAAAAAAA', tags: { team: 'payments' }, source: 'policy.yaml:9' }],
  ownerTags: ['owner'],
  summary: false,
  storm: 20,
};
const kept: KeptForSlack = {
  token: 'xoxb-1',
  signingSecret: 'secret',
  requestUrl: 'https://a1.execute-api.eu-west-1.amazonaws.com/staunch/slack',
};
const scopes = ['chat:write', 'files:write', 'users:read', 'users:read.email', 'usergroups:read'];
const usual: Record<string, Partial<SlackAnswer>> = {
  'auth.test': { scopes, body: { team: 'Acme', team_id: 'T0123456789', user: 'staunch' } },
  'chat.postMessage': { body: { ts: '1.2', message: { app_id: 'A0123456789' } } },
  'chat.update': {},
};

async function checked({
  slack = settings,
  answers = {},
  of = {},
  status = 200,
}: {
  slack?: SlackSettings;
  answers?: Record<string, Partial<SlackAnswer> | Error>;
  of?: Partial<KeptForSlack>;
  status?: number | Error;
} = {}) {
  const calls: [method: string, parameters: Record<string, string>][] = [];
  const posts: { url: string; headers: Record<string, string>; body: string }[] = [];
  const checks = await checkSlack({
    slack,
    kept: { ...kept, ...of },
    call: async (_token, method, parameters) => {
      calls.push([method, parameters]);
      const answer = answers[method] ?? usual[method];
      if (answer instanceof Error) throw answer;
      return { ok: answer?.error === undefined, body: {}, ...answer };
    },
    post: async (url, headers, body) => {
      posts.push({ url, headers, body });
      if (status instanceof Error) throw status;
      return status;
    },
    now: () => now,
  });
  const wrong = checks.filter(({ is }) => is !== 'well');
  return { checks, wrong, calls, posts };
}

describe('checking the Slack app', () => {
  it('posts and edits a message in each channel, and finds all well', async () => {
    const { wrong, checks, calls } = await checked();
    expect(wrong).toEqual([]);
    expect(checks.map(({ check }) => check)).toEqual([
      'token',
      'scopes',
      'workspace',
      'channel',
      'message',
      'app',
      'channel',
      'message',
      'signing secret',
      'request URL',
    ]);
    expect(calls.map(([method, { channel }]) => [method, channel])).toEqual([
      ['auth.test', undefined],
      ['chat.postMessage', 'C0123456789'],
      ['chat.update', 'C0123456789'],
      ['chat.postMessage', 'C0AAAAAAAAA'],
      ['chat.update', 'C0AAAAAAAAA'],
    ]);
  });

  it('signs a request as Slack does, about which nothing is done', async () => {
    const { posts } = await checked();
    const [{ url, headers, body } = { url: '', headers: {}, body: '' }] = posts;
    expect(url).toBe(kept.requestUrl);
    const time = (headers as Record<string, string>)['x-slack-request-timestamp'];
    const signature = createHmac('sha256', 'secret').update(`v0:${time}:${body}`).digest('hex');
    expect(headers).toMatchObject({ 'x-slack-signature': `v0=${signature}` });
    expect(new URLSearchParams(body).get('payload')).toBe('{"type":"view_closed"}');
  });

  it.each<[string, Parameters<typeof checked>[0], Partial<SlackCheck>[]]>([
    [
      'a token that was never set',
      { of: { token: '(d8#kfj' } },
      [{ check: 'token', is: 'wrong', text: expect.stringContaining('never set') }],
    ],
    ['no secret', { of: { token: undefined } }, [{ check: 'token', is: 'wrong' }]],
    [
      'a token that Slack refuses',
      { answers: { 'auth.test': { error: 'token_revoked' } } },
      [{ check: 'token', is: 'wrong', text: 'Slack refuses the token: token_revoked.' }],
    ],
    [
      'a Slack that is away',
      { answers: { 'auth.test': new TypeError('fetch failed xoxb-1') } },
      [{ check: 'token', is: 'unknown', text: 'Slack could not be asked: TypeError' }],
    ],
    [
      'scopes that are missing',
      {
        answers: {
          'auth.test': { ...usual['auth.test'], scopes: ['chat:write', 'users:read', 'users:read.email'] },
        },
      },
      [{ check: 'scopes', is: 'wrong', text: expect.stringMatching(/files:write .*usergroups:read/) }],
    ],
    [
      'another workspace',
      { answers: { 'auth.test': { scopes, body: { team: 'Other', team_id: 'T9999999999' } } } },
      [{ check: 'workspace', is: 'wrong', text: expect.stringContaining('T9999999999') }],
    ],
    [
      'another app',
      { answers: { 'chat.postMessage': { body: { ts: '1.2', message: { app_id: 'A9999999999' } } } } },
      [{ check: 'app', is: 'wrong', text: expect.stringContaining('A9999999999') }],
    ],
    [
      'a channel without the app',
      { answers: { 'chat.postMessage': { error: 'not_in_channel' } } },
      [
        { check: 'channel', is: 'wrong', cure: expect.stringContaining('/invite') },
        { check: 'channel', is: 'wrong' },
      ],
    ],
    [
      'a message that cannot be edited',
      { answers: { 'chat.update': { error: 'cant_update_message' } } },
      [
        { check: 'message', is: 'wrong' },
        { check: 'message', is: 'wrong' },
      ],
    ],
    [
      'a signing secret that was never set',
      { of: { signingSecret: '{"set":"Put it here","random":"x"}' } },
      [
        { check: 'signing secret', is: 'wrong', text: expect.stringContaining('never set') },
        { check: 'request URL', is: 'unknown' },
      ],
    ],
    [
      'another signing secret than the hub has',
      { status: 401 },
      [{ check: 'request URL', is: 'wrong', text: expect.stringContaining('401') }],
    ],
    [
      'a hub without the door',
      { of: { requestUrl: undefined } },
      [{ check: 'request URL', is: 'wrong', cure: expect.stringContaining('Deploy') }],
    ],
    [
      'a hub that cannot be reached',
      { status: new TypeError('x') },
      [{ check: 'request URL', is: 'unknown' }],
    ],
  ])('tells %s', async (_what, how, expected) => {
    const { wrong, checks } = await checked(how);
    expect(wrong).toMatchObject(expected);
    expect(JSON.stringify(checks)).not.toContain('xoxb-1');
    expect(wrong).toHaveLength(expected.length);
  });

  it('asks for less where nobody decides in Slack, and leaves the hub alone', async () => {
    const { team: _team, app: _app, ...slack } = settings;
    const { wrong, posts } = await checked({
      slack,
      answers: { 'auth.test': { ...usual['auth.test'], scopes: ['chat:write', 'files:write'] } },
      of: { signingSecret: undefined, requestUrl: undefined },
    });
    expect(wrong).toEqual([]);
    expect(posts).toEqual([]);
  });
});

describe("Slack's Web API", () => {
  it('is called by a form, with the token in the header, and says the scopes', async () => {
    const sent: [string, RequestInit][] = [];
    const call = slackWeb('https://slack.com', async (url, init) => {
      sent.push([String(url), init ?? {}]);
      return new Response('{"ok":true,"team":"Acme"}', {
        headers: { 'x-oauth-scopes': 'chat:write, users:read' },
      });
    });
    expect(await call('xoxb-1', 'auth.test', { a: 'b c' })).toEqual({
      ok: true,
      scopes: ['chat:write', 'users:read'],
      body: { ok: true, team: 'Acme' },
    });
    expect(sent).toMatchObject([
      ['https://slack.com/api/auth.test', { body: 'a=b+c', headers: { authorization: 'Bearer xoxb-1' } }],
    ]);
  });

  it('that answers no JSON is an error', async () => {
    const call = slackWeb('https://slack.com', async () => new Response('busy', { status: 503 }));
    await expect(call('xoxb-1', 'auth.test', {})).rejects.toThrow(
      'Slack answers auth.test with the status 503.',
    );
  });
});
