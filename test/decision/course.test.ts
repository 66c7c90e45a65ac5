import { planDigest } from '../../core/plan-digest';
import type { RemediationResult } from '../../core/remediation';
import { utc } from '../../core/utc';
import { ask, courseQuestions, fixCourse } from '../../decision/cascade';
import type { Ruling } from '../../decision/finding-ruling';
import { lookOf } from '../../decision/look';
import type { Course } from '../../decision/question';
import type { ExemptVerdict } from '../../decision/verdict';
import type { Decision } from '../../ledger/findings/record';
import { answer, testPlan, testPolicy } from '../support/findings';

const ruling = (flag: 'off' | 'approval' | 'on'): Ruling => ({
  flag,
  decidedBy: 'the default (organization.yaml:9)',
});
const unresolved: Ruling = { decidedBy: 'AWS Organizations does not tell.' };
const lossyPlan = { ...testPlan, lossy: true, losses: ['HTTPS from 10.0.0.0/8 goes too.'] };
const lossy = answer('planned', { plan: lossyPlan });
const now = new Date('2026-11-23T10:00:00.000Z');

interface Circumstances {
  applyLossy: boolean;
  exempt?: ExemptVerdict;
  decision?: Decision;
}

/** What is to be done about a resource that was looked at live, before anything holds its fix. */
function decide(look: RemediationResult, said: Ruling, circumstances: Circumstances): Course {
  const { applyLossy, exempt, decision } = circumstances;
  const facts = {
    now,
    policy: { ...testPolicy, lossy: applyLossy ? 'apply' : 'wait' } as const,
    ruling: { ...said, parameters: {}, place: ['222222222222'], ...(exempt && { exempt }) },
    region: 'eu-west-1',
    watched: true,
    writes: [],
    undone: 'none' as const,
    look: lookOf(look),
    ...(decision && { decision }),
  };
  return ask(courseQuestions, facts).course ?? fixCourse(facts);
}

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
      reason: 'The fix also takes something that was not the danger.',
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
    const lookAgainAt = '2027-03-01T00:00:00.000Z';
    const exempt: ExemptVerdict = { state: 'exempt', reason: 'Until March.', lookAgainAt };
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
  const expired: Decision = { ...approved, until: now.toISOString() };
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
    expect(decided('approval', { decision: expired })).toMatchObject({
      state: 'waiting',
      reason: `The approval of ada of ${utc(approved.at)} has expired. The flag of this account asks for approval.`,
    });
    expect(decide(lossy, ruling('on'), { applyLossy: false, decision: expired })).toMatchObject({
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
