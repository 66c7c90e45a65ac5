import { findingId } from '../../core/finding';
import type { OrderAnswer } from '../../core/order';
import type { FindingRecord } from '../../ledger/findings/record';
import { eachFinding, type FindingResult } from '../each-finding';
import type { Hub } from '../hub/hub';
import { giveOrder } from '../orders/give-order';

/**
 * Has each finding looked at now, one after another.
 * @returns for each the coordinator's answer, or the error for which there is none
 */
export function retry(
  hub: Hub,
  records: readonly FindingRecord[],
): AsyncGenerator<FindingResult<OrderAnswer>> {
  return eachFinding(records, ({ identity, occurrence }, index) => {
    const count = records.length === 1 ? '' : ` (${index + 1} of ${records.length})`;
    const order = { order: 'retry', finding: identity, occurrence } as const;
    return giveOrder(hub, order, `Looking at ${findingId(identity, occurrence)}${count}`);
  });
}
