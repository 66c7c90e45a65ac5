import type { Json } from '../../contract/json';
import { planDigest } from '../../contract/plan-digest';
import type { RemediationOutcome, RemediationResult } from '../../contract/remediation';
import {
  type Change,
  type CustomControl,
  type Plan,
  RefusedError,
  ResourceInputError,
  type Violation,
} from '../../controls/control';
import type { FixStep, StepResult } from '../../controls/resources/undo';
import { errorCodeOf, mayHaveBeenMade, messageOf } from './aws-error';
import {
  ChangedMeanwhileError,
  type LiveResource,
  LossyOnlyError,
  type Reading,
  TornReadingError,
} from './live-resource';
import { readWhole } from './read-whole';

/** One resource to look at or to fix, and all that it takes. */
export interface RemediationTask {
  control: CustomControl;
  /** As the control's schema gave them. */
  parameters: unknown;
  mode: 'plan' | 'apply';
  applyLossy: boolean;
  /** Digest of the only plan that may be applied; see `planDigest`. */
  onlyPlan?: string;
  live: LiveResource;
  /**
   * Saves what is there, and what is about to be changed, before each write.
   * @throws RefusedError when it can never be saved
   */
  saveStep(step: FixStep): Promise<void>;
  /** Saves what came of the step that was saved last. When it fails, an undo takes it that all of it may have been made. */
  saveResult(result: StepResult): Promise<void>;
  /**
   * Asked right before each write.
   * @returns why nothing may be written now; undefined when it may
   */
  stopped(): Promise<string | undefined>;
  /** Saves what is there once the fix is verified. When it fails, the fix stands all the same. */
  saveAfter(after: Json): Promise<void>;
  /** The last step of an earlier attempt, if nobody saw it verified. */
  unfinished(): Promise<FixStep | undefined>;
  /** Waits so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/** How often a plan is made and applied in one attempt. Others may be changing the resource at the same time. */
const maximumRounds = 3;
/** How long to wait before looking again: what was just written may not be seen everywhere yet. */
const secondLooks = [250, 1_000];

const answerLost =
  "It complies after a write whose answer was lost: Staunch's own write did it, as far as can be told.";

/** Outcomes that no lost answer makes doubtful. */
const settled: readonly RemediationOutcome[] = ['fixed', 'gone'];

type Look =
  | { kind: 'gone' }
  | { kind: 'compliant'; reading: Reading }
  | { kind: 'dangerous'; reading: Reading; violations: Violation[]; plan: Plan }
  | { kind: 'refused'; reason: string };

/**
 * Reads a live resource, evaluates it, plans the smallest fix and, when asked to, applies it: saves what was there,
 * applies, reads again, evaluates again. Whatever stops it half-way, the next attempt completes it. Applied to what is
 * fixed already it changes nothing.
 *
 * A fix that only a lossy plan can make, because AWS did not allow the lossless one, is answered as `planned` with the
 * lossy plan, so that it can be approved.
 * @returns the outcome; AWS's refusals are outcomes, never exceptions
 */
export async function remediate(task: RemediationTask): Promise<RemediationResult> {
  const run = new Remediation(task);
  try {
    return await run.run();
  } catch (error) {
    return run.ended(error);
  }
}

class Remediation {
  #violations: Violation[] = [];
  #plan: Plan | undefined;
  #exemptUntil: string | undefined;
  readonly #applied: Change[] = [];
  #written = false;
  /** Whether a write of this attempt may have been made without AWS having confirmed it. */
  #unsure = false;
  /** The step that was begun last, until it is made whole. */
  #unfinished: FixStep | undefined;

  constructor(private readonly task: RemediationTask) {}

