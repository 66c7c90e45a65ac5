import fc from 'fast-check';
import { findingEventOf, findingEventSchema, type StateChange } from '../../../core/finding-event';
import { mayFollow } from '../../../core/states';
import type { FindingRecord } from '../../../ledger/findings/record';
import { itemOf, parseFindingRecord } from '../../../ledger/findings/record-item';
import { open, openHeld } from '../../../ledger/transitions/open';
import type { Outcome } from '../../../ledger/transitions/outcome';
import { settle } from '../../../ledger/transitions/settle';
import { take } from '../../../ledger/transitions/take';
import { testIdentity, testPlan, testViolation } from '../../support/findings';
import { withAllTold } from '../../support/records';
import { at, happening, held, next } from './lives';

const lease = (minutes: number) => ({ holder: 'worker', until: at(minutes + 4).toISOString() });
const opened = () => open(testIdentity, 1, 'critical', lease(0), at(0));
const names = {
  accountName: 'payments-prod',
  unit: '/Workloads/Prod',
  owner: 'ada',
  decidedBy: 'the default',
};
const outcome = (state: 'waiting' | 'reported', more: Partial<Outcome> = {}) =>
  ({ state, decidedBy: 'x', violations: [testViolation], plan: testPlan, ...more }) as Outcome;
/** An occurrence that goes back and forth so many times while the bus takes nothing. */
function flapping(times: number, more: (round: number) => Partial<Outcome> = () => ({})): FindingRecord {
  let record: FindingRecord = settle(opened(), 'worker', outcome('waiting', more(0)), at(1), names);
  for (let round = 1; round < times; round += 1) {
    const taken = take(record as never, lease(round), at(round));
    const state = round % 2 === 0 ? 'waiting' : 'reported';
    record = settle(taken, 'worker', outcome(state, more(round)), at(round), names);
  }
  return record;
}

describe('the events of a finding', () => {
  it('are one for each change of its state, with the next number, whatever becomes of it', () => {
    let events = 0;
    fc.assert(
      fc.property(
        held,
        fc.array(happening, { minLength: 1, maxLength: 40, size: 'max' }),
        (waiting, happenings) => {
          const begun = [opened(), openHeld(testIdentity, 1, 'critical', waiting, at(0))];
          let record = begun[happenings.length % 2] as FindingRecord;
          const seen = new Map<number, StateChange>();
          const note = ({ pendingEvents = [] }: FindingRecord) => {
            for (const event of pendingEvents) seen.set(event.sequence, event);
          };
          let last: string | undefined;
          let changes = 0;
          let minutes = 0;
          for (const happened of happenings) {
            minutes += happened.minutes * 300;
            const all = next(record, minutes, happened);
            const moving = all.filter(({ state }) => state !== record.state);
            const possible = happened.what % 3 > 0 && moving.length > 0 ? moving : all;
            const after = possible[happened.what % possible.length] as FindingRecord;
            if (record.state === 'received' && after.state !== 'received' && after.state !== last) {
              changes += 1;
              note(after);
              expect(seen.get(changes)).toMatchObject({
                sequence: changes,
                state: after.state,
                at: after.at,
                attempt: after.attempt,
              });
              expect(seen.get(changes)?.previousState).toBe(last);
              last = after.state;
            }
            note(after);
            record = parseFindingRecord(JSON.parse(JSON.stringify(itemOf(after))), 'ledger');
          }
          expect([...seen.keys()]).toEqual(Array.from({ length: changes }, (_, index) => index + 1));
          for (const { state, previousState } of seen.values()) {
            expect(mayFollow('received', state)).toBe(true);
            expect(state).not.toBe(previousState);
          }
          events += changes;
        },
      ),
      { seed: 20261127, numRuns: 150 },
    );
    expect(events).toBeGreaterThan(500);
  });

  it('say what the finding has come to, and what is wrong', () => {
    const [change] = settle(opened(), 'worker', outcome('waiting'), at(1), names).pendingEvents ?? [];
    const event = findingEventOf(opened(), change as StateChange);
    expect(findingEventSchema.parse(event)).toEqual(event);
    expect(event).toMatchObject({
      version: 1,
      eventId: expect.stringMatching(/#1#event#1$/),
      finding: testIdentity,
      state: 'waiting',
      open: true,
      violations: [testViolation.text],
      changes: testPlan.changes.map(({ text }) => text),
      ...names,
    });
    expect(event).not.toHaveProperty('previousState');
  });

  it('are none where a look leaves it in its state, nor of what a version before had told', () => {
    const waiting = withAllTold(settle(opened(), 'worker', outcome('waiting'), at(1)));
    const again = settle(take(waiting as never, lease(9), at(9)), 'worker', outcome('waiting'), at(9));
    expect(again).not.toHaveProperty('pendingEvents');
    expect(again.stateChanges).toBe(1);
    const { settledAs: _settledAs, stateChanges: _stateChanges, ...before } = waiting;
    const taken = take(before as never, lease(9), at(9));
    expect(settle(taken, 'worker', outcome('waiting'), at(9))).not.toHaveProperty('pendingEvents');
    const changed = settle(taken, 'worker', outcome('reported'), at(9));
    expect(changed.pendingEvents).toMatchObject([
      { sequence: 1, previousState: 'waiting', state: 'reported' },
    ]);
  });

  it('are all kept while the bus takes nothing, the latest with all that they say', () => {
    const { pendingEvents = [] } = flapping(50);
    expect(pendingEvents.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    expect(pendingEvents.filter(({ shortened }) => !shortened).map(({ sequence }) => sequence)).toEqual([
      48, 49, 50,
    ]);
    for (const event of pendingEvents) {
      expect(findingEventSchema.safeParse(findingEventOf(opened(), event)).success).toBe(true);
    }
  });

  it('leave room in an item for the longest reports, however often it changes', () => {
    // Each takes six bytes as JSON.
    const wide = (count: number) => '\u0001'.repeat(count);
    const bytes = (item: object) => Buffer.byteLength(JSON.stringify(item));
    const violations = Array.from({ length: 20 }, () => ({ kind: 'x', text: 'y'.repeat(950), detail: {} }));
    const plan = {
      changes: Array.from({ length: 20 }, () => ({ action: 'x', text: 'y'.repeat(950) })),
      lossy: true,
      losses: Array.from({ length: 20 }, () => 'y'.repeat(980)),
    };
    const record = flapping(1_000, (round) => ({
      violations: [...violations, { kind: 'x', text: String(round), detail: {} }],
      plan,
      reason: wide(1_000),
      tags: Object.fromEntries(Array.from({ length: 5 }, (_, index) => [String(index), wide(256)])),
    }));
    expect(Object.keys(record.pendingReports)).toHaveLength(3);
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    expect(bytes(itemOf(record))).toBeLessThan(400_000);
    expect(record.pendingEvents).toHaveLength(300);
    for (const event of record.pendingEvents ?? []) {
      expect(bytes(findingEventOf(record, event))).toBeLessThan(event.shortened ? 1_000 : 20_000);
    }
  });
});
