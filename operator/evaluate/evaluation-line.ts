import type { Compliance } from '../../core/evaluation';
import type { Plan } from '../../core/plan';
import type { Violation } from '../../core/violation';

/** What is said of one resource that was evaluated. */
export type EvaluationLine = {
  /** The control's id; only where several controls were asked for. */
  control?: string;
} & (
  | {
      /** Its id or name; null where the input does not say. */
      resource: string | null;
      compliance: Compliance;
      /** Why the resource cannot be decided from the input alone; only where there is such a reason. */
      undecided?: string;
      violations: Violation[];
      plan: Plan['changes'];
      /** Only where the plan takes something harmless along, with what it is. */
      lossy?: true;
      losses?: string[];
    }
  /** `line` is there for JSON Lines. */
  | { line?: number; resource: string | null; error: string }
);
