import type { Decision } from '../../ledger/record';
import { approvalEnd } from '../../operator/decision/approval-end';
import { minute } from '../../operator/text/minute';

/** What somebody decided: who, when, why, and until when an approval counts. */
export function decisionLine(decision: Decision): string {
  const { what, by, at, reason } = decision;
  const end = approvalEnd(decision);
  const counts = end === undefined ? '' : `; it counts until ${minute(end)} UTC`;
  return `${what} by ${by}, ${minute(at)} UTC${counts}${reason === undefined ? '' : `: ${reason}`}`;
}
