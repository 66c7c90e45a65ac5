import type { Change, Plan, Violation } from '../controls/control';
import type { FindingIdentity } from './finding';
import type { JsonObject } from './json';

/** Credentials of a session in a member account, good for one finding. Never stored, logged or sent elsewhere. */
export interface SessionCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/**
 * What a remediation function is to do: `plan` reads and plans, with the read role's session; `apply` also fixes, with the
 * remediation role's; `undo` gives back what this occurrence's fixes took, with the remediation role's as well.
 */
export type RemediationMode = 'plan' | 'apply' | 'undo';

/** What the coordinator sends to a remediation function, in a synchronous invocation. */
export interface RemediationRequest {
  version: 1;
  mode: RemediationMode;
  finding: FindingIdentity;
  /** Occurrence number of the finding, from 1. */
  occurrence: number;
  /** Number of this attempt, from 1. Saved states are kept per attempt. */
  attempt: number;
  /** The control's parameters, as the policy resolved them; validated again by the control's schema. */
  parameters: JsonObject;
  /**
   * What the stop switch may be on for, apart from the whole organization: the account's id, and the ids of what it lies under,
   * the nearest first. Read right before every write.
   */
  place: string[];
  /** Whether a lossy plan may be applied without approval. */
  applyLossy: boolean;
  /** Digest of the only plan that may be applied, because somebody approved that one; see `planDigest`. */
  onlyPlan?: string;
  /** Whether to find out if the resource is as the fix left it. */
  tellFixStands?: true;
  /** Whether to find out who changed the resource last: it is opened again and again. */
  tellLastChange?: true;
  credentials: SessionCredentials;
}

/**
 * How a remediation ended.
 *
 * - `planned`: the resource is dangerous; `plan` says what would fix it. Nothing was changed. Also the answer to
 *   `apply` where the plan is lossy and `applyLossy` is false.
 * - `fixed`: the plan was applied, and the resource, read again, complies.
 * - `already-compliant`, `gone`: nothing to do.
 * - `changed`: somebody else changed the resource meanwhile, more often than a bounded number of new plans; for an undo,
 *   since the fix: `differences` says what.
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

/** What a remediation function answers. */
export interface RemediationResult {
  version: 1;
  outcome: RemediationOutcome;
  /** What was wrong in the live resource before any change; empty when compliant or gone. */
  violations: Violation[];
  /** The plan made from the live resource; absent when there was nothing to plan. */
  plan?: Plan;
  /** How many of the plan's changes, or of the undo's, were applied, also when a later one failed. */
  applied: number;
  /** What an undo gave back or took away, as far as it came. */
  given?: Change[];
  /** What differs from what the fix left behind, one sentence each; only for an undo that met a changed resource. */
  differences?: string[];
  /** Whether the resource is exactly as the fix left it, where that was asked for. */
  fixStands?: boolean;
  /** A write ended without an answer of AWS: it may have been made. */
  mayHaveWritten?: true;
  /** Who changed the resource last, apart from Staunch, where that was asked for and is known. */
  lastChange?: { by: string; event: string; at: string };
  /** Value of the resource's tag `staunch:exempt-until`, as its owners wrote it; absent where it has none. */
  exemptUntil?: string;
  /** A sentence for people; always there for `changed`, `refused` and `failed`. */
  reason?: string;
  /** AWS's error code, when AWS refused a call. */
  errorCode?: string;
}
