import type { Compliance } from '../../../core/evaluation';
import type { ConfigRule } from './definitions';

/** The verdict of a rule on a resource. Times are milliseconds since the epoch. */
export interface Evaluation {
  rule: ConfigRule;
  resourceType: string;
  resourceId: string;
  complianceType: Compliance;
  annotation?: string;
  /** Which of two verdicts is newer: for a change, when the configuration was captured. */
  orderingTimestamp: number;
  resultRecordedTime: number;
  configRuleInvokedTime: number;
}
