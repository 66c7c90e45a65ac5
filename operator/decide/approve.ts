import type { FindingRecord } from '../../ledger/findings/record';
import { eachFinding, type FindingResult } from '../each-finding';
import type { Hub } from '../hub/hub';
import { type Approval, type DecisionResult, decideOn } from './decide-on';

/**
 * Approves the plans of findings, one after another; the host shows each before anything is ordered.
 * @param said of all of them
 * @returns for each finding what came of it, or the error for which it was not approved
 */
export function approve(
  hub: Hub,
  records: readonly FindingRecord[],
  said: Omit<Approval, 'order'>,
): AsyncGenerator<FindingResult<DecisionResult>> {
  return eachFinding(records, (record) => decideOn(hub, record, { ...said, order: 'approve' }));
}
