import * as fc from 'fast-check';
import { SlidingWindow } from '../../../sandbox/slack/limits/sliding-window';
import type { SlackStandIn } from '../../../sandbox/slack/slack';
import { channel, clientOf, HandClock, startStandIn } from './support/stand-in';

const other = 'C0OTHER0001';
let clock: HandClock;
let slack: SlackStandIn;

beforeEach(async () => {
  clock = new HandClock();
  slack = await startStandIn({ channels: [channel, other], now: clock.now });
});
afterEach(() => slack.stop());

const limited = { code: 'slack_webapi_rate_limited_error' };

describe('Slack’s rate limits', () => {
  it('let three messages into a channel at once, and one each second after that', async () => {
    const { chat } = clientOf(slack);
    const post = (to = channel) => chat.postMessage({ channel: to, text: 'x' });
    for (let count = 0; count < 3; count += 1) await post();
    await expect(post()).rejects.toMatchObject({ ...limited, retryAfter: 3 });
    await expect(post(other)).resolves.toMatchObject({ ok: true });
    clock.time += 2_999;
    await expect(post()).rejects.toMatchObject(limited);
    clock.time += 1;
    await expect(post()).resolves.toMatchObject({ ok: true });
  });

  it('let 50 updates by in a minute, whatever the channel', async () => {
    const { chat } = clientOf(slack);
    const { ts = '' } = await chat.postMessage({ channel, text: 'x' });
    for (let count = 0; count < 50; count += 1) await chat.update({ channel, ts, text: `${count}` });
    await expect(chat.update({ channel, ts, text: 'y' })).rejects.toMatchObject({
      ...limited,
      retryAfter: 60,
    });
    expect(slack.messages[0]?.text).toBe('49');
    clock.time += 60_000;
    await expect(chat.update({ channel, ts, text: 'y' })).resolves.toMatchObject({ ok: true });
  });

  it('pass faster where that is asked for', async () => {
    await slack.stop();
    slack = await startStandIn({ now: clock.now, limits: { timeScale: 60 } });
    const { chat } = clientOf(slack);
    for (let count = 0; count < 3; count += 1) await chat.postMessage({ channel, text: 'x' });
    await expect(chat.postMessage({ channel, text: 'x' })).rejects.toMatchObject({ retryAfter: 1 });
    clock.time += 50;
    await expect(chat.postMessage({ channel, text: 'x' })).resolves.toMatchObject({ ok: true });
  });
});

it('never lets more by in any span than it may, and lets by whoever comes back when told', () => {
  void fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 }),
      (count, milliseconds, gaps) => {
        const window = new SlidingWindow({ count, milliseconds });
        const taken: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const wait = window.take(now);
          if (wait > 0) {
            now += wait;
            expect(window.take(now)).toBe(0);
          }
          taken.push(now);
        }
        for (const from of taken)
          expect(taken.filter((at) => at >= from && at < from + milliseconds).length).toBeLessThanOrEqual(
            count,
          );
      },
    ),
  );
});
