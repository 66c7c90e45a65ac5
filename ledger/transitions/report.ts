import { findingId } from '../../core/finding';
import { present } from '../../core/present';
import type { RemediationReport, ReportedDecision } from '../../core/report';
import type { SettledState } from '../../core/states';
import type { RecordIn } from '../findings/record';
import { errorCodeOf } from '../findings/record-parts';

/**
 * What the finding's account and its unit are called, for the report, who owns the resource, and what decided, with the names of accounts
 * and units.
 */
export type ReportedNames = Pick<RemediationReport, 'accountName' | 'unit' | 'owner'> &
  Partial<Pick<RemediationReport, 'decidedBy'>>;

/**
 * The report of a settled occurrence. Its keys stand in the order of the schema by which it is read back from the ledger, so
 * that a report that is sent once more is the same to the byte.
 * @param decision the person's decision that counts, or led to the state
 */
export function reportOf(
  record: RecordIn<SettledState>,
  { owner, ...names }: ReportedNames,
  decision: ReportedDecision | undefined,
): RemediationReport {
  const { identity, occurrence, attempt, state, severity, violations, receivedAt, at } = record;
  const { flag, decidedBy, plan, omitted, reason, detector, opened, stack, planDigest, tags } = record;
  return {
    version: 1,
    reportId: `${findingId(identity, occurrence)}#${state}#${attempt}`,
    ...present({ sequence: record.reports }),
    finding: identity,
    occurrence,
    attempt,
    state,
    ...present({ flag }),
    decidedBy,
    severity,
    violations,
    ...present({ plan, planDigest, decision, omitted, reason, errorCode: errorCodeOf(record) }),
    ...names,
    ...present({ detector, opened, stack, owner, tags }),
    receivedAt,
    at,
  };
}
