import type { FixStep, StepResult } from '../../core/fix-step';
import type { Json } from '../../core/json';
import type { Change, Plan } from '../../core/plan';
import type { RemediationOutcome, RemediationResult } from '../../core/remediation';
import { stateDigest } from '../../core/state-digest';
import type { Violation } from '../../core/violation';
import { mayHaveBeenMade } from '../../resources/kit/aws-error';
import { ChangedMeanwhileError, LossyOnlyError, type Reading } from '../../resources/kit/live-resource';
import { failureOf } from './failure';
import { type Look, type LookTask, look } from './look';

/** One resource to fix, and all that it takes. */
export interface ApplyTask extends LookTask {
  /** The plan to make, and `stateDigest` of the reading that it was made from; absent to complete earlier steps only. */
  fix?: { plan: Plan; state: string };
  /** Whether a lossy plan may be applied in place of one for which AWS leaves no room. */
  applyLossy: boolean;
  /** Steps of earlier attempts which are not known to be made whole. */
  unfinished: readonly FixStep[];
}

const answerLost =
  "It complies after a write whose answer was lost: Staunch's own write did it, as far as can be told.";

/** Outcomes that no lost answer makes doubtful. */
const certain: readonly RemediationOutcome[] = ['fixed', 'gone'];

type Dangerous = Look & { kind: 'dangerous' };
type Compliant = Look & { kind: 'compliant' };

/**
 * Makes one plan, if the resource is still as it was when the plan was made; completes what earlier attempts began; reads
 * again, and calls it fixed only if it complies then. What has to be saved was saved by the coordinator; the answer tells it
 * what came of each step.
 *
 * A fix that only a lossy plan can make, because AWS did not allow the lossless one, is answered as `planned` with the
 * lossy plan, so that it can be approved.
 * @returns the outcome; AWS's refusals are outcomes, never exceptions
 */
export async function applyFix(task: ApplyTask): Promise<RemediationResult> {
  const run = new Application(task);
  try {
    return await run.run();
  } catch (error) {
    return run.ended(error);
  }
}

class Application {
  #violations: Violation[] = [];
  #plan: Plan | undefined;
  #exemptUntil: string | undefined;
  #state: Json | undefined;
  /** How it was seen last, where it was dangerous then. */
  #dangerous: Dangerous | undefined;
  #step: StepResult | undefined;
  readonly #completed: StepResult[] = [];
  /** The request's own step, while it is not known to be made whole. */
  #own: FixStep | undefined;

  constructor(private readonly task: ApplyTask) {}

