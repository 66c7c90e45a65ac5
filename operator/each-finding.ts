import type { FindingRecord } from '../ledger/findings/record';
import { OperatorError } from './errors';

/** What came of one finding among several: an answer, or why there is none. */
export type FindingResult<Answer> = { record: FindingRecord } & (
  | { answer: Answer }
  | { error: OperatorError }
);

/**
 * Does something with findings, one after another. One that fails does not keep the others from their answer.
 * @param work what is done with one; the next waits until its result was taken
 * @throws what is no OperatorError, at once
 */
export async function* eachFinding<Answer>(
  records: readonly FindingRecord[],
  work: (record: FindingRecord, index: number) => Promise<Answer>,
): AsyncGenerator<FindingResult<Answer>> {
  for (const [index, record] of records.entries()) {
    try {
      yield { record, answer: await work(record, index) };
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      yield { record, error };
    }
  }
}
