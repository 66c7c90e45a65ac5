import { createHash } from 'node:crypto';
import type { ReportedDecision } from '../../core/report';
import { isOpen } from '../../core/states';
import type { FindingRecord } from '../findings/record';
import type { Outcome } from './outcome';

/**
 * Whether a person's decision is another one than people were told of last: who decides, and wherever, the channel says so, and asks
 * nobody any more. Where they never heard of the finding, that none counts is no news.
 * @param decision that counts now, or led to the state
 */
export function isDecidedAnew(
  { lastDecision, lastReported }: Pick<FindingRecord, 'lastDecision' | 'lastReported'>,
  decision: ReportedDecision | undefined,
): boolean {
  if (decision === undefined && lastReported === undefined) return false;
  return decisionInShort(decision) !== lastDecision;
}

/**
 * A decision in short. When it was made is no part of it: an order that is carried out again, because whoever did so died, decides nothing
 * anew. Until when an approval counts goes by that time.
 */
export function decisionInShort(decision: ReportedDecision | undefined): string | undefined {
  if (decision === undefined) return undefined;
  const { what, by, reason, until } = decision;
  return shortOf([what, by, reason, what === 'approved' ? undefined : until]);
}

/**
 * Whether people should hear of a look's result by itself: not when it says the same as the last report, and not when there turned out to be
 * nothing wrong with a resource that they never heard of.
 */
export function isNews(
  { lastReported }: Pick<FindingRecord, 'lastReported'>,
  outcome: Outcome,
  digest = digestOf(outcome),
): boolean {
  if (outcome.state === 'held') {
    const { heldBy, waitsFor } = outcome;
    // Nothing was seen of it: of its account people hear, and not of each finding. Of backlog they get a list.
    if (heldBy === 'account' || heldBy === 'places' || heldBy === 'frozen') return false;
    // What holds it was told once, for all findings: only of the finding itself people should have heard. A minute's hold is none.
    if (heldBy !== 'conflict') return lastReported === undefined && waitsFor !== undefined;
  }
  if (lastReported === undefined) return outcome.state !== 'already-compliant' && outcome.state !== 'gone';
  return lastReported !== digest;
}

/**
 * What a report says, in short. AWS's wording of one and the same refusal varies, so its error code stands for it; what
 * is wrong is part of it only where somebody has to act on it.
 */
export function digestOf(outcome: Outcome): string {
  // How long it is held grows with each fix; that it is, is the news.
  if (outcome.state === 'held') return `held by ${outcome.heldBy}`;
  const { state, reason, violations, plan } = outcome;
  const errorCode = 'errorCode' in outcome ? outcome.errorCode : undefined;
  const what = isOpen(state) && state !== 'failed' ? { violations, plan } : {};
  return shortOf({ state, why: errorCode ?? reason, ...what });
}

function shortOf(said: unknown): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32);
}
