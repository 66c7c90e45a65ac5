import { isSamePlan } from '../../core/plan-digest';
import type { Decision, FindingRecord, RecordIn } from '../findings/record';
import { TransitionError } from '../table/errors';
import { nameOf } from './checks';

/** What may be decided about: a plan that waits, another decision in the place of one, an approval that is withdrawn before its fix. */
export type Decidable = RecordIn<'waiting' | 'denied' | 'held' | 'failed' | 'given-up'>;

/**
 * Somebody decides about the plan that is shown. The last decision before the fix counts.
 * @throws TransitionError when nothing is to be decided, or another plan is shown
 */
export function decided(record: FindingRecord, decision: Decision): Decidable {
  if (!isDecidable(record) || planToDecideOn(record) !== decision.plan) {
    throw new TransitionError(`${nameOf(record)} does not wait with that plan.`);
  }
  return { ...record, decision };
}

function isDecidable(record: FindingRecord): record is Decidable {
  switch (record.state) {
    case 'waiting':
    case 'denied':
      return true;
    case 'held':
    case 'failed':
    case 'given-up':
      return record.decision !== undefined;
    default:
      return false;
  }
}

/**
 * The digest of the plan that is decided on. A look that saw nothing leaves none to show; an approval may be withdrawn all the
 * same, by the plan that it was given for.
 */
export function planToDecideOn(record: FindingRecord): string | undefined {
  switch (record.state) {
    case 'held':
    case 'failed':
    case 'given-up':
      return record.planDigest ?? record.decision?.plan;
    default:
      return record.planDigest;
  }
}

/** A plan in short. */
export interface PlanInShort {
  /** `planDigest`. */
  digest?: string | undefined;
  /** `earlierPlanDigest`; absent where it is not known. */
  earlier?: string | undefined;
}

/**
 * Whether a plan is the one that was decided on. A denial goes on holding where what goes with the same changes is only told
 * otherwise; who approves a lossy plan approves what was told to go with it.
 * @param of as the decision has it
 */
export function isDecidedOn(what: Decision['what'], of: string, { digest, earlier }: PlanInShort): boolean {
  if (digest === undefined) return false;
  if (of === digest || of === earlier) return true;
  return what === 'denied' && isSamePlan(of, digest);
}

/** Whether a decision counts now. An approval ends. */
export function counts(decision: Decision | undefined, now: Date): decision is Decision {
  return decision !== undefined && (decision.until === undefined || decision.until > now.toISOString());
}
