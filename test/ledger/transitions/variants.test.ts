import fc from 'fast-check';
import type { FindingState } from '../../../core/states';
import { type FindingRecord, recordSchemas } from '../../../ledger/findings/record';
import { itemOf, parseFindingRecord } from '../../../ledger/findings/record-item';
import { open, openHeld } from '../../../ledger/transitions/open';
import { testIdentity } from '../../support/findings';
import { runsOf } from '../../support/property-runs';
import { at, happening, held, next } from './lives';

function checkVariant(record: FindingRecord): void {
  const item = itemOf(record);
  const read = parseFindingRecord(JSON.parse(JSON.stringify(item)), 'ledger');
  expect(read).toEqual(record);
  // A report that is sent once more, from the ledger, is the same to the byte.
  expect(JSON.stringify(read.pendingReports)).toBe(JSON.stringify(record.pendingReports));
  expect(JSON.stringify(read.pendingEvents)).toBe(JSON.stringify(record.pendingEvents));
  const { shape } = recordSchemas[record.state];
  expect(Object.keys(record).filter((key) => !(key in shape))).toEqual(['ofANewerVersion']);
  expect(Object.entries(record).filter(([, value]) => value === undefined)).toEqual([]);
}

describe('whatever transitions follow each other', () => {
  it('a record holds exactly the keys of its state, and is read back as it was written', () => {
    const reached = new Set<FindingState>();
    fc.assert(
      fc.property(held, fc.array(happening, { minLength: 1, maxLength: 12 }), (waiting, happenings) => {
        const lease = { holder: 'worker', until: at(4).toISOString() };
        const newer = { ofANewerVersion: 'kept' };
        const begun = [
          open(testIdentity, 1, 'critical', lease, at(0)),
          openHeld(testIdentity, 1, 'critical', waiting, at(0)),
        ];
        let record: FindingRecord = { ...(begun[happenings.length % 2] as FindingRecord), ...newer };
        let minutes = 0;
        checkVariant(record);
        for (const happened of happenings) {
          minutes += happened.minutes;
          const possible = next(record, minutes, happened);
          record = possible[happened.what % possible.length] as FindingRecord;
          checkVariant(record);
          reached.add(record.state);
        }
      }),
      { seed: 20261126, numRuns: runsOf(500) },
    );
    expect([...reached].sort()).toEqual(Object.keys(recordSchemas).sort());
  });
});
