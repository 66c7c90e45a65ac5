import { createHash } from 'node:crypto';
import type { Change, Plan } from './plan';

/**
 * A plan in short: its changes, and where it is lossy its losses, in whatever order AWS listed what they are about. The sentences of
 * changes are no part of it: a release that words one otherwise does the same. What goes with a plan has no other form than its
 * sentences.
 */
export function planDigest({ changes, losses }: Plan): string {
  const made = shortened(changes.map(essenceOf).sort(), 32);
  return losses.length === 0 ? made : `${made}.${shortened(losses.toSorted(), 16)}`;
}

/** Whether two digests are of plans that make the same, and that are lossy both or neither; however their losses are told. */
export function isSamePlan(one: string, other: string): boolean {
  const [changes, losses] = one.split('.');
  const [otherChanges, otherLosses] = other.split('.');
  return changes === otherChanges && (losses === undefined) === (otherLosses === undefined);
}

/** A plan in short as the version before this one told it: with its sentences. Decisions may have been recorded so. */
export function earlierPlanDigest({ changes, losses }: Plan): string {
  return shortened([changes.map((change) => JSON.stringify(change)).sort(), losses.toSorted()], 32);
}

function essenceOf({ text: _text, ...change }: Change): string {
  return JSON.stringify(Object.entries(change).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function shortened(said: unknown, characters: number): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, characters);
}
