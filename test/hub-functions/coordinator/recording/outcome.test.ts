import type { Verdict } from '../../../../decision/verdict';
import { backoffMilliseconds } from '../../../../hub-functions/coordinator/recording/backoff';
import { givenUpOutcome, settledOutcome } from '../../../../hub-functions/coordinator/recording/outcome';
import type { Received } from '../../../../ledger/findings/record';
import { testViolation } from '../../../support/findings';

const ruling = (flag: 'off' | 'on') => ({ flag, decidedBy: 'the default (organization.yaml:9)' });

describe('settledOutcome', () => {
  const now = new Date('2026-11-23T10:00:00.000Z');
  const failed = {
    verdict: { state: 'failed', reason: 'Denied.' },
    ruling: ruling('on'),
    fixBegun: false,
  } as const;
  const settle = (tries: number) => settledOutcome({ ...failed, findings: { violations: [] } }, tries, now);

  it('tries a failure again after a pause that doubles', () => {
    expect(settle(1)).toMatchObject({ state: 'failed', nextAttemptAt: '2026-11-23T10:01:00.000Z' });
    expect(settle(3)).toMatchObject({ state: 'failed', nextAttemptAt: '2026-11-23T10:04:00.000Z' });
  });

  it('gives up after the tenth failure', () => {
    expect(settle(9).state).toBe('failed');
    const last = settle(10);
    expect(last).toMatchObject({ state: 'given-up', reason: 'Given up after 10 tries. Denied.' });
    expect(last).not.toHaveProperty('nextAttemptAt');
  });

  it('has what was given up looked at once a day', () => {
    const tomorrow = '2026-11-24T10:00:00.000Z';
    expect(settle(10)).toHaveProperty('lookAgainAt', tomorrow);
    const refused = { ...failed, verdict: { state: 'given-up', reason: 'It cannot be done.' } } as const;
    const outcome = settledOutcome({ ...refused, findings: { violations: [] } }, 1, now);
    expect(outcome).toMatchObject({ state: 'given-up', lookAgainAt: tomorrow });
    expect(givenUpOutcome({} as Received, 'It is gone.', now)).toHaveProperty('lookAgainAt', tomorrow);
  });

  it('asks in a minute which pause it was that stopped a fix half-way', () => {
    const held = { state: 'held', heldBy: 'stop' } as const;
    const settled = (verdict: Verdict) =>
      settledOutcome({ ...failed, verdict, findings: { violations: [] } }, 1, now);
    expect(settled(held)).toHaveProperty('lookAgainAt', '2026-11-23T10:01:00.000Z');
    expect(settled({ ...held, waitsFor: 'stop#organization' })).not.toHaveProperty('lookAgainAt');
  });

  it('keeps others away while a fix that was not heard of may still be at work', () => {
    const unconfirmed = { ...failed, unconfirmed: true as const, findings: { violations: [] } };
    expect(settledOutcome(unconfirmed, 1, now)).toMatchObject({ busyUntil: '2026-11-23T10:01:15.000Z' });
    expect(settle(1)).not.toHaveProperty('busyUntil');
  });

  it('cuts a reason between characters, never through one', () => {
    const reason = 'x'.repeat(998) + '😀'.repeat(10);
    const verdict = { ...failed.verdict, reason };
    const cut = settledOutcome({ ...failed, verdict, findings: { violations: [] } }, 1, now).reason ?? '';
    expect(cut).not.toMatch(/\p{Surrogate}/u);
  });

  it('cuts what no event could hold, and counts it', () => {
    const violations = Array.from({ length: 1000 }, () => testViolation);
    const plan = {
      changes: Array.from({ length: 500 }, () => ({ action: 'revoke', text: 'x'.repeat(200) })),
      lossy: true,
      losses: ['y'.repeat(30_000)],
    };
    const outcome = settledOutcome(
      {
        verdict: { state: 'reported', reason: 'z'.repeat(5_000) },
        ruling: ruling('off'),
        findings: { violations, plan },
        fixBegun: false,
      },
      1,
      now,
    );
    expect(Buffer.byteLength(JSON.stringify(outcome))).toBeLessThan(50_000);
    expect(outcome.violations.length + (outcome.omitted?.violations ?? 0)).toBe(1000);
    expect((outcome.plan?.changes.length ?? 0) + (outcome.omitted?.changes ?? 0)).toBe(500);
    expect(outcome.plan?.losses).toEqual(['And 1 more.']);
  });
});

describe('backoffMilliseconds', () => {
  it('grows from one minute to an hour, and no further', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 100].map((tries) => backoffMilliseconds(tries) / 60_000);
    expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });
});
