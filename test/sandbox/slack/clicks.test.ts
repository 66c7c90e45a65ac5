import { createHmac } from 'node:crypto';
import { signedRequest } from '../../../sandbox/slack/interactions/signed-request';
import type { SlackStandIn } from '../../../sandbox/slack/slack';
import {
  actions,
  alice,
  bob,
  button,
  channel,
  clientOf,
  HandClock,
  section,
  startApp,
  startStandIn,
  type TestApp,
} from './support/stand-in';

let clock: HandClock;
let slack: SlackStandIn;
let app: TestApp;

beforeEach(async () => {
  clock = new HandClock();
  [slack, app] = await Promise.all([
    startStandIn({ now: clock.now, limits: 'none', signingSecret: 'signs' }),
    startApp(),
  ]);
  slack.requestUrl = app.url;
});
afterEach(() => Promise.all([slack.stop(), app.stop()]));

async function asked(...elements: ReturnType<typeof button>[]): Promise<string> {
  const blocks = [section('May I?'), actions(...elements)];
  return (await clientOf(slack).chat.postMessage({ channel, text: 'May I?', blocks })).ts ?? '';
}

describe('a click on a button', () => {
  it('reaches the app as Slack sends it', async () => {
    const ts = await asked(button('staunch:approve', 'this'), button('staunch:deny', 'that'));
    const result = await slack.click({ user: alice, channel, ts, actionId: 'staunch:approve' });
    expect(result).toMatchObject({ status: 200, body: '' });
    const [{ headers, body, payload } = { headers: {}, body: '', payload: {} }] = app.received;
    const seconds = String(headers['x-slack-request-timestamp']);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Number(seconds) * 1000).toBe(clock.time);
    expect(headers['x-slack-signature']).toBe(
      `v0=${createHmac('sha256', 'signs').update(`v0:${seconds}:${body}`).digest('hex')}`,
    );
    expect(payload).toMatchObject({
      type: 'block_actions',
      user: { id: alice, team_id: slack.team },
      api_app_id: slack.app,
      team: { id: slack.team },
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      channel: { id: channel },
      message: { ts, text: 'May I?' },
      actions: [{ type: 'button', action_id: 'staunch:approve', value: 'this' }],
    });
    expect(payload.actions[0].block_id).toBe(payload.message.blocks[1].block_id);
  });

  it('finds a button by its value, and says what there is where it finds none', async () => {
    const ts = await asked(button('one', 'same'), button('two', 'same'), button('three'));
    await slack.click({ user: alice, channel, ts, value: 'three' });
    expect(app.received[0]?.payload.actions[0].action_id).toBe('three');
    await expect(slack.click({ user: alice, channel, ts, actionId: 'four' })).rejects.toThrow(
      'one can act on one, two, three',
    );
    await expect(slack.click({ user: alice, channel, ts, value: 'same' })).rejects.toThrow('2 are');
  });

  it('finds no button that was taken away, unless the person has not seen that yet', async () => {
    const ts = await asked(button('approve'));
    await clientOf(slack).chat.update({ channel, ts, text: 'done' });
    await expect(slack.click({ user: bob, channel, ts, actionId: 'approve' })).rejects.toThrow('nothing');
    const [seen] = slack.messages[0]?.history ?? [];
    if (seen === undefined) throw new Error('The message has no history.');
    await slack.click({ user: bob, channel, ts, actionId: 'approve', seen });
    expect(app.received[0]?.payload).toMatchObject({ user: { id: bob }, message: { text: 'May I?' } });
  });

  it('is told of, where the app answers badly or not at all', async () => {
    const ts = await asked(button('approve'));
    app.answer = { status: 403, body: 'no' };
    expect(await slack.click({ user: alice, channel, ts })).toMatchObject({
      status: 403,
      body: 'no',
      problem: 'The app answered HTTP 403.',
    });
    await app.stop();
    expect(await slack.click({ user: alice, channel, ts })).toMatchObject({ status: 0 });
    slack.requestUrl = undefined;
    await expect(slack.click({ user: alice, channel, ts })).rejects.toThrow('no request URL');
  });

  it('is signed in the time that passes, with the secret that counts', async () => {
    const ts = await asked(button('approve'));
    slack.passTime(3_600_000);
    slack.signingSecret = 'rotated';
    await slack.click({ user: alice, channel, ts });
    const [request] = slack.requests;
    const payload = app.received[0]?.payload;
    expect(request).toEqual(signedRequest(payload, 'rotated', (clock.time + 3_600_000) / 1000));
  });

  it('on what one user alone sees is his alone, and does not say what it saw', async () => {
    const { message_ts: ts = '' } = await clientOf(slack).chat.postEphemeral({
      channel,
      user: alice,
      text: 'x',
      blocks: [actions(button('mine'))],
    });
    await expect(slack.click({ user: bob, channel, ts })).rejects.toThrow('does not see');
    await slack.click({ user: alice, channel, ts });
    expect(app.received[0]?.payload).toMatchObject({ container: { is_ephemeral: true } });
    expect(app.received[0]?.payload).not.toHaveProperty('message');
  });

  it('in an attachment is one too', async () => {
    const attachments = [{ color: 'good', blocks: [actions(button('inside'))] }];
    const { ts = '' } = await clientOf(slack).chat.postMessage({ channel, text: 'x', attachments });
    await slack.click({ user: alice, channel, ts, actionId: 'inside' });
    expect(app.received[0]?.payload.actions[0].action_id).toBe('inside');
  });

  it('chooses from a menu', async () => {
    const option = (value: string) => ({ text: { type: 'plain_text' as const, text: value }, value });
    const menu = { type: 'static_select' as const, action_id: 'page', options: [option('1'), option('2')] };
    const blocks = [{ type: 'actions' as const, elements: [menu] }];
    const { ts = '' } = await clientOf(slack).chat.postMessage({ channel, text: 'x', blocks });
    await slack.click({ user: alice, channel, ts, selected: '2' });
    expect(app.received[0]?.payload.actions[0]).toMatchObject({ selected_option: option('2') });
  });
});

