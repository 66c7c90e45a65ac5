import type { Colors } from 'picocolors/types';
import { decisionText, planText } from '../../cli/decide/decision-text';
import { UserError } from '../../cli/user-error';
import { findingId } from '../../core/finding';
import type { FindingRecord } from '../../ledger/record';
import type { Hub } from '../hub/hub';
import { printable } from '../text/printable';
import { requireAcceptedLoss } from './accepted-loss';
import { decideOn } from './decide-on';

/** How an approval was asked for. */
export interface Approval {
  /** Whether plans that also take something harmless may be applied. */
  acceptLoss: boolean;
  /** As --region was given. */
  region: string | undefined;
}

/**
 * Approves the plans of findings, one after another: shows each, and prints what comes of it. One that is not approved does not
 * keep the others from their answer.
 * @returns whether all were done
 */
export async function approveAll(
  hub: Hub,
  records: readonly FindingRecord[],
  { acceptLoss, region }: Approval,
  colours: Colors,
): Promise<boolean> {
  const names = await hub.names();
  let done = 0;
  for (const record of records) {
    try {
      const result = await decideOn(hub, record, { order: 'approve' }, () => {
        console.log(planText(record, 'The plan', colours));
        requireAcceptedLoss(record, acceptLoss, region);
      });
      console.log(decisionText(result, colours, names));
      if (result.answer.done) done += 1;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const name = printable(findingId(record.identity, record.occurrence));
      console.error(records.length === 1 ? error.message : `${name}\n${error.message}`);
    }
  }
  return done === records.length;
}
