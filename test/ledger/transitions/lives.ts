import fc from 'fast-check';
import { isLeased } from '../../../ledger/findings/due';
import { type Decision, type FindingRecord, isOpenRecord } from '../../../ledger/findings/record';
import { TransitionError } from '../../../ledger/table/errors';
import { decided, planToDecideOn } from '../../../ledger/transitions/decide';
import type { HeldOutcome, Outcome } from '../../../ledger/transitions/outcome';
import {
  askForRevisit,
  lookFailed,
  restOn,
  revisited,
  superseded,
  told,
} from '../../../ledger/transitions/rest';
import { settle } from '../../../ledger/transitions/settle';
import { beginFix, putBack, putBackAs, take, takeToUndo } from '../../../ledger/transitions/take';
import { testPlan, testViolation } from '../../support/findings';

const start = Date.parse('2026-11-23T10:00:00.000Z');
/** A time, so many minutes after the start. */
export const at = (minutes: number) => new Date(start + minutes * 60_000);
const times = fc.integer({ min: 0, max: 10_000 }).map((minutes) => at(minutes).toISOString());
const optional = { requiredKeys: [] };
const yes = fc.constant(true as const);

const said = fc.record(
  {
    flag: fc.constantFrom('off', 'approval', 'on'),
    plan: fc.constant(testPlan),
    omitted: fc.constant({ violations: 1, changes: 2 }),
    reason: fc.string(),
    writes: fc.array(times, { maxLength: 3 }),
    ruled: fc.string(),
    planDigest: fc.constantFrom('plan', 'other'),
    seenDigest: fc.constantFrom('plan', 'other'),
    exemptUntil: fc.string(),
    busyUntil: times,
  },
  optional,
);
const base = fc
  .tuple(said, fc.array(fc.constant(testViolation), { maxLength: 2 }))
  .map(([some, violations]) => ({ ...some, decidedBy: 'the default', violations }));
const openSaid = fc.tuple(base, fc.record({ fixBegun: yes, undoing: yes }, optional));
const coded = fc.record({ errorCode: fc.constant('AccessDenied') }, optional);
const howTold = fc.record({ told: fc.constantFrom('together', 'not') }, optional);
/** How an occurrence may be held. */
export const held: fc.Arbitrary<HeldOutcome> = fc
  .tuple(
    openSaid,
    coded,
    fc.constantFrom('stop', 'freeze', 'names', 'limit', 'conflict', 'account', 'places'),
    fc.record({ waitsFor: fc.constant('stop#organization'), lookAgainAt: times }, optional),
  )
  .map(([[one, begun], code, heldBy, wake]) => ({
    ...one,
    ...begun,
    ...code,
    heldBy,
    ...wake,
    state: 'held',
  }));
const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  held,
  fc.tuple(openSaid, coded).map(([[one, begun], code]) => ({
    ...one,
    ...begun,
    ...code,
    state: 'reported' as const,
  })),
  fc.tuple(openSaid, fc.constantFrom('waiting', 'denied')).map(([[one, begun], state]) => ({
    ...one,
    ...begun,
    state,
  })),
  fc
    .tuple(openSaid, times, fc.constantFrom('exempt', 'undone'))
    .map(([[one, begun], lookAgainAt, state]) => ({
      ...one,
      ...begun,
      lookAgainAt,
      state,
    })),
  fc.tuple(openSaid, coded, howTold, times).map(([[one, begun], code, how, nextAttemptAt]) => ({
    ...one,
    ...begun,
    ...code,
    ...how,
    nextAttemptAt,
    state: 'failed' as const,
  })),
  fc.tuple(openSaid, coded, howTold, times).map(([[one, begun], code, how, lookAgainAt]) => ({
    ...one,
    ...begun,
    ...code,
    ...how,
    lookAgainAt,
    state: 'given-up' as const,
  })),
  fc
    .tuple(
      base,
      fc.constantFrom('fixed', 'already-compliant', 'gone'),
      fc.record({ expiresAt: fc.constant(1_800_000_000) }, optional),
    )
    .map(([one, state, expiry]) => ({ ...one, state, ...expiry })),
);

/** One thing that happens to an occurrence: which transition, after how many minutes, and with what. */
export const happening = fc.record({
  what: fc.nat(),
  minutes: fc.integer({ min: 0, max: 30 }),
  outcome: outcomes,
  wait: held,
  why: fc.constantFrom('look', 'daily', 'order'),
  decides: fc.constantFrom('approved', 'denied'),
});
/** What happens. */
export type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;

const decisionOn = (record: FindingRecord, what: 'approved' | 'denied', minutes: number): Decision => ({
  what,
  plan: planToDecideOn(record) ?? 'plan',
  seen: 'plan',
  lossy: false,
  by: 'ada',
  at: at(minutes).toISOString(),
  ...(what === 'approved' ? { until: at(minutes + 60).toISOString() } : { reason: 'Ours.' }),
});

/** Every transition that may start from a record, as it is now. */
export function next(record: FindingRecord, minutes: number, with_: Happening): FindingRecord[] {
  const now = at(minutes);
  const lease = { holder: 'worker', until: at(minutes + 4).toISOString() };
  const { outcome, wait, why, decides } = with_;
  const [report = 'none'] = Object.keys(record.pendingReports);
  const [event] = record.pendingEvents ?? [];
  const sent = told(record, { reportIds: [report], sequences: event ? [event.sequence] : [] });
  const anyway = [askForRevisit(record), superseded(record), ...(sent ? [sent] : [])];
  if (record.state === 'received' && record.lease) {
    const { holder } = record.lease;
    const { violations, plan, writes } = outcome;
    anyway.push(
      settle(record, holder, outcome, now),
      settle(record, holder, outcome, now),
      putBack(record, holder),
      beginFix(record, holder, { violations, ...(plan && { plan }), ...(writes && { writes }) }),
    );
  }
  if (record.state === 'held') anyway.push(restOn(record, wait));
  if (!isOpenRecord(record)) {
    anyway.push(
      revisited(record),
      lookFailed(record, now, (tries) => tries * 60_000),
    );
  }
  if (record.state !== 'gone' && !isLeased(record, now)) {
    const undoing = takeToUndo(record, lease, now);
    anyway.push(take(record, lease, now, why), take(record, lease, now, why), undoing);
    anyway.push(putBackAs(askForRevisit(undoing), lease.holder, record));
  }
  try {
    anyway.push(decided(record, decisionOn(record, decides, minutes)));
  } catch (error) {
    if (!(error instanceof TransitionError)) throw error;
  }
  return anyway;
}
