import type { Decision } from '../../ledger/record';
import { minute } from '../../operator/text/minute';
import { approvalEnd } from '../findings/approval-end';

/** What somebody decided: who, when, why, and until when an approval counts. */
export function decisionLine(decision: Decision): string {
  const { what, by, at, reason } = decision;
  const end = approvalEnd(decision);
  const counts = end === undefined ? '' : `; it counts until ${minute(end)} UTC`;
  return `${what} by ${by}, ${minute(at)} UTC${counts}${reason === undefined ? '' : `: ${reason}`}`;
}
