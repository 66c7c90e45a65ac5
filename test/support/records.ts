import type { FindingState } from '../../core/states';
import type { FindingRecord } from '../../ledger/findings/record';
import { told } from '../../ledger/transitions/rest';

type Every<Record> = Record extends unknown ? keyof Record : never;
type ValueOf<Record, Key> = Record extends { [K in Key & PropertyKey]?: infer Value } ? Value : never;

/** Everything that a record may hold in some state, whatever its state: what a test says of one, right or wrong. */
export type RecordParts = {
  [Key in Exclude<Every<FindingRecord>, 'state'>]?: Exclude<ValueOf<FindingRecord, Key>, undefined>;
} & { state?: FindingState };

/** A record with what a test gives it, unchecked: also one that no transition makes. */
export function withParts(record: FindingRecord, parts: RecordParts): FindingRecord {
  return { ...record, ...parts } as FindingRecord;
}

/** A record of which the bus has every report and every event. */
export function withAllTold<Told extends FindingRecord>(record: Told): Told {
  const { pendingReports, pendingEvents = [] } = record;
  const sequences = pendingEvents.map(({ sequence }) => sequence);
  return told(record, { reportIds: Object.keys(pendingReports), sequences }) ?? record;
}