  async run(): Promise<RemediationResult> {
    let changed: ChangedMeanwhileError | undefined;
    for (let round = 1; round <= maximumRounds; round++) {
      const look = await this.#look();
      if (look.kind === 'compliant') return this.#complete(look);
      if (look.kind !== 'dangerous') return this.#harmless(look);
      if (round === 1) this.#violations = look.violations;
      this.#plan = this.#withApplied(look.plan);
      if (this.task.mode === 'plan') return this.#answer('planned');
      const { onlyPlan } = this.task;
      if (onlyPlan !== undefined && planDigest(look.plan) !== onlyPlan) {
        return this.#needsApproval('The resource is not any more as it was when the plan was approved.');
      }
      if (look.plan.lossy && !this.task.applyLossy) return this.#needsApproval();
      const unsaved = await this.#save({ before: look.reading.before, changes: look.plan.changes });
      if (unsaved) return unsaved;
      const stopped = await this.task.stopped();
      if (stopped !== undefined) {
        await this.task.saveResult({ made: [] });
        return this.#answer('stopped', stopped);
      }
      this.#written = true;
      try {
        changed = await this.#heard(() => this.#write(look.plan, look.reading, this.task.applyLossy));
      } catch (error) {
        if (!mayHaveBeenMade(error)) throw error;
        const since = await this.#look();
        if (since.kind !== 'compliant') throw error;
        return this.#complete(since);
      }
    }
    const last = await this.#look();
    if (last.kind === 'compliant') return this.#complete(last);
    if (last.kind !== 'dangerous') return this.#harmless(last);
    if (changed) {
      const reason = `Somebody else kept changing the resource: ${changed.message}`;
      return this.#answer('changed', reason);
    }
    return this.#answer(
      'failed',
      'The plan was applied, and the resource, read again, still does not comply.',
    );
  }

  /** A step that stopped half-way is made whole, also where what it made is enough to comply. */
  async #complete(look: Look & { kind: 'compliant' }): Promise<RemediationResult> {
    const { live, mode, unfinished } = this.task;
    if (mode === 'plan' || !live.complete) return this.#harmless(look);
    const step = this.#unfinished ?? (this.#written ? undefined : await unfinished());
    if (!step) return this.#harmless(look);
    const stopped = await this.task.stopped();
    if (stopped !== undefined) return this.#answer('stopped', stopped);
    // What it had met and was about to take is what an undo has to know also of this write.
    const unsaved = await this.#save({ before: step.before, changes: step.changes });
    if (unsaved) return unsaved;
    const applied = this.#applied.length;
    await this.#heard(() => this.#makeWhole(step));
    if (this.#applied.length === applied) return this.#harmless(look);
    this.#plan ??= { changes: [...step.changes], lossy: false, losses: [] };
    this.#written = true;
    const after = await this.#look();
    if (after.kind !== 'dangerous') return this.#harmless(after);
    return this.#answer('changed', 'Somebody else made it dangerous again meanwhile.');
  }

  async #makeWhole(step: FixStep): Promise<undefined> {
    await this.task.live.complete?.(step, (changes) => this.#applied.push(...changes));
  }

