import type { Json } from './json';
import type { Change } from './plan';

/** One write of a fix: what was there right before it, and what it was about to change. It may have ended half-way. */
export interface FixStep extends Partial<StepResult> {
  /** As AWS answered; the resource type's remediation function knows its form. */
  before: Json;
  changes: readonly Change[];
}

/** The result of a step. A step without one is unconfirmed: how it ended is not known. */
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
  /** What was there after the last write, verified; absent where the end of the fix is unconfirmed. */
  after?: Json;
}
