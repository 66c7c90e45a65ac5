import type { FixStep, StepResult } from '../../core/fix-step';
import type { Json } from '../../core/json';
import type { Change, Plan } from '../../core/plan';
import type { RemediationResult } from '../../core/remediation';
import { stateDigest } from '../../core/state-digest';
import { mayHaveBeenMade } from '../../resources/kit/aws-error';
import { ChangedMeanwhileError, LossyOnlyError, type Reading } from '../../resources/kit/live-resource';
import { ApplyProgress, type Compliant } from './apply-progress';
import { failureOf } from './failure';
import { judged, type Look, type LookTask, look } from './look';

/** One resource to fix, and all that it takes. */
export interface ApplyTask extends LookTask {
  /** The plan to make, and `stateDigest` of the reading that it was made from; absent to complete earlier steps only. */
  fix?: { plan: Plan; state: string; before?: Json };
  /** Whether a lossy plan may be applied in place of one for which AWS leaves no room. */
  applyLossy: boolean;
  /** Steps of earlier attempts which are not known to be made whole. */
  unfinished: readonly FixStep[];
}

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
  readonly #progress = new ApplyProgress();

  constructor(private readonly task: ApplyTask) {}

  async run(): Promise<RemediationResult> {
    const { fix } = this.task;
    const first = (await this.#stillAsPlanned()) ?? (await this.#look());
    if (first.kind === 'compliant') return this.#complete(first);
    if (first.kind !== 'dangerous') return this.#progress.harmless(first);
    this.#progress.violations = first.violations;
    this.#progress.plan = first.plan;
    if (!fix) return this.#progress.answer('changed', { reason: 'It is dangerous again.' });
    if (stateDigest(first.reading.before) !== fix.state) {
      return this.#progress.answer('changed', {
        reason: 'The resource is not any more as it was when it was planned.',
      });
    }
    const changed = await this.#write(fix.plan, first.reading);
    const since = (!changed && (await this.#compliesByWrites(first.reading))) || (await this.#look());
    if (since.kind === 'compliant') return this.#complete(since);
    if (since.kind !== 'dangerous') return this.#progress.harmless(since);
    return changed
      ? this.#progress.answer('changed', { reason: `Somebody else changed the resource: ${changed.message}` })
      : this.#progress.answer('failed', {
          reason: 'The plan was applied, and the resource, read again, still does not comply.',
        });
  }

  /**
   * Makes the plan.
   * @returns the error when somebody else changed the resource meanwhile, or when an answer was lost and it complies since
   * @throws whatever else stopped it
   */
  async #write(plan: Plan, reading: Reading): Promise<Error | undefined> {
    this.#progress.plan = plan;
    this.#progress.own = { before: reading.before, changes: plan.changes };
    const made: Change[] = [];
    let end: unknown;
    try {
      await this.#applied(plan, reading, made);
      this.#progress.own = undefined;
      return undefined;
    } catch (error) {
      end = error;
      if (error instanceof ChangedMeanwhileError) return error;
      if (!(error instanceof Error) || !mayHaveBeenMade(error)) throw error;
    } finally {
      this.#progress.step = { made, ...(mayHaveBeenMade(end) && { unsure: true }) };
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
      this.#progress.plan = error.plan;
      await live.apply(error.plan, reading, onApplied);
    }
  }

  /** A step that stopped half-way is made whole, also where what it made is enough to comply. */
  async #complete(compliant: Compliant): Promise<RemediationResult> {
    const { live, unfinished } = this.task;
    if (!live.complete) return this.#progress.harmless(compliant);
    let wrote = false;
    for (const step of unfinished) {
      const { result, stoppedBy } = await this.#madeWhole(step);
      this.#progress.completed.push(result);
      if (stoppedBy) throw stoppedBy.error;
      wrote ||= result.made.length > 0;
    }
    if (this.#progress.own) {
      const { result, stoppedBy } = await this.#madeWhole(this.#progress.own);
      this.#progress.alsoMade(result);
      if (stoppedBy) throw stoppedBy.error;
      this.#progress.own = undefined;
      wrote ||= result.made.length > 0;
    }
    // Nothing was written since it was seen to comply.
    if (!wrote) return this.#progress.harmless(compliant);
    const after = await this.#look();
    if (after.kind !== 'dangerous') return this.#progress.harmless(after);
    return this.#progress.answer('changed', { reason: 'Somebody else made it dangerous again meanwhile.' });
  }

  /** What came of a step, and what stopped it where something did. */
  async #madeWhole(step: FixStep): Promise<{ result: StepResult; stoppedBy?: { error: unknown } }> {
    const made: Change[] = [];
    try {
      await this.task.live.complete?.(step, (changes) => made.push(...changes));
      return { result: { made } };
    } catch (error) {
      const result = { made, ...(mayHaveBeenMade(error) && { unsure: true as const }) };
      return { result, stoppedBy: { error } };
    }
  }

  /** How an error ends the attempt. */
  ended(error: unknown): RemediationResult {
    if (error instanceof LossyOnlyError) {
      this.#progress.plan = error.plan;
      if (this.task.applyLossy) return this.#progress.answer('refused', { reason: error.message });
      if (this.#progress.made.length === 0)
        return this.#progress.answer('planned', { reason: error.message });
      const reason = `A part was applied; the rest needs another approval. ${error.message}`;
      return this.#progress.answer('failed', { reason });
    }
    // After a write nobody knows how it is now.
    if (this.#progress.step) this.#progress.forgetSight();
    const { outcome, ...why } = failureOf(error);
    return this.#progress.answer(outcome, why);
  }

  /** The look that led to the plan, where the resource is seen to be still so, by fewer readings than another look takes. */
  async #stillAsPlanned(): Promise<Look | undefined> {
    const { fix, live } = this.task;
    if (fix?.before === undefined || stateDigest(fix.before) !== fix.state) return undefined;
    const reading = await live.readIfStill?.(fix.before, fix.plan);
    if (!reading) return undefined;
    const seen = judged(reading, this.task);
    this.#progress.saw(seen);
    return seen;
  }

  /** The look after the plan was made, where what it wrote alone tells that the resource complies. */
  async #compliesByWrites({ before }: Reading): Promise<Compliant | undefined> {
    const reading = await this.task.live.readWritten?.(before);
    if (!reading || reading === 'gone') return undefined;
    const seen = judged(reading, this.task);
    if (seen.kind !== 'compliant') return undefined;
    this.#progress.saw(seen);
    return seen;
  }

  async #look(): Promise<Look> {
    const seen = await look(this.task, this.#progress.tried);
    this.#progress.saw(seen);
    return seen;
  }
}
