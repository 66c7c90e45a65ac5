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

/** What a person decided of a finding. */
export interface ReportedDecision {
  what: 'approved' | 'denied' | 'exempted' | 'undone';
  /** Who, for people. */
  by: string;
  /** When, ISO 8601. */
  at: string;
  /** Why, in the person's words; there for all but an approval that gave none. */
  reason?: string;
  /** Until when it counts, ISO 8601; a denial counts until its plan is another one. */
  until?: string;
}

/** Detail of a remediation report: what became of one finding. */
export interface RemediationReport {
  version: 1;
  /** The same for every delivery of the same report, so that a reader can drop repetitions. */
  reportId: string;
  /**
   * The how manieth report of this occurrence it is, from 1, so that a reader keeps their order and sees that one is missing; absent
   * in what versions before made.
   */
  sequence?: number;
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
  /** `planDigest` of the whole plan: what an approval, or a denial, of what is shown names. */
  planDigest?: string;
  /** The person's decision that counts now, or that led to this state. Holds a person's text: escape it where it is shown. */
  decision?: ReportedDecision;
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
  /** Name of the CloudFormation stack that made the resource; absent where none is known to have made it. */
  stack?: string;
  /** Who owns the resource, by the first of its tags that the policy takes for that. Its owners wrote it. */
  owner?: string;
  /** Those of its tags that the policy names for owners and routes, at most 50 with at most 8,000 bytes. Their owners wrote them. */
  tags?: Record<string, string>;
  /** When the finding was first received, ISO 8601. */
  receivedAt: string;
  /** When it reached this state, ISO 8601. */
  at: string;
}
