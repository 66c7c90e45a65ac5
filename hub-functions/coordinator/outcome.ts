import type { CompiledPolicy } from '../../config/compiled';
import { planDigest } from '../../core/plan-digest';
import { isOpen } from '../../core/states';
import type { Ruling } from '../../decision/finding-ruling';
import type { Verdict } from '../../decision/verdict';
import type { FindingRecord } from '../../ledger/record';
import { maximumTries, type Outcome } from '../../ledger/transitions';
import { backoffMilliseconds } from './backoff';
import { bounded, type Findings } from './bounded';
import type { Answer } from './remediation-result';
import { orphanMilliseconds } from './time-limits';

const minuteMilliseconds = 60_000;
const dayMilliseconds = 24 * 60 * minuteMilliseconds;
const marginDays = 7;
/** AWS's error codes are far shorter. */
const longestCode = 200;
/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices */
const longestTag = 256;

/** The result of an attempt: a verdict, and what was found. */
export interface Worked {
  verdict: Verdict;
  ruling: Ruling;
  findings: Findings;
  /** Digest of the plan of the look, where there was one. */
  seenDigest?: string;
  /** Value of the resource's tag `staunch:exempt-until`, where the look saw one. */
  exemptUntil?: string;
  /** Whether an attempt may have changed the resource without reaching its end. */
  fixBegun: boolean;
  /** When attempts at this occurrence changed the resource, or may have; as the record has it where it is left out. */
  writes?: string[];
  /** Whether a remediation function that changes things may still be at work. */
  unheard?: true;
}

/** Whether a fix, or an undo, may have changed the resource; also where a write whose answer was lost turned out to be enough. */
export function mayHaveChanged({ applied, unheard, mayHaveWritten, step, completed = [] }: Answer): boolean {
  if (applied > 0 || unheard === true || mayHaveWritten === true) return true;
  return [step, ...completed].some((result) => result?.unsure === true);
}

/**
 * What the ledger records. A failure is due again after a pause that grows with the tries; after the last one it is given
 * up, and looked at once a day.
 */
export function settledOutcome(worked: Worked, tries: number, now: Date): Outcome {
  const { verdict, ruling, findings, fixBegun, writes } = worked;
  const { violations, plan, reason, omitted } = bounded({
    violations: findings.violations,
    ...(findings.plan && { plan: findings.plan }),
    ...(verdict.reason !== undefined && { reason: verdict.reason }),
  });
  const lookAgainAt = restOf(verdict, now);
  const outcome: Outcome = {
    state: verdict.state,
    decidedBy: ruling.decidedBy,
    ...(ruling.flag && { flag: ruling.flag }),
    violations,
    ...(plan && { plan }),
    ...(omitted && { omitted }),
    ...(reason !== undefined && { reason }),
    // It crosses from a function that reads strangers' text.
    ...(verdict.errorCode && { errorCode: verdict.errorCode.slice(0, longestCode) }),
    ...(verdict.heldBy && { heldBy: verdict.heldBy }),
    ...(verdict.waitsFor !== undefined && { waitsFor: verdict.waitsFor }),
    ...(lookAgainAt && { lookAgainAt }),
    ...(worked.findings.plan && { planDigest: planDigest(worked.findings.plan) }),
    ...(worked.seenDigest && { seenDigest: worked.seenDigest }),
    ...(worked.exemptUntil !== undefined && { exemptUntil: worked.exemptUntil.slice(0, longestTag) }),
    ...(writes && { writes }),
    ...(fixBegun && isOpen(verdict.state) && { fixBegun }),
    ...(worked.unheard && { busyUntil: new Date(now.getTime() + orphanMilliseconds).toISOString() }),
  };
  if (outcome.state === 'given-up') return { ...outcome, lookAgainAt: tomorrow(now) };
  if (outcome.state !== 'failed') return outcome;
  if (tries >= maximumTries) {
    const given = `Given up after ${maximumTries} tries. ${reason ?? ''}`.trim();
    return { ...outcome, state: 'given-up', reason: given, lookAgainAt: tomorrow(now) };
  }
  return { ...outcome, nextAttemptAt: new Date(now.getTime() + backoffMilliseconds(tries)).toISOString() };
}

/** The outcome for what cannot be looked at as things are. */
export function givenUpOutcome(reason: string, now: Date): Outcome {
  return {
    state: 'given-up',
    decidedBy: 'no flag was asked for',
    violations: [],
    reason,
    lookAgainAt: tomorrow(now),
  };
}

/**
 * The outcome with its time of expiry, where it closes the finding. What was saved of a fix is kept as long as its finding,
 * and for as long as the fix may be undone.
 */
export function withExpiry(
  outcome: Outcome,
  { saved }: Pick<FindingRecord, 'saved'>,
  retention: CompiledPolicy['retention'],
  now: Date,
): Outcome {
  if (isOpen(outcome.state)) return outcome;
  const expires = expiryOf({ saved: saved === true }, retention, now);
  return { ...outcome, expiresAt: Math.ceil(expires.getTime() / 1000) };
}

/** When a finding that is closed now may be removed from the ledger. */
export function expiryOf(
  { saved }: { saved: boolean },
  { findingsDays, undoDays }: CompiledPolicy['retention'],
  now: Date,
): Date {
  const days = saved ? Math.max(findingsDays, undoDays) : findingsDays;
  return new Date(now.getTime() + days * dayMilliseconds);
}

/**
 * Until when what was saved of a fix is kept: longer than the record itself, so that nothing of a fix is gone while its
 * finding still shows it. DynamoDB removes what has expired within a few days:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
export function keptUntil(expiry: Date): Date {
  return new Date(expiry.getTime() + marginDays * dayMilliseconds);
}

/** A fix that met the stop switch half-way does not say which scope it is: that is asked in a moment. */
function restOf({ heldBy, waitsFor, lookAgainAt }: Verdict, now: Date): string | undefined {
  if (lookAgainAt !== undefined || heldBy !== 'stop' || waitsFor !== undefined) return lookAgainAt;
  return new Date(now.getTime() + minuteMilliseconds).toISOString();
}

function tomorrow(now: Date): string {
  return new Date(now.getTime() + dayMilliseconds).toISOString();
}
