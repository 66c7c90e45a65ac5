import type { Ledger } from '../../../ledger/findings/ledger';
import type { FindingRecord } from '../../../ledger/findings/record';
import { mayHaveOpened, noteOpener, sawCall } from '../../../ledger/transitions/note-opener';
import type { Errand } from './errand';

/**
 * Adds to a finding's latest occurrence who opened the resource, where the message says it and nobody has said it before.
 * @returns the occurrence then, and whether that was all that the message had to say, since every look at it has seen the change
 * @throws ConflictError when others kept being faster
 */
export async function addOpener(
  { origin, identity }: Errand,
  latest: FindingRecord,
  ledger: Pick<Ledger, 'change' | 'occurrences'>,
): Promise<{ record: FindingRecord; isAll: boolean }> {
  const opened = origin?.opened;
  if (opened === undefined || latest.opened !== undefined) return { record: latest, isAll: false };
  const before = latest.occurrence > 1 ? (await ledger.occurrences(identity, 2))[1] : undefined;
  if (!mayHaveOpened(opened, latest, before)) return { record: latest, isAll: false };
  const record = await ledger.change(latest, (fresh) =>
    fresh.opened === undefined ? noteOpener(fresh, opened) : undefined,
  );
  return { record, isAll: sawCall(record, opened) };
}
