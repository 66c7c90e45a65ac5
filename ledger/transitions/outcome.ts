import type { Plan } from '../../core/plan';
import type { Flag, ReportedDecision } from '../../core/report';
import type { ClosedState } from '../../core/states';
import type { Violation } from '../../core/violation';
import type { HeldBy, Standing } from '../findings/record';

/** What every look says, however it ended. */
interface Said {
  /** Absent where it was not resolved. */
  flag?: Flag;
  decidedBy: string;
  violations: Violation[];
  plan?: Plan;
  omitted?: { violations: number; changes: number };
  reason?: string;
  /** When attempts changed the resource, or may have; as it stands where it is left out. */
  writes?: string[];
  /** All that the policy says of it, in short. */
  ruled?: string;
  /** The whole plan in short. */
  planDigest?: string;
  /** The plan of the look, in short; another one where AWS allowed only a lossy plan. */
  seenDigest?: string;
  /** Both plans as the version before told them in short: a decision may have been recorded so. */
  earlierDigests?: { plan?: string; seen?: string };
  /** Value of the resource's tag `staunch:exempt-until`, where the look saw one. */
  exemptUntil?: string;
  /** Name of the CloudFormation stack that made the resource, where a look saw its tag. */
  stack?: string;
  /** Those of the resource's tags that people are told of, where a look asked for them. */
  tags?: Record<string, string>;
  /** Nothing was seen of the resource: what was seen of it last stands. */
  unseen?: true;
  /** ISO 8601; until then a remediation function that gave no answer may still be at work, and nobody else starts. */
  busyUntil?: string;
}

/** What a look says that leaves the finding open. */
export interface OpenSaid extends Said {
  /** Whether an attempt may have changed the resource already. */
  fixBegun?: true;
  /** How an undo ended is unconfirmed, and nobody has seen the resource since. */
  undoing?: true;
  /** Whether its fix is backlog, or the policy exempts it, where that was asked. */
  standing?: Standing;
}

/** AWS's error code. */
interface Coded {
  errorCode?: string;
}

/** Something of which people hear no report: they hear of it together with others, or not at all. */
export interface Told {
  told?: 'together' | 'not';
}

/** How a look ended that leaves the finding held. */
export interface HeldOutcome extends OpenSaid, Coded, Told {
  state: 'held';
  heldBy: HeldBy;
  /** What wakes it; see `waits-for.ts`. */
  waitsFor?: string;
  /** ISO 8601; when the sweep looks again. */
  lookAgainAt?: string;
}

/** How a look ended that closes the finding. */
export interface ClosedOutcome extends Said {
  state: ClosedState;
  /** When DynamoDB may remove it, in seconds since the epoch. */
  expiresAt?: number;
}

/** How a look ended that failed: it is tried again, or given up. */
export type FailedOutcome =
  /** `nextAttemptAt`, ISO 8601: when the sweep tries again. */
  | ({ state: 'failed'; nextAttemptAt: string } & OpenSaid & Coded & Told)
  | ({ state: 'given-up'; lookAgainAt: string } & OpenSaid & Coded & Told);

/** How a look at a finding ended: what is to be recorded. Times when the sweep looks again are ISO 8601. */
export type Outcome =
  | ({ state: 'reported' } & OpenSaid & Coded & Told)
  | ({ state: 'waiting' | 'denied' } & OpenSaid & Told)
  /** `ordered`: the person's order, where that exempts it. */
  | ({ state: 'exempt' | 'undone'; lookAgainAt: string; ordered?: ReportedDecision } & OpenSaid & Told)
  | HeldOutcome
  | FailedOutcome
  | ClosedOutcome;
