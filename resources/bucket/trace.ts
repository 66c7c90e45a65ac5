import { changesMadeIn, type FixHistory } from '../../core/fix-step';
import type { BucketChange } from './changes';
import { type BucketPart, bucketChangesOf, type SavedBucket, savedBucket } from './parts';

/** What a fix did to one part of a bucket. */
export type Trace<Value> =
  /** Nothing; `left` is how the part was when the fix ended. */
  | { kind: 'untouched'; left: Value }
  /** `original` is what the fix met, and `left` what it made of it. */
  | { kind: 'touched'; original: Value; left: Value }
  /** Somebody else wrote it between two writes of the fix, so that no single state was there before the fix. */
  | { kind: 'mixed' };

/** What a fix did to a part that it wrote. */
export type Touched<Value> = Extract<Trace<Value>, { kind: 'touched' }>;

/** What becomes of a part that a fix wrote. */
export interface Undone<Write> {
  /** Absent where nothing has to be written, or nothing may be. */
  write?: Write;
  /** Why it cannot be restored exactly, one sentence each. */
  differences: readonly string[];
}

/** A fix's history, read. */
export interface BucketHistory {
  steps: readonly { saved: SavedBucket; changes: readonly BucketChange[] }[];
  after?: SavedBucket;
}

/** @throws ResourceInputError when a saved state cannot be understood */
export function readHistory({ steps, after }: FixHistory): BucketHistory {
  return {
    steps: steps.map((step) => ({
      saved: savedBucket(step.before),
      changes: bucketChangesOf(changesMadeIn(step)),
    })),
    ...(after === undefined ? {} : { after: savedBucket(after) }),
  };
}

/**
 * Follows one part of a bucket through a fix. Each write of a fix replaces the part as a whole, and, where a write is
 * unconfirmed, may not have been made: the next step then meets what the one before met. Where it meets something else that still holds all that was to be
 * taken, somebody changed the part right before the write, which therefore was not made: what was there before the fix is
 * what they made of it.
 */
export function trace<Value>({ steps, after }: BucketHistory, part: BucketPart<Value>): Trace<Value> {
  const [first, ...later] = steps.map(({ saved, changes }) => ({
    saved,
    changes: changes.filter(({ action }) => part.actions.has(action)),
  }));
  if (first === undefined) return { kind: 'mixed' };
  let met = part.of(first.saved);
  let written = writtenIn(part, first);
  for (const step of [...later, ...(after ? [{ saved: after, changes: [] }] : [])]) {
    const value = part.of(step.saved);
    if (written === undefined) {
      met = part.same(met, value) ? part.fuller(met, value) : value;
    } else if (!part.same(value, written.left) && !part.same(value, met)) {
      if (!part.isUntaken(value, written.changes)) return { kind: 'mixed' };
      written = undefined;
      met = value;
    }
    written = writtenIn(part, step) ?? written;
  }
  return written === undefined
    ? { kind: 'untouched', left: met }
    : { kind: 'touched', original: met, left: written.left };
}

/** What a step makes of the part; undefined where it does not touch it. */
function writtenIn<Value>(
  part: BucketPart<Value>,
  { saved, changes }: BucketHistory['steps'][number],
): { left: Value; changes: readonly BucketChange[] } | undefined {
  return changes.length === 0 ? undefined : { left: part.after(saved, changes), changes };
}
