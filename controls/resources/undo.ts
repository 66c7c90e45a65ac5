import type { Json } from '../../contract/json';
import type { Change } from '../control';

/** One write of a fix: what was there right before it, and what it was about to change. It may have ended half-way. */
export interface FixStep extends Partial<StepResult> {
  /** As AWS answered; the resource type's remediation function knows its form. */
  before: Json;
  changes: readonly Change[];
}

/** What came of a step. A step without one is a step of which nobody heard how it ended. */
export interface StepResult {
  /** Those of its changes that AWS confirmed. */
  made: readonly Change[];
  /** The answer to one of its writes was lost: changes that are not confirmed may have been made as well. */
  unsure?: true;
}

/** The changes of a step that were made; where nobody knows, all those which may have been. */
export function changesMadeIn({ changes, made, unsure }: FixStep): readonly Change[] {
  return made === undefined || unsure ? changes : made;
}

/** Everything that was saved of one occurrence's fixes. */
export interface FixHistory {
  /** The oldest first; never empty. */
  steps: readonly [FixStep, ...FixStep[]];
  /** What was there after the last write, verified; absent when nobody heard how it ended. */
  after?: Json;
}

/**
 * How a fix is undone: by `changes`, none of them when all that the fix took is there again; or not at all, because what the fix
 * touched was `changed` since, or cannot be restored exactly, with what differs, one sentence each.
 */
export type UndoPlan =
  | { kind: 'undo'; changes: readonly Change[] }
  | { kind: 'changed'; differences: readonly string[] };

/**
 * Plans an undo, purely. What the fix touched has to be as the fix left it, or as it was before: an earlier undo may have stopped
 * half-way. What the fix did not touch may have changed since, and stays as it is now.
 * @param now the resource as AWS answered just now, in the form of a saved state
 * @throws ResourceInputError when a saved state cannot be understood
 * @throws RefusedError when what is there now cannot be written back as it is
 */
export type PlanUndo = (history: FixHistory, now: Json) => UndoPlan;
