import { findingId } from '../../core/finding';
import type { FindingRecord } from '../../ledger/findings/record';
import { approve } from '../../operator/decide/approve';
import { findFindings } from '../../operator/findings/find-finding';
import type { Hub } from '../../operator/hub/hub';
import { printable } from '../../resources/kit/printable';
import { decisionText } from '../decide/decision-text';
import { errorText } from '../errors/error-text';
import { complain, say } from '../say';
import { standardOutput } from '../terminal';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch approve`. */
export interface ApproveOptions extends HubOptions {
  acceptLoss?: boolean;
  reason?: string;
}

/**
 * Approves plans.
 * @returns the exit status
 */
export async function runApprove(names: readonly string[], options: ApproveOptions): Promise<number> {
  const done = await withHub(options, (hub) => approveAll(hub, names, options));
  return done ? 0 : 1;
}

/** @returns whether all were done; each answer is printed as it comes */
async function approveAll(
  hub: Hub,
  names: readonly string[],
  { acceptLoss = false, reason, ...place }: ApproveOptions,
): Promise<boolean> {
  const { colours } = standardOutput();
  const records = await findFindings(hub, names);
  const places = await hub.names();
  let done = 0;
  for await (const result of approve(hub, records, { acceptLoss, ...(reason !== undefined && { reason }) })) {
    if ('error' in result) {
      const text = errorText(result.error, place);
      complain(records.length === 1 ? text : `${nameOf(result.record)}\n${text}`);
      continue;
    }
    say(decisionText(result.answer, colours, places));
    if (result.answer.answer.done) done += 1;
  }
  return done === records.length;
}

function nameOf({ identity, occurrence }: FindingRecord): string {
  return printable(findingId(identity, occurrence));
}
