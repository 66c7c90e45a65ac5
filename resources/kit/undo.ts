import type { FixHistory } from '../../core/fix-step';
import type { Json } from '../../core/json';
import type { Change } from '../../core/plan';

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