  /** Makes the writes of a step, and saves what came of them, however they end. */
  async #heard(
    write: () => Promise<ChangedMeanwhileError | undefined>,
  ): Promise<ChangedMeanwhileError | undefined> {
    const earlier = this.#applied.length;
    let end: unknown;
    try {
      const changed = await write();
      end = changed;
      return changed;
    } catch (error) {
      end = error;
      throw error;
    } finally {
      const unsure = mayHaveBeenMade(end);
      if (unsure) this.#unsure = true;
      await this.task.saveResult({ made: this.#applied.slice(earlier), ...(unsure && { unsure }) });
    }
  }

  /** Nothing is written that could not be undone. */
  async #save(step: FixStep): Promise<RemediationResult | undefined> {
    try {
      await this.task.saveStep(step);
      this.#unfinished = step;
      return undefined;
    } catch (error) {
      const reason = `What is there now could not be saved, so nothing was changed: ${messageOf(error)}`;
      return error instanceof RefusedError
        ? this.#answer('refused', reason)
        : this.#answer('failed', reason, errorCodeOf(error));
    }
  }

  /** How an error ends the attempt. */
  ended(error: unknown): RemediationResult {
    if (error instanceof RefusedError || error instanceof ResourceInputError) {
      return this.#answer('refused', error.message);
    }
    if (error instanceof LossyOnlyError) {
      this.#plan = this.#withApplied(error.plan);
      return this.task.applyLossy
        ? this.#answer('refused', error.message)
        : this.#needsApproval(error.message);
    }
    if (error instanceof ChangedMeanwhileError) {
      return this.#answer('changed', `Somebody else kept changing the resource: ${error.message}`);
    }
    if (error instanceof TornReadingError) return this.#answer('failed', error.message);
    const code = errorCodeOf(error);
    const said =
      code === 'AbortError' ? 'The function ran out of time.' : `${code ?? 'Error'}: ${messageOf(error)}`;
    return this.#answer('failed', said, code);
  }

  /** Looks at the resource, more than once where the first sight may be a stale or a torn one. */
  async #look(): Promise<Look> {
    let look = await this.#lookOnce();
    for (const milliseconds of secondLooks) {
      if (look.kind !== 'refused' && !(this.#written && look.kind === 'dangerous')) break;
      await this.task.pause(milliseconds);
      look = await this.#lookOnce();
    }
    return look;
  }

  async #lookOnce(): Promise<Look> {
    const { live, control, parameters } = this.task;
    const reading = await readWhole(live, this.task.pause);
    if (reading === 'gone') return { kind: 'gone' };
    this.#exemptUntil = reading.exemptUntil;
    let violations: Violation[] = [];
    try {
      const evaluation = control.evaluate(reading.resource, parameters);
      if (evaluation.compliance !== 'NON_COMPLIANT') {
        const undecided = control.undecided?.(reading.resource, parameters);
        return undecided === undefined
          ? { kind: 'compliant', reading }
          : { kind: 'refused', reason: undecided };
      }
      violations = evaluation.violations;
      const plan = control.plan(reading.resource, violations, parameters);
      if (plan.changes.length > 0) return { kind: 'dangerous', reading, violations, plan };
      throw new RefusedError('It is dangerous, and no change is known that would make it comply.');
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (violations.length > 0) this.#violations = violations;
      return { kind: 'refused', reason: error.message };
    }
  }

  async #harmless(look: Exclude<Look, { kind: 'dangerous' }>): Promise<RemediationResult> {
    // Right after a write AWS may still contradict itself; the next attempt sees whether it goes on to.
    if (look.kind === 'refused') return this.#answer(this.#written ? 'failed' : 'refused', look.reason);
    if (look.kind === 'compliant' && (this.#applied.length > 0 || this.#unsure)) {
      await this.task.saveAfter(look.reading.before);
      return this.#unsure ? this.#answer('fixed', answerLost) : this.#answer('fixed');
    }
    if (this.#applied.length === 0) {
      // Whatever an earlier look of this attempt saw, nothing came of it.
      this.#violations = [];
      this.#plan = undefined;
    }
    return this.#answer(look.kind === 'gone' ? 'gone' : 'already-compliant');
  }

  /**
   * Applies a plan; where AWS allows only a lossy one and that may be applied, applies it instead.
   * @returns the error when somebody else changed the resource, so that it is read and planned again
   */
  async #write(
    plan: Plan,
    reading: Reading,
    mayReplace: boolean,
  ): Promise<ChangedMeanwhileError | undefined> {
    this.#plan = this.#withApplied(plan);
    try {
      await this.task.live.apply(plan, reading, (changes) => this.#applied.push(...changes));
      this.#unfinished = undefined;
      return undefined;
    } catch (error) {
      if (error instanceof ChangedMeanwhileError) return error;
      if (!(error instanceof LossyOnlyError && mayReplace)) throw error;
      // What it changes is part of the changes that were saved with the plan which it replaces.
      return this.#write(error.plan, reading, false);
    }
  }

  /** A plan as people see it: with what earlier rounds of this attempt have applied. */
  #withApplied(plan: Plan): Plan {
    if (this.#applied.length === 0) return plan;
    return {
      changes: [...this.#applied, ...plan.changes],
      lossy: plan.lossy || this.#plan?.lossy === true,
      losses: [...new Set([...(this.#plan?.losses ?? []), ...plan.losses])],
    };
  }

  #needsApproval(reason = 'The plan is lossy, and waits for approval.'): RemediationResult {
    if (this.#applied.length === 0) return this.#answer('planned', reason);
    return this.#answer('failed', `A part was applied; the rest needs another approval. ${reason}`);
  }

  #answer(outcome: RemediationOutcome, reason?: string, errorCode?: string): RemediationResult {
    return {
      version: 1,
      outcome,
      violations: this.#violations,
      ...(this.#plan && { plan: this.#plan }),
      applied: this.#applied.length,
      ...(this.#unsure && !settled.includes(outcome) && { mayHaveWritten: true as const }),
      ...(this.#exemptUntil !== undefined && { exemptUntil: this.#exemptUntil }),
      ...(reason !== undefined && { reason }),
      ...(errorCode !== undefined && { errorCode }),
    };
  }
}
