import type { SlackOutage } from '../../../sandbox/slack/outages';
import type { SlackStandIn } from '../../../sandbox/slack/slack';
import { until } from '../services/lambda/manual-clock';
import { channel, clientOf, startStandIn, token } from './support/stand-in';

let slack: SlackStandIn;

beforeEach(async () => {
  slack = await startStandIn({ limits: 'none' });
});
afterEach(() => slack.stop());

const post = () => clientOf(slack).chat.postMessage({ channel, text: 'x' });

describe('what fails on demand', () => {
  it.each<[string, SlackOutage, object]>([
    ['another status', { status: 503 }, { statusCode: 503 }],
    ['an error of the method', { error: 'is_archived' }, { data: { error: 'is_archived' } }],
    ['a token that is not valid any more', { error: 'token_revoked' }, { data: { error: 'token_revoked' } }],
  ])('answers %s, and does nothing', async (_, outage, error) => {
    slack.fail(outage);
    await expect(post()).rejects.toMatchObject(error);
    expect(slack.messages).toEqual([]);
  });

  it('says with 429 when to come back, or nothing of that', async () => {
    const answer = async () =>
      fetch(`${slack.endpoint}/api/chat.postMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      });
    slack.fail({ retryAfterSeconds: 30 });
    expect((await answer()).headers.get('retry-after')).toBe('30');
    slack.fail({ retryAfterSeconds: undefined });
    const without = await answer();
    expect(without.status).toBe(429);
    expect(without.headers.get('retry-after')).toBeNull();
  });

  it('loses the answer of what it did', async () => {
    slack.fail('answer-lost');
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(slack.messages).toHaveLength(1);
  });

  it('never answers, and does nothing', async () => {
    slack.fail('time-out', { times: 1 });
    const controller = new AbortController();
    const asked = fetch(`${slack.endpoint}/api/auth.test`, { method: 'POST', signal: controller.signal });
    await until(() => slack.outage === undefined);
    controller.abort();
    await expect(asked).rejects.toThrow(/abort/);
  });

  it('hits the methods, the channel and the number of requests that are asked for', async () => {
    slack.fail('server-error', { methods: ['chat.postMessage'], channel, times: 2 });
    await expect(clientOf(slack).auth.test()).resolves.toMatchObject({ ok: true });
    await expect(post()).rejects.toMatchObject({ statusCode: 500 });
    await expect(post()).rejects.toMatchObject({ statusCode: 500 });
    expect(slack.outage).toBeUndefined();
    await expect(post()).resolves.toMatchObject({ ok: true });
  });
});
