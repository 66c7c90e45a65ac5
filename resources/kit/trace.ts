import { changesMadeIn, type FixHistory } from '../../core/fix-step';
import type { Json } from '../../core/json';
import type { Change } from '../../core/plan';

/** A part of a resource that a write replaces as a whole. */
export interface Part<Saved, Value> {
  /** The actions of the changes that write it. */
  actions: ReadonlySet<string>;
  of(saved: Saved): Value;
  /** What changes of this part make of it. */
  after(saved: Saved, changes: readonly Change[]): Value;
  /** Whether two values mean the same, as far as both show it. */
  same(one: Value, other: Value): boolean;
  /** Whether all is still there that changes of this part take, so that they cannot have been made. */
  isUntaken(value: Value, changes: readonly Change[]): boolean;
  /** Of two values that mean the same, the one that shows more. */
  fuller(one: Value, other: Value): Value;
}

/** What a fix did to one part of a resource. */
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

/** A fix's history, with its saved states read. */
export interface ReadHistory<Saved> {
  steps: readonly { saved: Saved; changes: readonly Change[] }[];
  after?: Saved;
}

/**
 * Reads the saved states of a history.
 * @param read reads one; throws ResourceInputError when it cannot be understood
 */
export function readHistory<Saved>(
  { steps, after }: FixHistory,
  read: (state: Json) => Saved,
): ReadHistory<Saved> {
  return {
    steps: steps.map((step) => ({ saved: read(step.before), changes: changesMadeIn(step) })),
    ...(after === undefined ? {} : { after: read(after) }),
  };
}

/**
 * Follows one part of a resource through a fix. Each write of a fix replaces the part as a whole, and, where a write is
 * unconfirmed, may not have been made: the next step then meets what the one before met. Where it meets something else that still holds all that was to be
 * taken, somebody changed the part right before the write, which therefore was not made: what was there before the fix is
 * what they made of it.
 */
export function trace<Saved, Value>(
  { steps, after }: ReadHistory<Saved>,
  part: Part<Saved, Value>,
): Trace<Value> {
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
function writtenIn<Saved, Value>(
  part: Part<Saved, Value>,
  { saved, changes }: ReadHistory<Saved>['steps'][number],
): { left: Value; changes: readonly Change[] } | undefined {
  return changes.length === 0 ? undefined : { left: part.after(saved, changes), changes };
}
