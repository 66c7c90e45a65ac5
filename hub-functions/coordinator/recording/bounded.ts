import { cut } from '../../../core/cut';
import { fitting } from '../../../core/fitting';
import type { Plan } from '../../../core/plan';
import type { Violation } from '../../../core/violation';

/** The bytes that violations, and changes, may each take in a report. An event on its way to Slack passes SNS: 256 kB. */
const maximumBytes = 20_000;
const maximumReasonLength = 1_000;

/** The parts of an outcome that have no bound of their own. */
export interface Findings {
  violations: Violation[];
  plan?: Plan;
  reason?: string;
}

/**
 * The findings, cut to what fits into a report and a ledger record (400 kB at most, several reports among it), with the
 * number of what was left out.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 */
export function bounded(
  findings: Findings,
): Findings & { omitted?: { violations: number; changes: number } } {
  const { plan, reason } = findings;
  const violations = fitting(findings.violations, maximumBytes);
  const changes = fitting(plan?.changes ?? [], maximumBytes);
  const losses = fitting(plan?.losses ?? [], maximumBytes);
  const lost = (plan?.losses.length ?? 0) - losses.length;
  const omitted = {
    violations: findings.violations.length - violations.length,
    changes: (plan?.changes.length ?? 0) - changes.length,
  };
  return {
    violations,
    ...(plan && { plan: { ...plan, changes, losses: lost > 0 ? [...losses, `And ${lost} more.`] : losses } }),
    ...(reason !== undefined && { reason: cut(reason, maximumReasonLength) }),
    ...((omitted.violations > 0 || omitted.changes > 0) && { omitted }),
  };
}
