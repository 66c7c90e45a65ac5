import type { FixStep, StepResult } from '../../../core/fix-step';
import type { Json } from '../../../core/json';
import type { RemediationResult } from '../../../core/remediation';
import type { Beside } from '../../../ledger/findings/ledger';
import type { FindingRecord } from '../../../ledger/findings/record';
import type { RecordKey } from '../../../ledger/findings/record-key';
import { isSameStep, unfinishedOf } from '../../../ledger/saved/saved-history';
import { StateTooLargeError } from '../../../ledger/saved/saved-item';
import {
  type Attempt as AttemptKey,
  keptUntilTime,
  type SavedPut,
  type SavedStates,
} from '../../../ledger/saved/saved-states';
import { BesideError, ConflictError, LeaseLostError } from '../../../ledger/table/errors';
import type { Log } from '../log';

/** What saving takes. */
export interface SavingParts {
  savedStates: Pick<
    SavedStates,
    'saveStep' | 'saveUndone' | 'history' | 'keep' | 'step' | 'result' | 'after' | 'save' | 'keeping'
  >;
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

/** Writes what is to be saved with something else, or neither. @throws BesideError when a part cannot be written as things are */
export type WriteBeside = (puts: readonly Beside[]) => Promise<void>;

/**
 * So many saved items are written with a record: a transaction takes 4 MB, and an item may have 400 kB.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
const mostTogether = 8;

/**
 * Saves what an occurrence's fixes take and make, so that they can be completed and undone: before each application what is
 * there and what is about to be changed, afterwards the result.
 */
export class Saving {
  private readonly of: AttemptKey;
  /** Whether all that was ever saved of the occurrence is what this attempt has saved. */
  private isAllKnown: boolean;
  /** Steps that are not known to be made whole. */
  private unfinished: readonly FixStep[] = [];
  /** What this attempt has saved. */
  private saved: readonly RecordKey[] = [];
  /** What it has still to save: results, without which an undo takes all of a step as possibly made. */
  private pending: readonly SavedPut[] = [];
  private steps = 0;

  constructor(
    private readonly parts: SavingParts,
    {
      identity,
      occurrence,
      attempt,
      saved,
    }: Pick<FindingRecord, 'identity' | 'occurrence' | 'attempt' | 'saved'>,
  ) {
    this.of = { finding: identity, occurrence, attempt };
    this.isAllKnown = saved !== true;
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
   * @param write writes them with the record that says that the fix is begun
   * @throws NotSavedError; ConflictError, LeaseLostError of `write`
   */
  async begin(own: FixStep | undefined, write: WriteBeside): Promise<SavedSteps> {
    // What the plan makes anyway has not to be completed.
    const again = this.unfinished.filter((step) => !own || !isSameStep(own, step));
    const numbers = await this.saveSteps([...again, ...(own ? [own] : [])], write).catch((error) => {
      throw error instanceof ConflictError || error instanceof LeaseLostError ? error : notSaved(error);
    });
    const numbered = (step: FixStep, index: number) => ({ number: numbers[index] ?? 0, step });
    return { unfinished: again.map(numbered), ...(own && { own: numbered(own, again.length) }) };
  }

  /**
   * Notes the results of an application, from its answer. They are saved with what becomes of the finding, as `together` tells,
   * or by `flush`.
   */
  end({ unfinished, own }: SavedSteps, answer: Pick<RemediationResult, 'step' | 'completed'>): void {
    const none: StepResult = { made: [] };
    const results = unfinished.map(({ number, step }, index) => ({
      number,
      step,
      result: answer.completed?.[index] ?? none,
    }));
    if (own) results.push({ ...own, result: answer.step ?? none });
    for (const { number, result } of results) {
      this.add('The result of a step', (states) => states.result(this.of, number, result, this.parts.now()));
    }
    const before = this.unfinished.map((step) => ({ ...step }));
    const now = results.map(({ step, result }) => ({ ...step, ...result }));
    this.unfinished = unfinishedOf([...before, ...now]);
  }

  /** Notes what a verified fix left behind, in the same way. Without it an undo works with what the fix meant to leave behind. */
  verified(after: Json | undefined): void {
    if (after === undefined) return;
    this.unfinished = [];
    this.add('The state that the fix left behind', (states) =>
      states.after(this.of, after, this.parts.now()),
    );
  }

  /**
   * What is still to be saved, to be written with what becomes of the finding.
   * @param until when all that was saved of the occurrence may be removed; undefined while it is open
   * @returns undefined where it has to be written apart: something of it is not known here, or it is too much
   */
  together(until: Date | undefined): Beside[] | undefined {
    if (until !== undefined && !this.isAllKnown) return undefined;
    const puts = this.pending.map((put) => ({ Put: until ? keptUntilTime(put, until) : put }));
    const updates = until
      ? this.saved.map((key) => ({ Update: this.parts.savedStates.keeping(key, until) }))
      : [];
    return puts.length + updates.length > mostTogether ? undefined : [...puts, ...updates];
  }

  /** All that `together` told is written. */
  written(): void {
    this.saved = [...this.saved, ...this.pending.map(({ Item }) => Item)];
    this.pending = [];
  }

  /** Saves what is still to be saved, each by itself. What cannot be saved is left out. */
  async flush(): Promise<void> {
    const { pending } = this;
    this.pending = [];
    for (const put of pending) {
      try {
        await this.parts.savedStates.save(put);
        this.saved = [...this.saved, put.Item];
      } catch (error) {
        this.warn(`${put.Item.record} was not saved`, error);
      }
    }
  }

  /** @returns the numbers of the steps */
  private async saveSteps(steps: readonly FixStep[], write: WriteBeside): Promise<number[]> {
    const { savedStates, now } = this.parts;
    const puts = steps.map((step, index) => savedStates.step(this.of, this.steps + index + 1, step, now()));
    if (puts.length <= mostTogether && (await this.isWrittenWith(puts, write))) {
      const first = this.steps + 1;
      this.steps += puts.length;
      return puts.map((_, index) => first + index);
    }
    this.isAllKnown = false;
    await write([]);
    const numbers: number[] = [];
    for (const step of steps) numbers.push(await savedStates.saveStep(this.of, step, now()));
    this.steps = Math.max(this.steps, ...numbers);
    return numbers;
  }

  /** @returns false where another item has one of their places */
  private async isWrittenWith(puts: readonly SavedPut[], write: WriteBeside): Promise<boolean> {
    try {
      await write(puts.map((put) => ({ Put: put })));
    } catch (error) {
      if (error instanceof BesideError) return false;
      throw error;
    }
    this.saved = [...this.saved, ...puts.map(({ Item }) => Item)];
    return true;
  }

  private add(what: string, putOf: (states: SavingParts['savedStates']) => SavedPut): void {
    try {
      this.pending = [...this.pending, putOf(this.parts.savedStates)];
    } catch (error) {
      this.warn(`${what} cannot be saved`, error);
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
