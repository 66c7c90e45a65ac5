import { utc } from '../../core/utc';
import type { Decision } from '../../ledger/findings/record';
import { approvalEnd } from '../findings/approval-end';

/** What somebody decided: who, when, why, and until when an approval counts. */
export function decisionLine(decision: Decision): string {
  const { what, by, at, reason } = decision;
  const end = approvalEnd(decision);
  const counts = end === undefined ? '' : `; it counts until ${utc(end)}`;
  return `${what} by ${by}, ${utc(at)}${counts}${reason === undefined ? '' : `: ${reason}`}`;
}
