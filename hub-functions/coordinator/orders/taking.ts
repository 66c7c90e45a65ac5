import { findingId } from '../../../contract/finding';
import type { OrderOf } from '../../../contract/order';
import { states } from '../../../contract/states';
import { isLeased } from '../../ledger/due';
import { ConflictError } from '../../ledger/errors';
import type { Ledger } from '../../ledger/ledger';
import type { FindingRecord } from '../../ledger/record';
import { fixMilliseconds, type Remaining } from '../time-limits';
import { OrderRefusedError } from './refused';

/** What taking a finding for an order takes. */
export interface TakingParts {
  ledger: Pick<Ledger, 'latest' | 'replace'>;
  now: () => Date;
  /** Waits so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/** How often, and how long, an order waits for whoever works on the finding right now. */
const busyTries = 20;
const busyMilliseconds = 1_000;

/**
 * Takes the occurrence that an order names, as soon as nobody else works on it.
 * @param change what becomes of the record; it may refuse
 * @throws OrderRefusedError when the occurrence is not the latest one, or somebody goes on working on it
 */
export async function takeWhenFree(
  order: Pick<OrderOf<'undo'>, 'finding' | 'occurrence'>,
  remaining: Remaining,
  parts: TakingParts,
  change: (record: FindingRecord) => FindingRecord,
): Promise<{ before: FindingRecord; taken: FindingRecord }> {
  for (let tries = 1; tries <= busyTries && remaining() >= fixMilliseconds; tries += 1) {
    const before = await latestOf(order, parts.ledger);
    const taken = isLeased(before, parts.now()) ? undefined : await replaced(before, change(before), parts);
    if (taken) return { before, taken };
    await parts.pause(busyMilliseconds);
  }
  throw new OrderRefusedError('Somebody works on it right now. Try again in a few minutes.');
}

/** @returns undefined when somebody else was faster */
async function replaced(
  before: FindingRecord,
  next: FindingRecord,
  { ledger }: TakingParts,
): Promise<FindingRecord | undefined> {
  try {
    return await ledger.replace(before, next);
  } catch (error) {
    if (error instanceof ConflictError) return undefined;
    throw error;
  }
}

async function latestOf(
  { finding, occurrence }: Pick<OrderOf<'undo'>, 'finding' | 'occurrence'>,
  ledger: Pick<Ledger, 'latest'>,
): Promise<FindingRecord> {
  const latest = await ledger.latest(finding);
  if (!latest) throw new OrderRefusedError(`There is no finding ${findingId(finding, occurrence)}.`);
  if (latest.occurrence === occurrence) return latest;
  throw new OrderRefusedError(
    latest.occurrence > occurrence
      ? `The resource was opened again since: ${findingId(finding, latest.occurrence)} is ${states[latest.state].title}. Only the latest occurrence can be ordered about.`
      : `There is no occurrence ${occurrence}; the latest is ${findingId(finding, latest.occurrence)}.`,
  );
}
