import type { FixStep, StepResult } from '../../core/fix-step';
import type { Json } from '../../core/json';
import type { Change, Plan } from '../../core/plan';
import { present } from '../../core/present';
import type { RemediationOutcome, RemediationResult } from '../../core/remediation';
import type { Violation } from '../../core/violation';
import type { Look } from './look';

export type Dangerous = Look & { kind: 'dangerous' };
export type Compliant = Look & { kind: 'compliant' };
/** Why an application ended as it did. */
export type Why = Pick<RemediationResult, 'reason' | 'errorCode' | 'switchUnreadable'>;

const answerLost =
  "It complies after a write whose answer was lost: Staunch's own write did it, as far as can be told.";

/** Outcomes that no lost answer makes doubtful. */
const certain: readonly RemediationOutcome[] = ['fixed', 'gone'];

/** What one application of a fix has seen and made so far, and the answer that follows from it. */
export class ApplyProgress {
  violations: Violation[] = [];
  plan: Plan | undefined;
  /** The result of the request's own step, once it was begun. */
  step: StepResult | undefined;
  readonly completed: StepResult[] = [];
  /** The request's own step, while it is not known to be made whole. */
  own: FixStep | undefined;
  #exemptUntil: string | undefined;
  #state: Json | undefined;
  /** How it was seen last, where it was dangerous then. */
  #dangerous: Dangerous | undefined;

  /** The resource was looked at. */
  saw(seen: Look): void {
    this.#state = seen.kind === 'gone' ? undefined : seen.reading.before;
    if (seen.kind !== 'gone') this.#exemptUntil = seen.reading.exemptUntil;
    this.#dangerous = seen.kind === 'dangerous' ? seen : undefined;
  }

  /** After a write nobody knows how the resource is now. */
  forgetSight(): void {
    this.#dangerous = undefined;
  }

  /** The own step was made in another go. */
  alsoMade(result: StepResult): void {
    this.step = together(this.step, result);
  }

  /** Whether a write was begun, however it ended. */
  get tried(): boolean {
    return this.step !== undefined || this.completed.length > 0;
  }

  get made(): readonly Change[] {
    return [...(this.step?.made ?? []), ...this.completed.flatMap(({ made }) => made)];
  }

  /** Whether the answer to a write was lost. */
  get unsure(): boolean {
    return this.step?.unsure === true || this.completed.some(({ unsure }) => unsure);
  }

  /** Whether anything was written, or may have been. */
  get wrote(): boolean {
    return this.made.length > 0 || this.unsure;
  }

  /** The answer where the resource is not dangerous, as far as it was seen. */
  harmless(seen: Exclude<Look, { kind: 'dangerous' }>): RemediationResult {
    if (seen.kind === 'refused') {
      if (seen.violations.length > 0) this.violations = seen.violations;
      // Right after a write, of whomever, AWS may still contradict itself; the next attempt sees whether it goes on to.
      return this.answer(this.tried ? 'failed' : 'refused', { reason: seen.reason });
    }
    if (seen.kind === 'compliant' && this.wrote) {
      return this.answer('fixed', this.unsure ? { reason: answerLost } : {});
    }
    if (!this.wrote) {
      // Whatever an earlier look of this attempt saw, nothing came of it.
      this.violations = [];
      this.plan = undefined;
    }
    return this.answer(seen.kind === 'gone' ? 'gone' : 'already-compliant');
  }

  answer(outcome: RemediationOutcome, why: Why = {}): RemediationResult {
    const { violations, plan, step, made, completed } = this;
    return {
      version: 2,
      outcome,
      violations,
      ...present({ plan, state: this.#state }),
      ...(this.#dangerous && outcome !== 'planned' && { look: lookOf(this.#dangerous) }),
      applied: made.length,
      ...present({ step }),
      ...(completed.length > 0 && { completed: [...completed] }),
      ...(this.unsure && !certain.includes(outcome) && { mayHaveWritten: true as const }),
      ...present({ exemptUntil: this.#exemptUntil }),
      ...why,
    };
  }
}

function lookOf({ reading, violations, plan }: Dangerous) {
  return { state: reading.before, violations, plan };
}

/** What came of a step in two goes; a change that both made counts once. */
function together(first: StepResult | undefined, second: StepResult): StepResult {
  const unsure = first?.unsure || second.unsure;
  return { made: [...new Set([...(first?.made ?? []), ...second.made])], ...(unsure && { unsure: true }) };
}
