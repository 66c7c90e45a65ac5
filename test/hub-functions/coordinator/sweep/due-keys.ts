import { lookPartition, reportPartition } from '../../../../ledger/findings/due';
import type { Ledger } from '../../../../ledger/findings/ledger';
import type { RecordKey } from '../../../../ledger/findings/record-key';
import { endOfTime } from '../../../../ledger/table/ledger-indexes';

/** Everything that the sweep has to take up now or at some time, apart from what is held until something is over. */
export async function dueKeys(ledger: Ledger): Promise<RecordKey[]> {
  const pages = await Promise.all(
    [reportPartition, lookPartition].map((partition) => ledger.due(partition, endOfTime, 100)),
  );
  return pages.flatMap(({ keys }) => keys);
}
