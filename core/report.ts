import type { Detector } from './detector';
import type { FindingIdentity } from './finding';
import type { Opener } from './opener';
import type { Plan } from './plan';
import type { FindingState } from './states';
import type { Severity, Violation } from './violation';

/** `source` of the events that Staunch itself puts on the hub's bus. */
export const reportSource = 'staunch';
/** `detail-type` of a remediation report. */
export const reportDetailType = 'Staunch Remediation Report';

/** The flag of an account: what Staunch may do there. */
export type Flag = 'off' | 'approval' | 'on';

/** Detail of a remediation report: what became of one finding. */
export interface RemediationReport {
  version: 1;
  /** The same for every delivery of the same report, so that a reader can drop repetitions. */
  reportId: string;
  finding: FindingIdentity;
  occurrence: number;
  attempt: number;
  /** The state that the finding reached. */
  state: FindingState;
  /** The flag that decided; absent where it could not be resolved. */
  flag?: Flag;
  /** Why that flag: which level of the policy decided, or why it could not be resolved. */
  decidedBy: string;
  severity: Severity;
  violations: Violation[];
  plan?: Plan;
  /** How many violations and changes were left out, so that the report fits into an event; absent when it is whole. */
  omitted?: { violations: number; changes: number };
  /** A sentence for people where the state needs one: why it failed, was refused, or waits. */
  reason?: string;
  errorCode?: string;
  /** What the account is called, for people; absent where it is not known. */
  accountName?: string;
  /** The path from the root to the organizational unit that the account lies in; absent where it is not known. */
  unit?: string;
  /** What said first that the resource has to be looked at; absent where it is not known. */
  detector?: Detector;
  /** Who opened the resource; absent where CloudTrail has not said it. The call's maker wrote parts of it: escape it where it is shown. */
  opened?: Opener;
  /** When the finding was first received, ISO 8601. */
  receivedAt: string;
  /** When it reached this state, ISO 8601. */
  at: string;
}
