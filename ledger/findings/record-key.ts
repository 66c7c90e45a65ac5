/** The key of any item in the table. */
export interface RecordKey {
  finding: string;
  record: string;
}

/** The prefix of every occurrence's sort key, with which the latest one is found. */
export const occurrencePrefix = 'occurrence#';

/** A number as six digits, so that keys sort as the numbers do. */
export function sortable(number: number): string {
  return String(number).padStart(6, '0');
}

/** The sort key of an occurrence: `occurrence#000001`. */
export function occurrenceRecordKey(occurrence: number): string {
  return `${occurrencePrefix}${sortable(occurrence)}`;
}

const approvalTimerPrefix = 'approval#';

/** The sort key of the timer that ends an occurrence's approval: `approval#000001`. */
export function approvalTimerKey(occurrence: number): string {
  return `${approvalTimerPrefix}${sortable(occurrence)}`;
}

/** The occurrence whose approval a timer ends; undefined when the key is not one of a timer. */
export function occurrenceOfTimer({ finding, record }: RecordKey): RecordKey | undefined {
  if (!record.startsWith(approvalTimerPrefix)) return undefined;
  return { finding, record: occurrenceRecordKey(Number(record.slice(approvalTimerPrefix.length))) };
}