describe('a response URL', () => {
  async function responseUrl(): Promise<{ url: string; ts: string }> {
    const ts = await asked(button('approve'));
    await slack.click({ user: alice, channel, ts });
    return { url: app.received.at(-1)?.payload.response_url, ts };
  }
  const respond = async (url: string, body: object) => {
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers });
    return { status: answer.status, body: await answer.json() };
  };
  const headers = { 'content-type': 'application/json' };

  it('replaces the message, five times and no more', async () => {
    const { url } = await responseUrl();
    for (let count = 1; count <= 5; count += 1)
      expect(await respond(url, { replace_original: true, text: `working ${count}` })).toEqual({
        status: 200,
        body: { ok: true },
      });
    expect(slack.messages[0]).toMatchObject({ text: 'working 5' });
    expect(slack.messages[0]).not.toHaveProperty('blocks');
    expect(await respond(url, { replace_original: true, text: 'six' })).toMatchObject({
      status: 404,
      body: { error: 'used_url' },
    });
  });

  it('tells who clicked alone, or the channel', async () => {
    const { url, ts } = await responseUrl();
    await respond(url, { text: 'Bob was first', thread_ts: ts });
    // Nobody sees it in a thread that has no answer yet.
    expect(slack.ephemerals).toEqual([]);
    await clientOf(slack).chat.postMessage({ channel, text: 'An answer', thread_ts: ts });
    await respond(url, { text: 'Bob was first', thread_ts: ts });
    expect(slack.ephemerals).toEqual([
      expect.objectContaining({ user: alice, text: 'Bob was first', threadTs: ts }),
    ]);
    await respond(url, { text: 'for all', response_type: 'in_channel' });
    expect(slack.messages.at(-1)).toMatchObject({ channel, text: 'for all' });
  });

  it('deletes the message', async () => {
    const { url } = await responseUrl();
    await respond(url, { delete_original: true });
    expect(slack.messages).toEqual([]);
    expect((await respond(url, { replace_original: true, text: 'x' })).body).toMatchObject({
      error: 'message_not_found',
    });
  });

  it('ends after half an hour', async () => {
    const { url } = await responseUrl();
    clock.time += 30 * 60_000 + 1;
    expect((await respond(url, { text: 'x' })).body).toMatchObject({ error: 'expired_url' });
  });

  it('refuses what no message may say, and fails on demand', async () => {
    const { url } = await responseUrl();
    expect(await respond(url, { text: '' })).toMatchObject({ status: 400, body: { error: 'no_text' } });
    slack.fail('server-error', { methods: ['response_url'] });
    expect((await fetch(url, { method: 'POST', body: '{}', headers })).status).toBe(500);
  });
});
