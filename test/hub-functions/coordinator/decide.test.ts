import { planDigest } from '../../../core/plan-digest';
import { backoffMilliseconds } from '../../../hub-functions/coordinator/backoff';
import {
  type Circumstances,
  decide,
  type Ruling,
  type Verdict,
  verdictOnFix,
} from '../../../hub-functions/coordinator/decide';
import { givenUpOutcome, settledOutcome } from '../../../hub-functions/coordinator/outcome';
import type { Decision } from '../../../ledger/record';
import { answer, testPlan, testViolation } from '../../support/findings';

const ruling = (flag: 'off' | 'approval' | 'on'): Ruling => ({
  flag,
  decidedBy: 'the default (organization.yaml:9)',
});
const unresolved: Ruling = { decidedBy: 'AWS Organizations does not tell.' };
const lossyPlan = { ...testPlan, lossy: true, losses: ['HTTPS from 10.0.0.0/8 goes too.'] };
const lossy = answer('planned', { plan: lossyPlan });

describe('decide, for a resource that is dangerous', () => {
  it('only reports where the flag is off', () => {
    expect(decide(answer('planned'), ruling('off'), { applyLossy: true })).toEqual({
      do: 'record',
      state: 'reported',
    });
  });

  it('waits where approval is asked', () => {
    expect(decide(answer('planned'), ruling('approval'), { applyLossy: true })).toMatchObject({
      do: 'record',
      state: 'waiting',
    });
  });

  it('fixes where the flag is on', () => {
    expect(decide(answer('planned'), ruling('on'), { applyLossy: false })).toMatchObject({ do: 'apply' });
  });

  it('waits with what goes along where the flag is on and the plan is lossy', () => {
    expect(decide(lossy, ruling('on'), { applyLossy: false })).toEqual({
      do: 'record',
      state: 'waiting',
      reason: 'The fix also takes something that was not the danger: HTTPS from 10.0.0.0/8 goes too.',
    });
  });

  it('counts what goes along where that is much', () => {
    const losses = ['HTTPS goes too.', 'DNS goes too.'];
    const much = answer('planned', { plan: { changes: [], lossy: true, losses } });
    expect(decide(much, ruling('on'), { applyLossy: false })).toMatchObject({
      state: 'waiting',
      reason: 'The fix also takes 2 things that were not the danger.',
    });
  });

  it('fixes with a lossy plan where the policy says so, and only where the flag is on', () => {
    expect(decide(lossy, ruling('on'), { applyLossy: true })).toMatchObject({ do: 'apply' });
    expect(decide(lossy, ruling('off'), { applyLossy: true })).toMatchObject({ state: 'reported' });
    expect(decide(lossy, ruling('approval'), { applyLossy: true })).toMatchObject({ state: 'waiting' });
  });

  it.each(['off', 'approval', 'on'] as const)('leaves alone what is exempt where the flag is %s', (flag) => {
    const exempt: Verdict = { state: 'exempt', reason: 'Until March.' };
    for (const look of [answer('planned'), answer('refused')]) {
      expect(decide(look, ruling(flag), { applyLossy: false, exempt })).toEqual({ do: 'record', ...exempt });
    }
  });

  it('changes nothing where the flag cannot be resolved, and says why', () => {
    const decision = decide(answer('planned'), unresolved, { applyLossy: true });
    expect(decision).toMatchObject({ do: 'record', state: 'failed' });
    expect(decision).toHaveProperty('reason', expect.stringContaining('AWS Organizations does not tell.'));
  });
});

describe('decide, for what somebody decided about', () => {
  const decision = {
    plan: planDigest(testPlan),
    seen: planDigest(testPlan),
    lossy: false,
    by: 'ada',
    at: '2026-11-23T09:00:00.000Z',
  };
  const approved: Decision = { ...decision, what: 'approved', until: '2026-11-24T09:00:00.000Z' };
  const denied: Decision = { ...decision, what: 'denied', reason: 'Ours' };
  const decided = (flag: 'off' | 'approval' | 'on', circumstances: Partial<Circumstances>) =>
    decide(answer('planned'), ruling(flag), { applyLossy: false, ...circumstances });

  it('makes the plan that was approved, and says when that was', () => {
    for (const flag of ['approval', 'on'] as const) {
      expect(decided(flag, { decision: approved })).toEqual({
        do: 'apply',
        applyLossy: false,
        approvedAt: approved.at,
      });
    }
    expect(decided('off', { decision: approved })).toMatchObject({ state: 'reported' });
  });

  it('leaves the plan that was denied, also where the flag is on', () => {
    for (const flag of ['approval', 'on'] as const) {
      expect(decided(flag, { decision: denied })).toMatchObject({
        state: 'denied',
        reason: 'Denied by ada: Ours',
      });
    }
  });

  it('waits with another plan than the one that was decided on', () => {
    const other = { ...approved, seen: 'another' };
    expect(decided('approval', { decision: other })).toMatchObject({ state: 'waiting' });
  });

  it('waits again when the approval has expired, naming who gave it and when', () => {
    expect(decided('approval', { expired: approved })).toMatchObject({
      state: 'waiting',
      reason: `The approval of ada of ${approved.at} has expired. The flag of this account asks for approval.`,
    });
    expect(decide(lossy, ruling('on'), { applyLossy: false, expired: approved })).toMatchObject({
      state: 'waiting',
      reason: expect.stringContaining('The approval of ada'),
    });
  });
});

