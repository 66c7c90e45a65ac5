import type { FindingIdentity } from './finding';
import type { FixStep, StepResult } from './fix-step';
import type { Json, JsonObject } from './json';
import type { Change, Plan } from './plan';
import type { Violation } from './violation';

/** Credentials of a session in a member account, good for one finding. Never stored, logged or sent elsewhere. */
export interface SessionCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** What every request of the coordinator to a remediation function holds. */
export interface RequestBase {
  version: 2;
  finding: FindingIdentity;
  /** Occurrence number of the finding, from 1. */
  occurrence: number;
  /** Number of this attempt, from 1. */
  attempt: number;
  /** The control's parameters, as the policy resolved them; validated again by the control's schema. */
  parameters: JsonObject;
  credentials: SessionCredentials;
}

/** Reads and plans, with the read role's session. */
export interface PlanRequest extends RequestBase {
  mode: 'plan';
  /** Whether to find out who changed the resource last: it is opened again and again. */
  tellLastChange?: true;
}

/** Makes one plan, with the remediation role's session. The coordinator has saved what undoing it takes. */
export interface ApplyRequest extends RequestBase {
  mode: 'apply';
  /**
   * What the stop switch may be on for, apart from the whole organization: the account's id, and the ids of what it lies
   * under, the nearest first. Read right before every write.
   */
  place: string[];
  /** ISO 8601; from then on nothing may be written, because a freeze of the policy begins. */
  writeBefore?: string;
  /** Whether a lossy plan may be applied in place of one for which AWS leaves no room. */
  applyLossy: boolean;
  /**
   * The plan to make, and `stateDigest` of the reading that it was made from: nothing is written when the resource is not
   * like that any more. Absent where only what earlier attempts began is to be completed. `before` is that reading itself: parts of
   * it that are still so have not to be asked of AWS all together; without it, everything is read again.
   */
  fix?: { plan: Plan; state: string; before?: Json };
  /** Steps of earlier attempts at this occurrence which are not known to be made whole; they are completed too. */
  unfinished: FixStep[];
}

/** Gives back what this occurrence's fixes took, with the remediation role's session. */
export interface UndoRequest extends RequestBase {
  mode: 'undo';
  /** What was saved of the fix: JSON of `SavedHistory`, compressed with gzip, as base64. */
  history: string;
}

/** What the coordinator sends to a remediation function, in a synchronous invocation. */
export type RemediationRequest = PlanRequest | ApplyRequest | UndoRequest;

/** What a remediation function is to do. */
export type RemediationMode = RemediationRequest['mode'];

/**
 * How a remediation ended.
 *
 * - `planned`: the resource is dangerous; `plan` says what would fix it. Nothing was changed. Also the answer to `apply`
 *   where AWS allows only a lossy plan, and `applyLossy` is false.
 * - `fixed`: changes were made, and the resource, read again, complies.
 * - `already-compliant`, `gone`: nothing to do.
 * - `changed`: the resource is not, or no longer, as the request says; `look` says how it is now, where it was read. For an
 *   undo: it was changed since the fix, `differences` says what.
 * - `undone`: the resource, read again, is as it was before the fix; `applied` is 0 when it was so already.
 * - `stopped`: the stop switch is on for the account, or cannot be read; nothing was written since it was seen.
 * - `refused`: the fix, or the undo, cannot be made by any attempt, for the reason given.
 * - `failed`: AWS refused a call, or the resource still does not comply; another attempt may succeed.
 */
export type RemediationOutcome =
  | 'planned'
  | 'fixed'
  | 'already-compliant'
  | 'gone'
  | 'changed'
  | 'undone'
  | 'stopped'
  | 'refused'
  | 'failed';

/** A dangerous resource as it was read, and what would fix it. */
export interface DangerousLook {
  /** Everything that an undo needs, as AWS answered it. */
  state: Json;
  violations: Violation[];
  plan: Plan;
}

/** What a remediation function answers. It writes to no table: the coordinator saves what has to be kept. */
export interface RemediationResult {
  version: 2;
  outcome: RemediationOutcome;
  /** What was wrong in the live resource before any change; empty when compliant or gone. */
  violations: Violation[];
  /** The plan made from the live resource, or the one that was applied; absent when there was nothing to plan. */
  plan?: Plan;
  /**
   * The resource as it was read last, in the form that an undo needs: what the plan was made from, or what a fix or an undo
   * left behind. Absent where it could not be read, or is gone.
   */
  state?: Json;
  /** After `apply`: how the resource was seen last, where it is dangerous and another round may fix it. */
  look?: DangerousLook;
  /** How many changes were made, also when a later one failed. */
  applied: number;
  /** What came of the request's plan; absent where none of it was begun. */
  step?: StepResult;
  /** What came of completing each of the request's unfinished steps, in their order; shorter where that was not reached. */
  completed?: StepResult[];
  /** What an undo gave back or took away, as far as it came. */
  given?: Change[];
  /** What differs from what the fix left behind, one sentence each; only for an undo that met a changed resource. */
  differences?: string[];
  /** A write ended without an answer of AWS: it may have been made. */
  mayHaveWritten?: true;
  /** The stop switch could not be read: that counts as on, and may be over in a moment. */
  switchUnreadable?: true;
  /** Who changed the resource last, apart from Staunch, where that was asked for and is known. */
  lastChange?: { by: string; event: string; at: string };
  /** Value of the resource's tag `staunch:exempt-until`, as its owners wrote it; absent where it has none. */
  exemptUntil?: string;
  /** Name of the CloudFormation stack that made the resource, where a look saw its tag. */
  stack?: string;
  /** The resource's tags by their keys, as their owners wrote them, where a look asked for them. */
  tags?: Record<string, string>;
  /** A sentence for people; always there for `changed`, `refused` and `failed`. */
  reason?: string;
  /** AWS's error code, when AWS refused a call. */
  errorCode?: string;
}