  async run(): Promise<RemediationResult> {
    const { fix } = this.task;
    const first = await this.#look();
    if (first.kind === 'compliant') return this.#complete(first);
    if (first.kind !== 'dangerous') return this.#harmless(first);
    this.#violations = first.violations;
    this.#plan = first.plan;
    if (!fix) return this.#answer('changed', { reason: 'It is dangerous again.' });
    if (stateDigest(first.reading.before) !== fix.state) {
      return this.#answer('changed', {
        reason: 'The resource is not any more as it was when it was planned.',
      });
    }
    const changed = await this.#write(fix.plan, first.reading);
    const since = await this.#look();
    if (since.kind === 'compliant') return this.#complete(since);
    if (since.kind !== 'dangerous') return this.#harmless(since);
    return changed
      ? this.#answer('changed', { reason: `Somebody else changed the resource: ${changed.message}` })
      : this.#answer('failed', {
          reason: 'The plan was applied, and the resource, read again, still does not comply.',
        });
  }

  /**
   * Makes the plan.
   * @returns the error when somebody else changed the resource meanwhile, or when an answer was lost and it complies since
   * @throws whatever else stopped it
   */
  async #write(plan: Plan, reading: Reading): Promise<Error | undefined> {
    this.#plan = plan;
    this.#own = { before: reading.before, changes: plan.changes };
    const made: Change[] = [];
    let end: unknown;
    try {
      await this.#applied(plan, reading, made);
      this.#own = undefined;
      return undefined;
    } catch (error) {
      end = error;
      if (error instanceof ChangedMeanwhileError) return error;
      if (!(error instanceof Error) || !mayHaveBeenMade(error)) throw error;
    } finally {
      this.#step = { made, ...(mayHaveBeenMade(end) && { unsure: true }) };
    }
    const since = await this.#look();
    if (since.kind === 'compliant') return undefined;
    throw end;
  }

  /** Applies a plan; where AWS allows only a lossy one and that may be applied, applies it instead. */
  async #applied(plan: Plan, reading: Reading, made: Change[]): Promise<void> {
    const { live, applyLossy } = this.task;
    const onApplied = (changes: readonly Change[]) => made.push(...changes);
    try {
      await live.apply(plan, reading, onApplied);
    } catch (error) {
      if (!(error instanceof LossyOnlyError && applyLossy)) throw error;
      // What it changes is part of the changes that were saved with the plan which it replaces.
      this.#plan = error.plan;
      await live.apply(error.plan, reading, onApplied);
    }
  }

  /** A step that stopped half-way is made whole, also where what it made is enough to comply. */
  async #complete(compliant: Compliant): Promise<RemediationResult> {
    const { live, unfinished } = this.task;
    if (!live.complete) return this.#harmless(compliant);
    for (const step of unfinished) {
      await this.#completeStep(step, (result) => this.#completed.push(result));
    }
    if (this.#own) {
      await this.#completeStep(this.#own, (result) => {
        this.#step = together(this.#step, result);
      });
      this.#own = undefined;
    }
    if (this.#made().length === 0 && !this.#isUnsure()) return this.#harmless(compliant);
    const after = await this.#look();
    if (after.kind !== 'dangerous') return this.#harmless(after);
    return this.#answer('changed', { reason: 'Somebody else made it dangerous again meanwhile.' });
  }

  /** @param tell hears what came of it, also when it fails */
  async #completeStep(step: FixStep, tell: (result: StepResult) => void): Promise<void> {
    const made: Change[] = [];
    let end: unknown;
    try {
      await this.task.live.complete?.(step, (changes) => made.push(...changes));
    } catch (error) {
      end = error;
      throw error;
    } finally {
      tell({ made, ...(mayHaveBeenMade(end) && { unsure: true }) });
    }
  }

  /** How an error ends the attempt. */
  ended(error: unknown): RemediationResult {
    if (error instanceof LossyOnlyError) {
      this.#plan = error.plan;
      if (this.task.applyLossy) return this.#answer('refused', { reason: error.message });
      if (this.#made().length === 0) return this.#answer('planned', { reason: error.message });
      const reason = `A part was applied; the rest needs another approval. ${error.message}`;
      return this.#answer('failed', { reason });
    }
    // After a write nobody knows how it is now.
    if (this.#step) this.#dangerous = undefined;
    const { outcome, ...why } = failureOf(error);
    return this.#answer(outcome, why);
  }

  async #look(): Promise<Look> {
    const seen = await look(this.task, this.#tried);
    this.#state = seen.kind === 'gone' ? undefined : seen.reading.before;
    if (seen.kind !== 'gone') this.#exemptUntil = seen.reading.exemptUntil;
    this.#dangerous = seen.kind === 'dangerous' ? seen : undefined;
    return seen;
  }

  #harmless(seen: Exclude<Look, { kind: 'dangerous' }>): RemediationResult {
    const written = this.#made().length > 0 || this.#isUnsure();
    if (seen.kind === 'refused') {
      if (seen.violations.length > 0) this.#violations = seen.violations;
      // Right after a write, of whomever, AWS may still contradict itself; the next attempt sees whether it goes on to.
      return this.#answer(this.#tried ? 'failed' : 'refused', { reason: seen.reason });
    }
    if (seen.kind === 'compliant' && written) {
      return this.#answer('fixed', this.#isUnsure() ? { reason: answerLost } : {});
    }
    if (!written) {
      // Whatever an earlier look of this attempt saw, nothing came of it.
      this.#violations = [];
      this.#plan = undefined;
    }
    return this.#answer(seen.kind === 'gone' ? 'gone' : 'already-compliant');
  }

  /** Whether a write was begun, however it ended. */
  get #tried(): boolean {
    return this.#step !== undefined || this.#completed.length > 0;
  }

  #made(): readonly Change[] {
    return [...(this.#step?.made ?? []), ...this.#completed.flatMap(({ made }) => made)];
  }

  #isUnsure(): boolean {
    return this.#step?.unsure === true || this.#completed.some(({ unsure }) => unsure);
  }

  #answer(
    outcome: RemediationOutcome,
    why: Pick<RemediationResult, 'reason' | 'errorCode' | 'switchUnreadable'> = {},
  ): RemediationResult {
    const dangerous = this.#dangerous;
    return {
      version: 2,
      outcome,
      violations: this.#violations,
      ...(this.#plan && { plan: this.#plan }),
      ...(this.#state !== undefined && { state: this.#state }),
      ...(dangerous &&
        outcome !== 'planned' && {
          look: {
            state: dangerous.reading.before,
            violations: dangerous.violations,
            plan: dangerous.plan,
          },
        }),
      applied: this.#made().length,
      ...(this.#step && { step: this.#step }),
      ...(this.#completed.length > 0 && { completed: [...this.#completed] }),
      ...(this.#isUnsure() && !certain.includes(outcome) && { mayHaveWritten: true as const }),
      ...(this.#exemptUntil !== undefined && { exemptUntil: this.#exemptUntil }),
      ...why,
    };
  }
}

/** What came of a step in two goes; a change that both made counts once. */
function together(first: StepResult | undefined, second: StepResult): StepResult {
  const unsure = first?.unsure || second.unsure;
  return { made: [...new Set([...(first?.made ?? []), ...second.made])], ...(unsure && { unsure: true }) };
}
