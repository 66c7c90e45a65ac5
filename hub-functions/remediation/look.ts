import type { CustomControl } from '../../controls/control';
import { RefusedError } from '../../core/errors';
import type { Plan } from '../../core/plan';
import type { Violation } from '../../core/violation';
import { type LiveResource, type Reading, settlesSoon } from '../../resources/kit/live-resource';
import { readWhole } from '../../resources/kit/read-whole';

/** A live resource to look at, and the control that judges it. */
export interface LookTask {
  control: CustomControl;
  /** As the control's schema gave them. */
  parameters: unknown;
  live: LiveResource;
  /** Waits so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/** What a look at a live resource found. */
export type Look =
  | { kind: 'gone' }
  | { kind: 'compliant'; reading: Reading }
  | { kind: 'dangerous'; reading: Reading; violations: Violation[]; plan: Plan }
  /** No verdict may be acted upon, or nothing that can be done would make it comply; with what is wrong, where that is known. */
  | { kind: 'refused'; reading: Reading; reason: string; violations: Violation[] };

/**
 * Looks at a resource, more than once where the first sight may be a stale or a torn one.
 * @param written whether it was written a moment ago, so that a danger may be an old sight
 * @throws TornReadingError, ResourceInputError; AWS's own error when a call was refused
 */
export async function look(task: LookTask, written: boolean): Promise<Look> {
  let seen = await lookOnce(task);
  for (const milliseconds of written ? task.live.settling : settlesSoon) {
    if (seen.kind !== 'refused' && !(written && seen.kind === 'dangerous')) break;
    await task.pause(milliseconds);
    seen = await lookOnce(task);
  }
  return seen;
}

async function lookOnce(task: LookTask): Promise<Look> {
  const reading = await readWhole(task.live, task.pause);
  return reading === 'gone' ? { kind: 'gone' } : judged(reading, task);
}

/** What the control says of a reading. Pure. */
export function judged(reading: Reading, { control, parameters }: LookTask): Look {
  let violations: Violation[] = [];
  try {
    const evaluation = control.evaluate(reading.resource, parameters);
    if (evaluation.compliance !== 'NON_COMPLIANT') {
      const undecided = control.undecided?.(reading.resource, parameters);
      return undecided === undefined
        ? { kind: 'compliant', reading }
        : { kind: 'refused', reading, reason: undecided, violations };
    }
    violations = evaluation.violations;
    const plan = control.plan(reading.resource, violations, parameters);
    if (plan.changes.length > 0) return { kind: 'dangerous', reading, violations, plan };
    throw new RefusedError('It is dangerous, and no change is known that would make it comply.');
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { kind: 'refused', reading, reason: error.message, violations };
  }
}
