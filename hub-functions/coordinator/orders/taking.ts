import { findingId } from '../../../core/finding';
import { changesMadeIn } from '../../../core/fix-step';
import type { OrderOf } from '../../../core/order';
import { states } from '../../../core/states';
import { isLeased } from '../../../ledger/findings/due';
import type { Ledger } from '../../../ledger/findings/ledger';
import type { FindingRecord, Received } from '../../../ledger/findings/record';
import type { SavedStates } from '../../../ledger/saved/saved-states';
import { ConflictError } from '../../../ledger/table/errors';
import { fixMilliseconds, type Remaining } from '../time-limits';
import { NotNowError, OrderRefusedError } from './refused';

/** What taking a finding for an order takes. */
export interface TakingParts {
  ledger: Pick<Ledger, 'latest' | 'replace'>;
  now: () => Date;
  /** Waits so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/** An occurrence as it was, and as it is taken. */
export interface Taking<Before extends FindingRecord> {
  before: Before;
  taken: Received;
}

/** How often, and how long, an order waits for whoever works on the finding right now. */
const busyTries = 20;
const busyMilliseconds = 1_000;

/**
 * Takes the occurrence that an order is about, as soon as nobody else works on it.
 * @param latest reads it
 * @param change what becomes of the record, and as what it is taken; it may refuse
 * @throws OrderRefusedError when the occurrence is not the latest one
 * @throws NotNowError when somebody goes on working on it
 */
export async function takeWhenFree<Before extends FindingRecord>(
  latest: () => Promise<FindingRecord>,
  remaining: Remaining,
  parts: TakingParts,
  change: (record: FindingRecord) => Taking<Before>,
): Promise<Taking<Before>> {
  for (let tries = 1; tries <= busyTries && remaining() >= fixMilliseconds; tries += 1) {
    const seen = await latest();
    if (!isLeased(seen, parts.now())) {
      const { before, taken } = change(seen);
      const written = await replaced(seen, taken, parts);
      if (written) return { before, taken: written };
    }
    await parts.pause(busyMilliseconds);
  }
  throw new NotNowError('Somebody works on it right now. Try again in a few minutes.');
}

/** @returns undefined when somebody else was faster */
async function replaced(
  before: FindingRecord,
  next: Received,
  { ledger }: TakingParts,
): Promise<Received | undefined> {
  try {
    return await ledger.replace(before, next);
  } catch (error) {
    if (error instanceof ConflictError) return undefined;
    throw error;
  }
}

/** One occurrence of a finding. */
type Named = Pick<OrderOf<'undo'>, 'finding' | 'occurrence'>;

/**
 * The occurrence that an order names; it has to be the latest one.
 * @throws OrderRefusedError when it is not
 */
export async function latestOf(named: Named, ledger: Pick<Ledger, 'latest'>): Promise<FindingRecord> {
  const latest = await latestFrom(named, ledger);
  if (latest.occurrence === named.occurrence) return latest;
  throw new OrderRefusedError(
    `The resource was opened again since: ${nameOf(latest)} is ${states[latest.state].title}. Only the latest occurrence can be ordered about.`,
  );
}

/**
 * The latest occurrence of a finding whose named occurrence is to be undone. An undo reaches the last occurrence that changed
 * something.
 * @throws OrderRefusedError when a later one changed something, or may have
 */
export async function latestForUndo(
  named: Named,
  ledger: Pick<Ledger, 'latest'>,
  savedStates: Pick<SavedStates, 'history'>,
): Promise<FindingRecord> {
  const latest = await latestFrom(named, ledger);
  for (let later = named.occurrence + 1; later <= latest.occurrence; later += 1) {
    const history = await savedStates.history(named.finding, later);
    // What was begun, and changed nothing, is not in the way.
    if (!history?.steps.some((step) => changesMadeIn(step).length > 0)) continue;
    throw new OrderRefusedError(
      `The resource was fixed again since: undo ${findingId(named.finding, later)}, the last fix of it.`,
    );
  }
  return latest;
}

/** The latest occurrence, where the named one exists. */
async function latestFrom(
  { finding, occurrence }: Named,
  ledger: Pick<Ledger, 'latest'>,
): Promise<FindingRecord> {
  const latest = await ledger.latest(finding);
  if (!latest) throw new OrderRefusedError(`There is no finding ${findingId(finding, occurrence)}.`);
  if (latest.occurrence >= occurrence) return latest;
  throw new OrderRefusedError(`There is no occurrence ${occurrence}; the latest is ${nameOf(latest)}.`);
}

function nameOf({ identity, occurrence }: FindingRecord): string {
  return findingId(identity, occurrence);
}
