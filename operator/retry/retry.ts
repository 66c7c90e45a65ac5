import type { Colors } from 'picocolors/types';
import { answerText } from '../../cli/answer-text';
import { UserError } from '../../cli/user-error';
import { findingId } from '../../core/finding';
import type { FindingRecord } from '../../ledger/record';
import type { Hub } from '../hub/hub';
import { giveOrder } from '../orders/give-order';
import { printable } from '../text/printable';

/**
 * Has each finding looked at now, one after another, and prints what comes of it. One whose order fails does not keep the others from
 * theirs.
 * @returns whether all were done
 */
export async function retryAll(
  hub: Hub,
  records: readonly FindingRecord[],
  colours: Colors,
): Promise<boolean> {
  const names = await hub.names();
  let done = 0;
  for (const [index, { identity, occurrence }] of records.entries()) {
    const name = printable(findingId(identity, occurrence));
    const count = records.length === 1 ? '' : ` (${index + 1} of ${records.length})`;
    try {
      const order = { order: 'retry', finding: identity, occurrence } as const;
      const answer = await giveOrder(hub, order, `Looking at ${name}${count}`);
      console.log(`${colours.bold(name)}\n${answerText(answer, colours, names)}`);
      if (answer.done) done += 1;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      console.error(`${name}\n${error.message}`);
    }
  }
  return done === records.length;
}
