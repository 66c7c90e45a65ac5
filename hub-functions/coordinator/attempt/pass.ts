import { withRetries } from '../../../core/jittered';
import { askWith } from '../../../decision/cascade';
import type { AskedFacts } from '../../../decision/facts';
import { moveQuestion } from '../../../decision/fix-questions';
import { verdictOf } from '../../../decision/question';
import type { Verdict } from '../../../decision/verdict';
import { UnknownAccountError, UnresolvedPlaceError } from '../../../ledger/organization/place-errors';
import type { IntendedFix } from '../deciding/gate';
import { rulingFor } from '../deciding/ruling';
import { fixMilliseconds } from '../time-limits';
import type { Ended } from './ended';
import type { Run } from './run';

/** Whether the fix may be made now, or what comes in its place. */
export type Passed =
  | { next: 'fix' }
  | { next: 'wait'; verdict: Verdict }
  | Exclude<Ended, { next: 'record' }>;

/** Everything that an attempt at a fix has to pass; right before the first one, where the account lies is asked anew. */
export async function pass(run: Run, fix: IntendedFix): Promise<Passed> {
  if (run.remaining() < fixMilliseconds) return { next: 'put-back' };
  const held = await run.parts.gate.hold(fix);
  run.standing = standingBy(held) ?? run.standing;
  if (held) return { next: 'wait', verdict: held };
  if (fix.round > 1) return { next: 'fix' };
  const moved = await passMove(run, fix);
  if (moved.next !== 'fix') await giveBack(run, fix);
  return moved;
}

/** Whether a fix is backlog, by what holds it. What could not be read says nothing of that. */
function standingBy(held: Verdict | undefined): Run['standing'] {
  if (held?.state !== 'held') return 'cleared';
  if (held.heldBy === 'frozen') return 'backlog';
  return held.waitsFor === undefined && held.heldBy !== 'conflict' ? undefined : 'cleared';
}

async function passMove(run: Run, fix: IntendedFix): Promise<Passed> {
  try {
    const fresh = await freshRuling(run);
    const { course } = await askWith([moveQuestion], { ...fix.facts, freshRuling: fresh }, {});
    if (course?.do === 'ask-anew') return { next: 'ask-anew', ruling: course.ruling };
    const verdict = verdictOf(course);
    return verdict ? { next: 'wait', verdict } : { next: 'fix' };
  } catch (error) {
    await giveBack(run, fix);
    throw error;
  }
}

/** What the policy says where the account lies just now. */
async function freshRuling({ parts, subject }: Run): Promise<AskedFacts['freshRuling']> {
  const { policy, organization, now } = parts;
  const place = (accountId: string) =>
    withRetries(
      () => organization.freshPlace(accountId),
      parts,
      (error) => error instanceof UnresolvedPlaceError,
    );
  try {
    const ruling = await rulingFor(subject.identity, policy, { place }, now());
    return ruling.placeUnknown ? { unreadable: ruling.decidedBy } : ruling;
  } catch (error) {
    if (!(error instanceof UnknownAccountError)) throw error;
    return { unknownAccount: error.message };
  }
}

/** A slot that cannot be given back is free again within the hour. */
export async function giveBack(run: Run, fix: IntendedFix): Promise<void> {
  try {
    await run.parts.gate.giveBack(fix);
  } catch (error) {
    run.warn('A slot was not given back', error);
  }
}