describe('decide, for anything else', () => {
  const rulings = [ruling('off'), ruling('approval'), ruling('on'), unresolved];

  it.each(['already-compliant', 'gone'] as const)('closes what is %s, whatever the flag', (outcome) => {
    for (const each of rulings.filter(({ flag }) => flag !== undefined || outcome === 'gone'))
      expect(decide(answer(outcome), each, { applyLossy: true })).toEqual({ do: 'record', state: outcome });
  });

  it('does not believe that something complies while nobody knows by which parameters', () => {
    expect(decide(answer('already-compliant'), unresolved, { applyLossy: true })).toMatchObject({
      state: 'failed',
    });
  });

  it.each(['failed', 'changed'] as const)('tries again after %s, whatever the flag', (outcome) => {
    const look = answer(outcome, { reason: 'Throttled.', errorCode: 'Throttling' });
    for (const each of rulings) {
      expect(decide(look, each, { applyLossy: true })).toEqual({
        do: 'record',
        state: 'failed',
        reason: 'Throttled.',
        errorCode: 'Throttling',
      });
    }
  });

  it('gives up what is refused, and only shows it where the flag is off', () => {
    const look = answer('refused', { reason: 'The evaluator and AWS disagree.' });
    expect(decide(look, ruling('on'), { applyLossy: true })).toMatchObject({
      state: 'given-up',
      reason: look.reason,
    });
    expect(decide(look, ruling('off'), { applyLossy: true })).toMatchObject({
      state: 'reported',
      reason: look.reason,
    });
  });

  it('does not believe a fix that nobody asked for', () => {
    expect(decide(answer('fixed'), ruling('off'), { applyLossy: true })).toMatchObject({ state: 'failed' });
  });
});

describe('verdictOnFix', () => {
  it.each([
    ['fixed', 'fixed'],
    ['already-compliant', 'already-compliant'],
    ['gone', 'gone'],
    ['refused', 'given-up'],
    ['failed', 'failed'],
    ['changed', 'failed'],
    ['planned', 'waiting'],
  ] as const)('%s becomes %s', (outcome, state) => {
    expect(verdictOnFix(answer(outcome)).state).toBe(state);
  });

  it('says how much of a plan was done before it failed', () => {
    const half = answer('failed', {
      reason: 'Denied.',
      applied: 1,
      plan: { ...testPlan, changes: [...testPlan.changes, ...testPlan.changes] },
    });
    expect(verdictOnFix(half).reason).toBe('Denied. 1 of 2 changes were made.');
  });
});

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
    expect(settle(10).lookAgainAt).toBe(tomorrow);
    const refused = { ...failed, verdict: { state: 'given-up', reason: 'It cannot be done.' } } as const;
    const outcome = settledOutcome({ ...refused, findings: { violations: [] } }, 1, now);
    expect(outcome).toMatchObject({ state: 'given-up', lookAgainAt: tomorrow });
    expect(givenUpOutcome('It is gone.', now).lookAgainAt).toBe(tomorrow);
  });

  it('asks in a minute which pause it was that stopped a fix half-way', () => {
    const held = { state: 'held', heldBy: 'stop' } as const;
    const settled = (verdict: Verdict) =>
      settledOutcome({ ...failed, verdict, findings: { violations: [] } }, 1, now);
    expect(settled(held).lookAgainAt).toBe('2026-11-23T10:01:00.000Z');
    expect(settled({ ...held, waitsFor: 'stop#organization' })).not.toHaveProperty('lookAgainAt');
  });

  it('keeps others away while a fix that was not heard of may still be at work', () => {
    const unheard = { ...failed, unheard: true as const, findings: { violations: [] } };
    expect(settledOutcome(unheard, 1, now)).toMatchObject({ busyUntil: '2026-11-23T10:01:15.000Z' });
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
