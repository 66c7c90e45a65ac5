import type { RemediationOutcome, RemediationResult } from '../../contract/remediation';
import { type Change, type CustomControl, RefusedError, ResourceInputError } from '../../controls/control';
import type { FixHistory, PlanUndo, UndoPlan } from '../../controls/resources/undo';
import { errorCodeOf, messageOf } from './aws-error';
import { ChangedMeanwhileError, type LiveResource, type Reading } from './live-resource';

/** One resource whose fix is to be undone, and all that it takes. */
export interface UndoTask {
  control: CustomControl;
  /** As the control's schema gave them. */
  parameters: unknown;
  live: LiveResource;
  planUndo: PlanUndo;
  /** Reads what was saved of the fix; undefined when nothing ever was. */
  history(): Promise<FixHistory | undefined>;
  /** Notes that the undo is verified. */
  saveUndone(): Promise<void>;
  /** Waits so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/** How long to wait before looking again: what was just written may not be seen everywhere yet. */
const secondLooks = [250, 1_000];

/**
 * Gives back what a fix took, and removes what it added: reads the live resource, compares it with what the fix left
 * behind, writes, reads again. Where the resource was changed since, nothing is written. Whatever stops it half-way, the
 * next undo completes it.
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

type Look = { reading: Reading; plan: UndoPlan };

class Undo {
  readonly #applied: Change[] = [];

  constructor(private readonly task: UndoTask) {}

  async run(): Promise<RemediationResult> {
    const { live } = this.task;
    const history = await this.task.history();
    if (!history)
      return this.#answer('refused', { reason: 'No fix of it was ever begun: there is nothing to undo.' });
    const look = await this.#look(history);
    if (look === 'gone') return this.#answer('gone');
    if (look.plan.kind === 'changed') return this.#changed(look.plan.differences);
    if (look.plan.changes.length === 0) return this.#undone(look);
    await live.applyUndo(look.plan.changes, (changes) => this.#applied.push(...changes));
    const after = await this.#lookUntilUndone(history);
    if (after === 'gone') return this.#answer('gone');
    if (after.plan.kind === 'changed') return this.#changed(after.plan.differences);
    if (after.plan.changes.length === 0) return this.#undone(after);
    return this.#answer('failed', {
      reason: 'The undo was applied, and the resource, read again, is not as it was before the fix.',
    });
  }

  /** How an error ends the undo. */
  ended(error: unknown): RemediationResult {
    if (error instanceof RefusedError || error instanceof ResourceInputError) {
      return this.#answer('refused', { reason: error.message });
    }
    if (error instanceof ChangedMeanwhileError) {
      return this.#answer('changed', {
        reason: `Somebody else is changing the resource right now: ${error.message}`,
      });
    }
    const errorCode = errorCodeOf(error);
    const reason =
      errorCode === 'AbortError'
        ? 'The function ran out of time.'
        : `${errorCode ?? 'Error'}: ${messageOf(error)}`;
    return this.#answer('failed', { reason, ...(errorCode && { errorCode }) });
  }

  async #lookUntilUndone(history: FixHistory): Promise<Look | 'gone'> {
    let look = await this.#look(history);
    for (const milliseconds of secondLooks) {
      if (look === 'gone' || (look.plan.kind === 'undo' && look.plan.changes.length === 0)) break;
      await this.task.pause(milliseconds);
      look = await this.#look(history);
    }
    return look;
  }

  async #look(history: FixHistory): Promise<Look | 'gone'> {
    const reading = await this.task.live.read();
    return reading === 'gone' ? 'gone' : { reading, plan: this.task.planUndo(history, reading.before) };
  }

  #changed(differences: readonly string[]): RemediationResult {
    return this.#answer('changed', {
      reason: 'The resource was changed since the fix.',
      differences: [...differences],
    });
  }

  async #undone({ reading }: Look): Promise<RemediationResult> {
    await this.task.saveUndone();
    return this.#answer('undone', this.#dangerIn(reading));
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
      version: 1,
      outcome,
      violations: [],
      ...more,
      applied: this.#applied.length,
      ...(this.#applied.length > 0 && { given: [...this.#applied] }),
    };
  }
}
