import type { FixStep, StepResult } from '../../../core/fix-step';
import type { Json } from '../../../core/json';
import type { RemediationResult } from '../../../core/remediation';
import type { FindingRecord } from '../../../ledger/record';
import { isSameStep, unfinishedOf } from '../../../ledger/saved-history';
import { StateTooLargeError } from '../../../ledger/saved-item';
import type { Attempt as AttemptKey, SavedStates } from '../../../ledger/saved-states';
import type { Log } from '../log';

/** What saving takes. */
export interface SavingParts {
  savedStates: Pick<SavedStates, 'saveStep' | 'saveResult' | 'saveAfter' | 'saveUndone' | 'history' | 'keep'>;
  log: Log;
  now: () => Date;
}

/** Thrown when what is there before a fix could not be saved. Nothing was changed, and nothing may be. */
export class NotSavedError extends Error {
  override readonly name = 'NotSavedError';

  constructor(
    /** Whether another attempt may go better: what is too large to be saved stays so. */
    readonly outcome: 'failed' | 'refused',
    reason: string,
    readonly errorCode: string | undefined,
    options: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** The steps of one application of a fix, under the numbers that they were saved by. */
export interface SavedSteps {
  /** Steps of earlier applications that are to be completed, oldest first. */
  unfinished: readonly { number: number; step: FixStep }[];
  /** The plan's own step; absent where only earlier ones are completed. */
  own?: { number: number; step: FixStep };
}

/**
 * Saves what an occurrence's fixes take and make, so that they can be completed and undone: before each application what is
 * there and what is about to be changed, afterwards the result.
 */
export class Saving {
  private readonly of: AttemptKey;
  /** Steps that are not known to be made whole. */
  private unfinished: readonly FixStep[] = [];

  constructor(
    private readonly parts: SavingParts,
    { identity, occurrence, attempt }: Pick<FindingRecord, 'identity' | 'occurrence' | 'attempt'>,
  ) {
    this.of = { finding: identity, occurrence, attempt };
  }

  /**
   * Reads what earlier attempts at the occurrence left unfinished.
   * @returns what they left behind, where that was verified
   * @throws RecordError when it cannot be understood
   */
  async load(): Promise<{ after?: Json; unfinished: boolean }> {
    const history = await this.parts.savedStates.history(this.of.finding, this.of.occurrence);
    this.unfinished = history?.unfinished ?? [];
    const after = history?.after;
    return { ...(after !== undefined && { after }), unfinished: this.unfinished.length > 0 };
  }

  /**
   * Saves the steps of an application, before it is made. Steps that are completed are saved once more: an undo has to know
   * of their further writes.
   * @param own the plan's step; undefined to complete earlier steps only
   * @throws NotSavedError
   */
  async begin(own: FixStep | undefined): Promise<SavedSteps> {
    try {
      const unfinished: { number: number; step: FixStep }[] = [];
      for (const step of this.unfinished) {
        // What the plan makes anyway has not to be completed.
        if (own && isSameStep(own, step)) continue;
        unfinished.push({ number: await this.save(step), step });
      }
      return { unfinished, ...(own && { own: { number: await this.save(own), step: own } }) };
    } catch (error) {
      throw notSaved(error);
    }
  }

  /** Saves the results of an application from its answer. Without them an undo takes all steps as possibly made. */
  async end(
    { unfinished, own }: SavedSteps,
    answer: Pick<RemediationResult, 'step' | 'completed'>,
  ): Promise<void> {
    const none: StepResult = { made: [] };
    const results = unfinished.map(({ number, step }, index) => ({
      number,
      step,
      result: answer.completed?.[index] ?? none,
    }));
    if (own) results.push({ ...own, result: answer.step ?? none });
    for (const { number, result } of results) await this.saveResult(number, result);
    const before = this.unfinished.map((step) => ({ ...step }));
    const now = results.map(({ step, result }) => ({ ...step, ...result }));
    this.unfinished = unfinishedOf([...before, ...now]);
  }

  /** Saves what a verified fix left behind. When that fails, an undo works with what the fix meant to leave behind. */
  async verified(after: Json | undefined): Promise<void> {
    if (after === undefined) return;
    this.unfinished = [];
    try {
      await this.parts.savedStates.saveAfter(this.of, after, this.parts.now());
    } catch (error) {
      this.warn('The state that the fix left behind was not saved', error);
    }
  }

  private save({ before, changes }: FixStep): Promise<number> {
    return this.parts.savedStates.saveStep(this.of, { before, changes }, this.parts.now());
  }

  private async saveResult(number: number, result: StepResult): Promise<void> {
    try {
      await this.parts.savedStates.saveResult(this.of, number, result, this.parts.now());
    } catch (error) {
      this.warn('The result of a step was not saved', error);
    }
  }

  private warn(message: string, error: unknown): void {
    this.parts.log.warn(message, { ...this.of, error: String(error) });
  }
}

function notSaved(error: unknown): NotSavedError {
  const { name, message } = error as Error;
  const reason = `What is there now could not be saved, so nothing was changed: ${message}`;
  const tooLarge = error instanceof StateTooLargeError;
  return new NotSavedError(tooLarge ? 'refused' : 'failed', reason, tooLarge ? undefined : name, {
    cause: error,
  });
}
