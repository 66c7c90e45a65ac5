import { type StopGuardParts, stopGuard } from '../../../hub-functions/remediation/stop-guard';
import type { Stop } from '../../../ledger/limits/stop';
import { StoppedError } from '../../../resources/kit/live-resource';
import { TestClock } from '../../support/clock';

const account = '111122223333';
const unit = 'ou-abcd-11111111';
const place = [account, unit, 'r-abcd'];

const stopOf = (scope: string, more: Partial<Stop> = {}): Stop => ({
  scope,
  reason: 'A release.',
  by: 'anna',
  at: '2026-11-23T09:00:00.000Z',
  ...more,
});

/** A guard over a switch that answers in turn; the last answer stays. An error is thrown. */
function guarding(answers: (Stop[] | Error)[], more: Partial<StopGuardParts> = {}) {
  const clock = new TestClock();
  const pauses: number[] = [];
  let reads = 0;
  const mayWrite = stopGuard({
    stopSwitch: {
      stops: async () => {
        const answer = answers[Math.min(reads++, answers.length - 1)] ?? [];
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    place,
    now: clock.now,
    pause: async (milliseconds) => void pauses.push(milliseconds),
    ...more,
  });
  const asked = () =>
    mayWrite().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  return { asked, clock, pauses, reads: () => reads };
}

describe('stopGuard', () => {
  it('lets a write through while nothing is stopped, and reads the switch for each anew', async () => {
    const guard = guarding([[], [stopOf(account)]]);
    expect(await guard.asked()).toBeUndefined();
    expect(await guard.asked()).toBeInstanceOf(StoppedError);
    expect([guard.reads(), guard.pauses]).toEqual([2, []]);
  });

  it.each([
    ['the whole organization', 'organization'],
    ['the account', account],
    ['a unit above it', unit],
    ['the root', 'r-abcd'],
  ])('stops a write while %s is stopped, and says by whom and why', async (_what, scope) => {
    const error = await guarding([[stopOf(scope)]]).asked();
    expect(error).toBeInstanceOf(StoppedError);
    expect(error).toMatchObject({ unreadable: false });
    expect(String(error)).toMatch(/paused by anna: A release\./);
  });

  it('does not mind stops of other scopes, and those which are over', async () => {
    const over = stopOf('organization', { until: '2026-11-23T10:00:00.000Z' });
    expect(
      await guarding([[stopOf('444455556666'), stopOf('ou-abcd-22222222'), over]]).asked(),
    ).toBeUndefined();
  });

  it('reads a switch again that could not be read', async () => {
    const guard = guarding([new Error('Throttled.'), new Error('Throttled.'), []]);
    expect(await guard.asked()).toBeUndefined();
    expect([guard.reads(), guard.pauses]).toEqual([3, [50, 250]]);
  });

  it('takes a switch that is read at the third go as it is', async () => {
    const guard = guarding([new Error('Throttled.'), [stopOf(account)]]);
    expect(await guard.asked()).toMatchObject({ name: 'StoppedError', unreadable: false });
  });

  it('takes a switch that cannot be read as on, and says so', async () => {
    const guard = guarding([new Error('Throttled.')]);
    const error = await guard.asked();
    expect(error).toMatchObject({ name: 'StoppedError', unreadable: true });
    expect(String(error)).toContain('The stop switch cannot be read: Error: Throttled.');
    expect(guard.reads()).toBe(3);
  });

  describe('before a freeze', () => {
    it.each(['2026-11-23T10:01:00.000Z', '2026-11-23T10:01:00Z', '2026-11-23T10:01Z'])(
      'lets a write through until the freeze begins, and none from then on: %s',
      async (writeBefore) => {
        const guard = guarding([[]], { writeBefore });
        guard.clock.advance({ seconds: 59 });
        expect(await guard.asked()).toBeUndefined();
        guard.clock.advance({ seconds: 1 });
        const error = await guard.asked();
        expect(error).toMatchObject({ name: 'StoppedError', unreadable: false });
        expect(String(error)).toContain('A freeze of the policy has begun.');
      },
    );

    it('lets none through where the freeze began while the switch was read', async () => {
      const clock = new TestClock();
      const slow = {
        stops: async () => {
          clock.advance({ seconds: 10 });
          return [];
        },
      };
      const guard = guarding([], {
        writeBefore: '2026-11-23T10:00:05.000Z',
        stopSwitch: slow,
        now: clock.now,
      });
      expect(await guard.asked()).toBeInstanceOf(StoppedError);
    });
  });
});
