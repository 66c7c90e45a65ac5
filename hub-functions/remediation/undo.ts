import type { CustomControl } from '../../controls/control';
import { RefusedError } from '../../core/errors';
import type { FixHistory } from '../../core/fix-step';
import type { Change } from '../../core/plan';
import type { RemediationOutcome, RemediationResult } from '../../core/remediation';
import { utc } from '../../core/utc';
import { errorCodeOf, mayHaveBeenMade } from '../../resources/kit/aws-error';
import { ChangedMeanwhileError, type LiveResource, type Reading } from '../../resources/kit/live-resource';
import { readWhole } from '../../resources/kit/read-whole';
import type { PlanUndo, UndoPlan } from '../../resources/kit/undo';
import { failureOf } from './failure';

/** One resource whose fix is to be undone, and all that it takes. */
export interface UndoTask {
  control: CustomControl;
  /** As the control's schema gave them. */
  parameters: unknown;
  live: LiveResource;
  planUndo: PlanUndo;
  /** What was saved of the fix. */
  history: FixHistory & { undoneAt?: string };
  /** Waits so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/**
 * Gives back what a fix took, and removes what it added: reads the live resource, compares it with what the fix left
 * behind, writes, reads again. Where the resource was changed since, nothing is written. What something else gets in the way
 * of is planned again, a bounded number of times. Whatever stops it half-way, the next undo completes it.
 * @returns the outcome; AWS's refusals are outcomes, never exceptions
 */
export async function undo(task: UndoTask): Promise<RemediationResult> {
  const run = new Undo(task);
  try {
    return await run.run();
  } catch (error) {
    return run.ended(error);
  }
}

/** Outcomes that no lost answer makes doubtful. */
const settled: readonly RemediationOutcome[] = ['undone', 'gone'];

type Look = { reading: Reading; plan: UndoPlan };

class Undo {
  readonly #applied: Change[] = [];
  /** Changes that may have been made without AWS having confirmed it. */
  readonly #unconfirmed: Change[] = [];

  constructor(private readonly task: UndoTask) {}

  async run(): Promise<RemediationResult> {
    const { history } = this.task;
    const { undoneAt } = history;
    let failure: unknown;
    // What got in the way may be a setting that was just turned off, and is not off everywhere yet.
    for (const pause of [...this.task.live.settling, 0]) {
      const changes = this.#left(await this.#look(history));
      if (!Array.isArray(changes)) return changes;
      // What its owner closed after an undo, no order to undo opens again.
      if (undoneAt !== undefined)
        return this.#changed([`The fix was undone at ${utc(undoneAt)}, and the resource was changed since.`]);
      failure = await this.#write(changes);
      if (failure === undefined) break;
      await this.task.pause(pause);
    }
    const left = this.#left(await this.#lookUntilUndone(history));
    if (!Array.isArray(left)) return left;
    if (failure !== undefined) throw failure;
    return this.#answer('failed', {
      reason: 'The undo was applied, and the resource, read again, is not as it was before the fix.',
    });
  }

  /** @returns what is left to write; or the answer, when a look leaves nothing to be written */
  #left(look: Look | 'gone'): Change[] | RemediationResult {
    if (look === 'gone') return this.#answer('gone');
    const { plan } = look;
    if (plan.kind === 'changed') return this.#changed(plan.differences);
    const asked = new Set([...plan.changes, ...this.#applied].map((change) => JSON.stringify(change)));
    // A change whose answer was lost, and that is there now, was made by that write, as far as can be told.
    this.#applied.push(...this.#unconfirmed.filter((change) => !asked.has(JSON.stringify(change))));
    return plan.changes.length > 0 ? [...plan.changes] : this.#undone(look);
  }

  /**
   * @returns the error, where another look may help: somebody else was at work, the answer was lost, or a setting that this
   * undo has just turned off is not off everywhere yet
   */
  async #write(changes: readonly Change[]): Promise<unknown> {
    const made: Change[] = [];
    try {
      await this.task.live.applyUndo(changes, (some) => made.push(...some));
      return undefined;
    } catch (error) {
      if (error instanceof RefusedError) throw error;
      if (mayHaveBeenMade(error)) {
        this.#unconfirmed.push(...changes.filter((change) => !made.includes(change)));
        return error;
      }
      const isDeniedYet = errorCodeOf(error) === 'AccessDenied' && this.#applied.length + made.length > 0;
      if (error instanceof ChangedMeanwhileError || isDeniedYet) return error;
      throw error;
    } finally {
      // A second round may have written a part once more.
      const known = new Set(this.#applied.map((change) => JSON.stringify(change)));
      this.#applied.push(...made.filter((change) => !known.has(JSON.stringify(change))));
    }
  }

  /** How an error ends the undo. */
  ended(error: unknown): RemediationResult {
    const { outcome, ...why } = failureOf(error);
    return this.#answer(outcome, why);
  }

  async #lookUntilUndone(history: FixHistory): Promise<Look | 'gone'> {
    let look = await this.#look(history);
    for (const milliseconds of this.task.live.settling) {
      if (look === 'gone' || (look.plan.kind === 'undo' && look.plan.changes.length === 0)) break;
      await this.task.pause(milliseconds);
      look = await this.#look(history);
    }
    return look;
  }

  async #look(history: FixHistory): Promise<Look | 'gone'> {
    const reading = await readWhole(this.task.live, this.task.pause);
    return reading === 'gone' ? 'gone' : { reading, plan: this.task.planUndo(history, reading.before) };
  }

  #changed(differences: readonly string[]): RemediationResult {
    return this.#answer('changed', {
      reason: 'The resource was changed since the fix.',
      differences: [...differences],
    });
  }

  #undone({ reading }: Look): RemediationResult {
    return this.#answer('undone', { state: reading.before, ...this.#dangerIn(reading) });
  }

  /** What stands open again, and what would fix it: that is what people decide on when the exemption ends. */
  #dangerIn({ resource }: Reading): Partial<RemediationResult> {
    const { control, parameters } = this.task;
    try {
      const { violations } = control.evaluate(resource, parameters);
      return { violations, plan: control.plan(resource, violations, parameters) };
    } catch (error) {
      if (error instanceof RefusedError) return {};
      throw error;
    }
  }

  #answer(outcome: RemediationOutcome, more: Partial<RemediationResult> = {}): RemediationResult {
    return {
      version: 2,
      outcome,
      violations: [],
      ...more,
      applied: this.#applied.length,
      ...(this.#unconfirmed.length > 0 && !settled.includes(outcome) && { mayHaveWritten: true as const }),
      ...(this.#applied.length > 0 && { given: [...this.#applied] }),
    };
  }
}
