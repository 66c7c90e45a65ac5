import type { RemediationReport } from '../../../core/report';
import { isLeased, needsLook, withDueTime } from '../../../ledger/findings/due';
import type { FindingRecord, RecordIn } from '../../../ledger/findings/record';
import { open } from '../../../ledger/transitions/open';
import { restOn } from '../../../ledger/transitions/rest';
import { settle } from '../../../ledger/transitions/settle';
import { testIdentity } from '../../support/findings';
import { type RecordParts, withParts } from '../../support/records';

const start = new Date('2026-11-23T10:00:00.000Z');
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const time = (minutes: number) => at(minutes).toISOString();

/** A record that rests, with nothing to be sent, and what a test gives it. */
function record(more: RecordParts): FindingRecord {
  const opened = open(testIdentity, 1, 'critical', { holder: 'a', until: time(4) }, start);
  const {
    lease: _lease,
    pendingEvents: _pendingEvents,
    ...settled
  } = settle(
    opened,
    'a',
    { state: 'held', heldBy: 'limit', decidedBy: 'the default', violations: [] },
    at(1),
  );
  return withDueTime(withParts(settled, more));
}
const held = (held: FindingRecord) => held as RecordIn<'held'>;
const report = (minutes: number): RemediationReport => ({
  version: 1,
  reportId: `report ${minutes}`,
  finding: testIdentity,
  occurrence: 1,
  attempt: 1,
  state: 'fixed',
  decidedBy: 'the default',
  severity: 'critical',
  violations: [],
  receivedAt: time(0),
  at: time(minutes),
});
const placed = (more: RecordParts) => {
  const { sweep, dueAt } = record(more);
  return { sweep, dueAt };
};
const pendingReports = { one: report(9), two: report(2) };
const waitsFor = 'limit#organization';

describe('a record is found by the sweep', () => {
  it.each<[string, RecordParts, { sweep?: string; dueAt?: string }]>([
    ['nowhere when nothing is left to do', {}, {}],
    [
      'among the reports, half a minute after the oldest',
      { pendingReports },
      { sweep: 'report', dueAt: time(2.5) },
    ],
    [
      'among the reports for an event, too',
      { pendingReports, pendingEvents: [{ sequence: 1, state: 'held', attempt: 1, at: time(1) }] },
      { sweep: 'report', dueAt: time(1.5) },
    ],
    [
      'among the reports before everything else',
      { pendingReports, revisit: true, waitsFor, lookAgainAt: time(0) },
      { sweep: 'report', dueAt: time(2.5) },
    ],
    ['among the looks when its time has come', { lookAgainAt: time(7) }, { sweep: 'due', dueAt: time(7) }],
    [
      'among the looks when it is tried again',
      { state: 'failed', nextAttemptAt: time(8) },
      { sweep: 'due', dueAt: time(8) },
    ],
    [
      'not before its lease is over',
      { state: 'failed', nextAttemptAt: time(2), lease: { holder: 'a', until: time(6) } },
      { sweep: 'due', dueAt: time(6) },
    ],
    ['at once when a message asked for it', { revisit: true, waitsFor }, { sweep: 'due', dueAt: time(1) }],
    [
      'when its worker has died',
      { state: 'received', waitsFor, lease: { holder: 'a', until: time(4) } },
      { sweep: 'due', dueAt: time(4) },
    ],
    [
      'among those that wait for the same, since when it is held',
      { waitsFor, lookAgainAt: time(9) },
      { sweep: 'waits#limit#organization', dueAt: time(1) },
    ],
  ])('%s', (_what, more, place) => {
    expect(placed(more)).toEqual({ sweep: place.sweep, dueAt: place.dueAt });
  });

  it('as of when it is held, also when it goes on to be held for something else', () => {
    const rested = restOn(held(record({ waitsFor })), {
      heldBy: 'stop',
      waitsFor: 'stop#organization',
      reason: 'Paused.',
    });
    expect(rested).toMatchObject({ sweep: 'waits#stop#organization', dueAt: time(1), heldBy: 'stop' });
    const brief = restOn(rested, { heldBy: 'stop', lookAgainAt: time(5) });
    expect(brief).toMatchObject({ sweep: 'due', dueAt: time(5) });
    expect(brief).not.toHaveProperty('waitsFor');
  });
});

describe('a record', () => {
  it.each<[string, RecordParts, boolean]>([
    ['that rests', {}, false],
    ['that was woken', { waitsFor }, true],
    ['before its time', { lookAgainAt: time(10.01) }, false],
    ['at its time', { lookAgainAt: time(10) }, true],
    ['at the time of its next try', { state: 'failed', nextAttemptAt: time(10) }, true],
    ['that a message asks for', { revisit: true }, true],
    ['whose worker has died', { state: 'received' }, true],
    [
      'that somebody works on',
      { waitsFor, revisit: true, lease: { holder: 'a', until: time(10.01) } },
      false,
    ],
    ['whose lease is over', { waitsFor, lease: { holder: 'a', until: time(10) } }, true],
  ])('%s needs a look: %#', (_what, more, needed) => {
    expect(needsLook(record(more), at(10))).toBe(needed);
    if (more.lease) expect(isLeased(record(more), at(10))).toBe(!needed);
  });
});
