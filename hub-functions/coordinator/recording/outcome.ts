import { cut } from '../../../core/cut';
import type { Plan } from '../../../core/plan';
import { earlierPlanDigest, planDigest } from '../../../core/plan-digest';
import { present } from '../../../core/present';
import type { Ruling } from '../../../decision/finding-ruling';
import type { HeldVerdict, Verdict } from '../../../decision/verdict';
import type { Received } from '../../../ledger/findings/record';
import { maximumTries } from '../../../ledger/transitions/maximum-tries';
import type { OpenSaid, Outcome } from '../../../ledger/transitions/outcome';
import { orphanMilliseconds } from '../time-limits';
import { backoffMilliseconds } from './backoff';
import { bounded, type Findings } from './bounded';

const minuteMilliseconds = 60_000;
const dayMilliseconds = 24 * 60 * minuteMilliseconds;
/** AWS's error codes are far shorter. */
const longestCode = 200;
/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices */
const longestTag = 256;

/** The result of an attempt: a verdict, and what was found. */
export interface Worked {
  verdict: Verdict;
  ruling: Ruling;
  findings: Findings;
  /** Nothing was seen of the resource. */
  unseen?: true;
  /** The plan of the look, where there was one. */
  seen?: Plan;
  /** Value of the resource's tag `staunch:exempt-until`, where the look saw one. */
  exemptUntil?: string;
  /** Whether an attempt may have changed the resource without reaching its end. */
  fixBegun: boolean;
  /** When attempts at this occurrence changed the resource, or may have; as the record has it where it is left out. */
  writes?: string[];
  /** How an undo ended is unconfirmed, and nobody has seen the resource since. */
  undoing?: true;
  /** Whether a remediation function that changes things may still be at work. */
  unconfirmed?: true;
}

/**
 * What the ledger records. A failure is due again after a pause that grows with the tries; after the last one it is given
 * up, and looked at once a day.
 */
export function settledOutcome(worked: Worked, tries: number, now: Date): Outcome {
  const { verdict, fixBegun, undoing } = worked;
  const said = saidBy(worked, now);
  const open = { ...said, ...(fixBegun && { fixBegun }), ...present({ undoing }) };
  switch (verdict.state) {
    case 'fixed':
    case 'already-compliant':
    case 'gone':
      return { ...said, state: verdict.state };
    case 'waiting':
    case 'denied':
      return { ...open, state: verdict.state };
    case 'reported':
      return { ...open, state: verdict.state, ...errorCodeOf(verdict) };
    case 'exempt':
    case 'undone':
      return {
        ...open,
        state: verdict.state,
        lookAgainAt: verdict.lookAgainAt,
        ...present({ ordered: verdict.ordered }),
      };
    case 'held': {
      const { state, heldBy, waitsFor } = verdict;
      const lookAgainAt = restOf(verdict, now);
      return { ...open, state, heldBy, ...present({ waitsFor, lookAgainAt }), ...errorCodeOf(verdict) };
    }
    case 'given-up':
      return { ...open, state: verdict.state, ...errorCodeOf(verdict), lookAgainAt: tomorrow(now) };
    case 'failed':
      return failure({ ...open, ...errorCodeOf(verdict) }, tries, now);
  }
}

function failure(said: OpenSaid & { errorCode?: string }, tries: number, now: Date): Outcome {
  if (tries < maximumTries) {
    const nextAttemptAt = new Date(now.getTime() + backoffMilliseconds(tries)).toISOString();
    return { ...said, state: 'failed', nextAttemptAt };
  }
  const reason = `Given up after ${maximumTries} tries. ${said.reason ?? ''}`.trim();
  return { ...said, state: 'given-up', reason, lookAgainAt: tomorrow(now) };
}

/** What is recorded of every attempt, bounded. */
function saidBy({ verdict, ruling, findings, ...worked }: Worked, now: Date) {
  const { violations, plan, reason, omitted } = bounded({
    violations: findings.violations,
    ...present({ plan: findings.plan, reason: verdict.reason }),
  });
  const { unseen, seen, exemptUntil, writes, unconfirmed } = worked;
  return {
    decidedBy: ruling.decidedBy,
    violations,
    ...present({
      flag: ruling.flag,
      unseen,
      plan,
      omitted,
      reason,
      planDigest: findings.plan && planDigest(findings.plan),
      seenDigest: seen && planDigest(seen),
      earlierDigests: seen && {
        seen: earlierPlanDigest(seen),
        ...present({ plan: findings.plan && earlierPlanDigest(findings.plan) }),
      },
      exemptUntil: exemptUntil === undefined ? undefined : shownTag(exemptUntil),
      writes,
      busyUntil: unconfirmed && new Date(now.getTime() + orphanMilliseconds).toISOString(),
    }),
  };
}

/** A tag's value, as it is recorded. It crosses from a function that reads strangers' text. */
export function shownTag(value: string): string {
  return cut(value, longestTag, '');
}

/** It crosses from a function that reads strangers' text. */
function errorCodeOf({ errorCode }: { errorCode?: string }): { errorCode?: string } {
  return errorCode ? { errorCode: cut(errorCode, longestCode, '') } : {};
}

/** The outcome for what cannot be looked at as things are: what was seen of it last stands, and what is unconfirmed. */
export function givenUpOutcome({ fixBegun, undoing }: Received, reason: string, now: Date): Outcome {
  return {
    state: 'given-up',
    decidedBy: 'no flag was asked for',
    violations: [],
    unseen: true,
    ...present({ fixBegun, undoing }),
    reason,
    lookAgainAt: tomorrow(now),
  };
}

/** The outcome for what went with its account: nothing is left to look at, and no later look would find any. */
export function goneOutcome(reason: string): Outcome {
  return { state: 'gone', decidedBy: 'no flag was asked for', violations: [], unseen: true, reason };
}

/** A fix that met the stop switch half-way does not say which scope it is: that is asked in a moment. */
function restOf({ heldBy, waitsFor, lookAgainAt }: HeldVerdict, now: Date): string | undefined {
  if (lookAgainAt !== undefined || heldBy !== 'stop' || waitsFor !== undefined) return lookAgainAt;
  return new Date(now.getTime() + minuteMilliseconds).toISOString();
}

function tomorrow(now: Date): string {
  return new Date(now.getTime() + dayMilliseconds).toISOString();
}
