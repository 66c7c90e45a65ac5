import type { Violation } from './violation';

/** AWS Config's verdicts that a rule may report. */
export type Compliance = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';

/** The verdict on one resource. */
export interface Evaluation {
  compliance: Compliance;
  /** Not empty exactly when NON_COMPLIANT. */
  violations: Violation[];
}

/** The verdict on what has no violation. */
export function compliant(): Evaluation {
  return { compliance: 'COMPLIANT', violations: [] };
}
