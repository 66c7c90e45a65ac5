import type { FindingIdentity } from '../../../core/finding';
import { type FindingState, states } from '../../../core/states';
import { isLeased, needsLook } from '../../../ledger/findings/due';
import type { Decision, FindingRecord } from '../../../ledger/findings/record';
import { itemOf, parseFindingRecord } from '../../../ledger/findings/record-item';
import { ConflictError, LeaseLostError, TransitionError } from '../../../ledger/table/errors';
import { counts, decided } from '../../../ledger/transitions/decide';
import { maximumTries } from '../../../ledger/transitions/maximum-tries';
import { open } from '../../../ledger/transitions/open';
import type { Outcome } from '../../../ledger/transitions/outcome';
import { askForRevisit, superseded } from '../../../ledger/transitions/rest';
import { putBack } from '../../../ledger/transitions/take';
import { withAllTold, withParts } from '../../support/records';
import { lookFailed, putBackAs, revisited, settle, take, takeToUndo } from './loose';

const identity: FindingIdentity = {
  accountId: '111122223333',
  region: 'eu-west-1',
  control: 'security-group-open-ports',
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: 'sg-0123456789abcdef0',
};
const start = new Date('2026-11-23T10:00:00.000Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const lease = (holder: string, minutes: number) => ({ holder, until: later(minutes).toISOString() });
const violation = { kind: 'open-port', text: 'Port 22 is open to the internet.', detail: { port: 22 } };

const opened = () => open(identity, 1, 'critical', lease('a', 4), start);
/** Whatever a test says of an outcome, also where its state would require more. */
type OutcomeParts = { [Key in Every<Outcome>]?: unknown };
type Every<Some> = Some extends unknown ? Exclude<keyof Some, 'state'> : never;
const outcome = (state: FindingState, more: OutcomeParts = {}) =>
  ({ state, decidedBy: 'the default (organization.yaml:9)', violations: [violation], ...more }) as Outcome;
const settled = (state: FindingState, more: OutcomeParts = {}) =>
  settle(opened(), 'a', outcome(state, more), later(1));
/** As if every report had been sent. */
const told = (record: FindingRecord): FindingRecord => withAllTold(record);

describe('an occurrence', () => {
  it('is due again when its first worker dies, and not before its lease ends', () => {
    const record = opened();
    expect(record).toMatchObject({ state: 'received', attempt: 1, tries: 1, sweep: 'due' });
    expect(record.dueAt).toBe(later(4).toISOString());
    expect(needsLook(record, later(3))).toBe(false);
    expect(needsLook(record, later(4))).toBe(true);
  });

  it('has one worker at a time', () => {
    expect(isLeased(opened(), later(3))).toBe(true);
    expect(() => take(opened(), lease('b', 9), later(3))).toThrow(ConflictError);
    expect(take(opened(), lease('b', 9), later(4))).toMatchObject({
      lease: { holder: 'b' },
      attempt: 2,
      tries: 2,
    });
  });

  it('cannot be settled by a worker whose lease another one has by now', () => {
    const taken = take(opened(), lease('b', 9), later(5));
    expect(() => settle(taken, 'a', outcome('fixed'), later(6))).toThrow(LeaseLostError);
    expect(settle(taken, 'b', outcome('fixed'), later(6)).state).toBe('fixed');
  });

  it.each(['gone'] as const)('is not taken once it is %s', (state) => {
    expect(() => take(settled(state), lease('b', 9), later(5))).toThrow(TransitionError);
    expect(() => takeToUndo(settled(state), lease('b', 9), later(5))).toThrow(TransitionError);
  });

  it('is taken after its fix only to undo it, and given back as it was when that came to nothing', () => {
    const fixed = told(settled('fixed', { flag: 'on', reason: 'Because.' }));
    const taken = askForRevisit(takeToUndo(fixed, lease('b', 9), later(5)));
    expect(taken).toMatchObject({ state: 'received', undoing: true, attempt: 2 });
    const back = putBackAs(taken, 'b', fixed);
    expect(back).toMatchObject({ ...fixed, attempt: 2, revisit: true, sweep: 'due' });
    expect(back).not.toHaveProperty('undoing');
    expect(back).not.toHaveProperty('lease');
    expect(() => putBackAs(taken, 'a', fixed)).toThrow(LeaseLostError);
  });

  it('rests until it is looked at again, and is in no hurry before', () => {
    const resting = told(settled('undone', { lookAgainAt: later(30).toISOString() }));
    expect(resting).toMatchObject({ sweep: 'due', dueAt: later(30).toISOString() });
    expect([needsLook(resting, later(29)), needsLook(resting, later(30))]).toEqual([false, true]);
    expect(take(resting, lease('b', 9), later(30))).not.toHaveProperty('lookAgainAt');
  });

  it.each(Object.keys(states) as FindingState[])('goes to %s only as the table of states allows', (state) => {
    const attempt = () => settle(opened(), 'a', outcome(state), later(1));
    if ((states.received.next as readonly string[]).includes(state)) expect(attempt().state).toBe(state);
    else expect(attempt).toThrow(TransitionError);
  });

  it('keeps nothing of an earlier outcome', () => {
    const failed = settled('failed', {
      reason: 'no',
      errorCode: 'AccessDenied',
      nextAttemptAt: later(2).toISOString(),
    });
    const taken = take(failed, lease('b', 9), later(2));
    expect(taken.nextAttemptAt).toBeUndefined();
    const fixed = settle(taken, 'b', outcome('fixed', { flag: 'on' }), later(3));
    expect(fixed).toMatchObject({ state: 'fixed', flag: 'on', tries: 0 });
    for (const key of ['reason', 'errorCode', 'nextAttemptAt', 'lease', 'plan'])
      expect(fixed).not.toHaveProperty(key);
  });

  it('counts tries over failures and deaths, and starts over after giving up', () => {
    const failed = settled('failed', { nextAttemptAt: later(2).toISOString() });
    expect(take(failed, lease('b', 9), later(2)).tries).toBe(2);
    expect(take(settled('given-up'), lease('b', 9), later(2)).tries).toBe(1);
    expect(take(settled('reported'), lease('b', 9), later(2)).tries).toBe(1);
  });

  it('keeps what a newer version wrote into the record', () => {
    const newer = parseFindingRecord({ ...itemOf(opened()), approvedBy: 'U123' }, 'ledger');
    expect(settle(newer, 'a', outcome('waiting'), later(1))).toHaveProperty('approvedBy', 'U123');
  });
});

describe('a look within the pause after a failure', () => {
  const failed = () => told(settled('failed', { nextAttemptAt: later(30).toISOString() }));

  it('is no try, and its own failure leaves the pause as it was', () => {
    const taken = take(failed(), lease('b', 9), later(5));
    expect(taken.tries).toBe(1);
    const again = settle(taken, 'b', outcome('failed', { nextAttemptAt: later(7).toISOString() }), later(6));
    expect(again).toMatchObject({ tries: 1, nextAttemptAt: later(30).toISOString() });
    expect(told(again).dueAt).toBe(later(30).toISOString());
  });

  it('ends the pause when it does not fail', () => {
    const taken = take(failed(), lease('b', 9), later(5));
    expect(settle(taken, 'b', outcome('waiting'), later(6))).not.toHaveProperty('nextAttemptAt');
  });

  it('counts when it dies, and leaves the pause as it was', () => {
    const dead = take(failed(), lease('b', 9), later(5));
    const taken = take(dead, lease('c', 20), later(10));
    expect(taken).toMatchObject({ tries: 2, nextAttemptAt: later(30).toISOString() });
    expect(take(taken, lease('d', 40), later(30))).not.toHaveProperty('nextAttemptAt');
  });
});

describe('a closed occurrence at which a look failed', () => {
  const minutes = (tries: number) => tries * 60_000;
  const fixed = () => told(settled('fixed', { expiresAt: 1_800_000_000 }));

  it('stays closed, and is looked at again after a pause that grows', () => {
    const once = lookFailed(askForRevisit(fixed()), later(5), minutes);
    expect(once).toMatchObject({ state: 'fixed', tries: 1, sweep: 'due', dueAt: later(6).toISOString() });
    expect(once).not.toHaveProperty('revisit');
    expect(lookFailed(once, later(6), minutes)).toMatchObject({ tries: 2, dueAt: later(8).toISOString() });
  });

  it('within the pause is no further try, and leaves the pause as it was', () => {
    const once = lookFailed(fixed(), later(5), minutes);
    expect(lookFailed(askForRevisit(once), later(5.9), minutes)).toEqual(once);
  });

  it('is as before once a look succeeds', () => {
    expect(revisited(lookFailed(fixed(), later(5), minutes))).toEqual(fixed());
  });

  it('does not expire before a look succeeds, nor before its report was sent', () => {
    expect(fixed()).toMatchObject({ expiresAt: 1_800_000_000 });
    const reporting = settled('fixed', { expiresAt: 1_800_000_000 });
    for (const busy of [askForRevisit(fixed()), lookFailed(fixed(), later(5), minutes), reporting]) {
      expect(busy).not.toHaveProperty('expiresAt');
      expect(busy).toMatchObject({ expiresOnceDone: 1_800_000_000 });
    }
    expect(superseded(askForRevisit(fixed()))).toMatchObject({ expiresAt: 1_800_000_000 });
  });
});

describe('what was given up', () => {
  const givenUp = () => told(settled('given-up', { lookAgainAt: later(60).toISOString() }));

  it('has one try a day by the sweep, and all of them by a message or an order', () => {
    expect(needsLook(givenUp(), later(60))).toBe(true);
    expect(take(givenUp(), lease('b', 90), later(60), 'daily').tries).toBe(maximumTries);
    expect(take(givenUp(), lease('b', 90), later(60)).tries).toBe(1);
    expect(take(givenUp(), lease('b', 90), later(60), 'order').tries).toBe(1);
  });
});

describe('an order', () => {
  it('waits for no pause, and begins the tries anew', () => {
    const failed = told(settled('failed', { nextAttemptAt: later(30).toISOString() }));
    const taken = take(failed, lease('b', 9), later(5), 'order');
    expect(taken).toMatchObject({ tries: 1 });
    expect(taken).not.toHaveProperty('nextAttemptAt');
  });
});

describe('a decision', () => {
  const decision = (what: 'approved' | 'denied', more: Partial<Decision> = {}): Decision => ({
    what,
    plan: 'plan',
    seen: 'plan',
    lossy: false,
    by: 'ada',
    at: start.toISOString(),
    ...(what === 'approved' ? { until: later(60).toISOString() } : { reason: 'Ours' }),
    ...more,
  });
  const shown = { planDigest: 'plan', seenDigest: 'plan' };
  const held = () => told(settled('held', { heldBy: 'limit', ...shown }));

  it.each(['waiting', 'denied'] as const)('is taken about what is %s', (state) => {
    const record = told(settled(state, shown));
    for (const what of ['approved', 'denied'] as const) {
      expect(decided(record, decision(what)).decision?.what).toBe(what);
    }
  });

  it.each(['held', 'failed', 'given-up'] as const)(
    'is taken about what is %s only in place of another',
    (state) => {
      const record = told(settled(state, shown));
      expect(() => decided(record, decision('denied'))).toThrow(TransitionError);
      expect(
        decided(withParts(record, { decision: decision('approved') }), decision('denied')).decision?.what,
      ).toBe('denied');
    },
  );

  it.each(['fixed', 'reported', 'exempt', 'undone', 'already-compliant'] as const)(
    'is not taken about what is %s',
    (state) => {
      const record = { ...told(settled(state, shown)), decision: decision('denied') };
      expect(() => decided(record, decision('approved'))).toThrow(TransitionError);
    },
  );

  it('is about the plan that is shown', () => {
    const record = told(settled('waiting', { ...shown, planDigest: 'another' }));
    expect(() => decided(record, decision('approved'))).toThrow(TransitionError);
  });

  it('to approve counts until its end, and no longer; to deny it counts for ever', () => {
    expect(counts(decision('approved'), later(59.99))).toBe(true);
    expect(counts(decision('approved'), later(60))).toBe(false);
    expect(counts(decision('denied'), later(10_000_000))).toBe(true);
    expect(counts(undefined, start)).toBe(false);
  });

  it.each([
    ['while the same plan is seen', 'held', shown, 10, true],
    ['while nothing is seen', 'failed', {}, 10, true],
    ['until it has ended, and that was seen', 'waiting', shown, 60, false],
    ['while that it has ended was not seen', 'failed', {}, 60, true],
    ['until another plan is seen', 'waiting', { planDigest: 'other', seenDigest: 'other' }, 10, false],
    ['until the policy leaves the resource alone', 'reported', shown, 10, false],
    ['until it is closed', 'fixed', shown, 10, false],
  ] as const)('is kept %s: %s', (_what, state, digests, minutes, kept) => {
    const taken = take(withParts(held(), { decision: decision('approved') }), lease('b', 90), later(5));
    const next = settle(taken, 'b', outcome(state, digests), later(minutes));
    expect('decision' in next).toBe(kept);
  });
});

describe('a later occurrence', () => {
  it('leaves nothing to be done about the earlier one but to send its reports', () => {
    const record = told(settled('held', { heldBy: 'limit', waitsFor: 'limit#organization' }));
    const conflict = settled('held', { heldBy: 'conflict', lookAgainAt: later(9).toISOString() });
    expect(superseded(askForRevisit(record))).not.toHaveProperty('sweep');
    expect(superseded(conflict)).toMatchObject({ sweep: 'report' });
    expect(told(superseded(conflict))).not.toHaveProperty('sweep');
  });
});

describe('an occurrence that is closed', () => {
  it('expires, and no more once it is taken to be undone', () => {
    const fixed = told(settled('fixed', { expiresAt: 1_800_000_000 }));
    expect(fixed).toHaveProperty('expiresAt', 1_800_000_000);
    const taken = takeToUndo(fixed, lease('b', 9), later(5));
    expect(taken).not.toHaveProperty('expiresAt');
    expect(settle(taken, 'b', outcome('undone'), later(6))).not.toHaveProperty('expiresAt');
  });
});

describe('an occurrence that is given back', () => {
  it('is due at once, and was not tried', () => {
    const back = putBack(opened(), 'a');
    expect(needsLook(back, later(0))).toBe(true);
    expect(back.dueAt).toBe(start.toISOString());
    expect(take(back, lease('b', 9), later(1)).tries).toBe(1);
  });

  it('keeps the pause that it was looked at in', () => {
    const failed = settled('failed', { nextAttemptAt: later(30).toISOString() });
    const back = putBack(take(failed, lease('b', 9), later(5)), 'b');
    expect(take(back, lease('c', 9), later(6))).toMatchObject({
      tries: 1,
      nextAttemptAt: later(30).toISOString(),
    });
  });

  it('is not given back by a worker that has lost it', () => {
    expect(() => putBack(opened(), 'b')).toThrow(LeaseLostError);
  });
});

describe('a fix that may still be at work', () => {
  const busy = () =>
    told(settled('failed', { nextAttemptAt: later(2).toISOString(), busyUntil: later(3).toISOString() }));

  it('keeps others away until its time is over, and is due then', () => {
    expect(busy()).toMatchObject({ state: 'failed', sweep: 'due', dueAt: later(3).toISOString() });
    expect(busy()).not.toHaveProperty('busyUntil');
    expect(needsLook(busy(), later(2.5))).toBe(false);
    expect(() => take(busy(), lease('b', 9), later(2.5))).toThrow(ConflictError);
    expect(needsLook(busy(), later(3))).toBe(true);
  });

  it('is looked at after its time when a message asked for it, also when it was given up', () => {
    const asked = askForRevisit(told(settled('given-up', { busyUntil: later(3).toISOString() })));
    expect(asked.dueAt).toBe(later(3).toISOString());
    expect(needsLook(asked, later(3))).toBe(true);
  });

  it('cannot be settled a second time by the worker that began it', () => {
    expect(() => settle(busy(), 'a', outcome('failed'), later(2))).toThrow(LeaseLostError);
  });
});

describe('a revisit', () => {
  it('asked for during the work stays, and makes the record due at once after it', () => {
    const asked = askForRevisit(opened());
    expect(asked.dueAt).toBe(later(4).toISOString());
    const record = told(settle(asked, 'a', outcome('fixed'), later(1)));
    expect(record).toMatchObject({ state: 'fixed', revisit: true, dueAt: later(1).toISOString() });
    expect(needsLook(record, later(1))).toBe(true);
  });

  it('is over when somebody looked again', () => {
    const record = told(settle(askForRevisit(opened()), 'a', outcome('fixed'), later(1)));
    expect(revisited(record)).not.toHaveProperty('revisit');
    expect(revisited(record)).not.toHaveProperty('dueAt');
  });
});

describe('what is due', () => {
  it.each(['fixed', 'reported', 'waiting', 'given-up'] as const)('is nothing once %s is told', (state) => {
    expect(told(settled(state))).not.toHaveProperty('sweep');
    expect(told(settled(state))).not.toHaveProperty('dueAt');
  });

  it('is a report that was not sent, half a minute after the state was reached', () => {
    const record = settled('fixed');
    expect(record.dueAt).toBe('2026-11-23T10:01:30.000Z');
    expect(needsLook(record, later(5))).toBe(false);
  });

  it('is a failed finding when its pause is over, also after its report was sent', () => {
    const record = told(settled('failed', { nextAttemptAt: later(3).toISOString() }));
    expect(record.dueAt).toBe(later(3).toISOString());
    expect(needsLook(record, later(2))).toBe(false);
    expect(needsLook(record, later(3))).toBe(true);
  });
});

describe('a report', () => {
  const reports = (record: FindingRecord) => Object.values(record.pendingReports);
  const again = (record: FindingRecord, next: Outcome) =>
    settle(take(told(record), lease('b', 30), later(10)), 'b', next, later(11));

  it('is written together with the state', () => {
    expect(reports(settled('reported', { flag: 'off' }))).toEqual([
      {
        version: 1,
        reportId: '111122223333#eu-west-1#security-group-open-ports#sg-0123456789abcdef0#1#reported#1',
        sequence: 1,
        finding: identity,
        occurrence: 1,
        attempt: 1,
        state: 'reported',
        flag: 'off',
        decidedBy: 'the default (organization.yaml:9)',
        severity: 'critical',
        violations: [violation],
        receivedAt: start.toISOString(),
        at: later(1).toISOString(),
      },
    ]);
  });

  it('is not made again when a second message finds the same', () => {
    expect(reports(again(settled('reported'), outcome('reported')))).toEqual([]);
  });

  it('is made again when more is wrong than before', () => {
    const more = outcome('reported', { violations: [violation, { ...violation, text: 'Port 3389 too.' }] });
    expect(reports(again(settled('reported'), more))).toHaveLength(1);
  });

  it('of a failure is made once, however AWS words it, until the reason is another', () => {
    const failure = (reason: string, errorCode: string) =>
      ({ reason, errorCode, nextAttemptAt: later(12).toISOString() }) as const;
    const failed = settled('failed', failure('Request 1 denied.', 'AccessDenied'));
    const second = again(failed, outcome('failed', failure('Request 2 denied.', 'AccessDenied')));
    expect(reports(second)).toEqual([]);
    expect(reports(again(failed, outcome('failed', failure('Slow down.', 'Throttling'))))).toHaveLength(1);
  });

  it.each(['already-compliant', 'gone'] as const)(
    'is not made of a resource that was %s from the start',
    (state) => {
      expect(reports(settled(state))).toEqual([]);
    },
  );

  it.each(['already-compliant', 'gone'] as const)('says that a reported resource is %s now', (state) => {
    expect(reports(again(settled('reported'), outcome(state)))).toHaveLength(1);
  });

  it('that was not sent yet is not lost when the next one is made', () => {
    const unsent = settled('reported');
    const taken = take(unsent, lease('b', 30), later(10));
    expect(reports(settle(taken, 'b', outcome('fixed'), later(11))).map(({ state }) => state)).toEqual([
      'reported',
      'fixed',
    ]);
  });

  it('is dropped when three newer ones of its finding wait, so that a record never grows too large', () => {
    let record = settled('reported');
    for (let round = 1; round <= 5; round += 1) {
      const taken = take(record, lease('b', 100), later(10 + round));
      const violations = [{ ...violation, text: `Port ${round}.` }];
      record = settle(taken, 'b', outcome('reported', { violations }), later(10 + round));
    }
    expect(reports(record).map(({ attempt }) => attempt)).toEqual([4, 5, 6]);
  });
});
