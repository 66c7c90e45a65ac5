import type { CustomControl } from '../../controls/control';
import { RefusedError, ResourceInputError } from '../../core/errors';
import type { Compliance } from '../../core/evaluation';
import type { Plan } from '../../core/plan';
import { InvocationError } from '../../core/rule-invocation';
import type { Violation } from '../../core/violation';
import { isTooDeep } from './depth';
import { type HandedOver, handedOver } from './handed-over';
import { nameOf, recognize } from './resource-forms';

/** What is said of one resource that was evaluated. */
export type EvaluationLine =
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
  | { line?: number; resource: string | null; error: string };

const tooDeep = 'The resource is nested too deeply to be read.';

/**
 * Evaluates the resources of a text: one JSON value, or JSON Lines; each a resource in any form that `recognize` takes, or
 * several as `handedOver` takes them apart. What cannot be understood gives a line with `error`, and the rest goes on.
 * @param text may begin with a byte order mark
 */
export function* evaluateText(
  text: string,
  control: CustomControl,
  parameters: unknown,
): Generator<EvaluationLine> {
  const whole = tryParse(text);
  if ('value' in whole) {
    yield* evaluateAll(whole.value, control, parameters);
    return;
  }
  if (text.trim() === '') {
    yield { resource: null, error: 'The input is empty; it should be JSON, or JSON Lines.' };
    return;
  }
  const lines = text.split('\n');
  if (lines.filter((line) => line.trim() !== '').length <= 1) {
    yield { resource: null, error: `The input is not JSON: ${whole.error}` };
    return;
  }
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const parsed = tryParse(line);
    const evaluated =
      'value' in parsed
        ? evaluateAll(parsed.value, control, parameters)
        : [{ resource: null, error: `The line is not JSON: ${parsed.error}` }];
    for (const each of evaluated) yield 'error' in each ? { line: index + 1, ...each } : each;
  }
}

function* evaluateAll(
  value: unknown,
  control: CustomControl,
  parameters: unknown,
): Generator<EvaluationLine> {
  for (const each of handedOver(value)) yield 'error' in each ? each : evaluateOne(each, control, parameters);
}

function evaluateOne(
  { value, among }: Extract<HandedOver, { value: unknown }>,
  control: CustomControl,
  parameters: unknown,
): EvaluationLine {
  let resource: string | null = null;
  try {
    if (isTooDeep(value)) return { resource: nameOf(value, control), error: tooDeep };
    const recognized = recognize(value, control, among);
    resource = recognized.name;
    if (!recognized.applicable) return { resource, compliance: 'NOT_APPLICABLE', violations: [], plan: [] };
    const model = recognized.model();
    const { compliance, violations } = control.evaluate(model, parameters);
    const undecided = compliance === 'COMPLIANT' ? control.undecided?.(model, parameters) : undefined;
    if (undecided !== undefined)
      return { resource, compliance: 'NOT_APPLICABLE', undecided, violations, plan: [] };
    const plan = control.plan(model, violations, parameters);
    return {
      resource,
      compliance,
      violations,
      plan: plan.changes,
      ...(plan.lossy && { lossy: true as const, losses: plan.losses }),
    };
  } catch (error) {
    if (
      error instanceof ResourceInputError ||
      error instanceof InvocationError ||
      error instanceof RefusedError
    ) {
      return { resource, error: error.message };
    }
    // The stack was not enough for it.
    if (error instanceof RangeError) return { resource, error: tooDeep };
    throw error;
  }
}

/** `trim` also takes the byte order mark away that some programs begin a text with. */
function tryParse(text: string): { value: unknown } | { error: string } {
  try {
    return { value: JSON.parse(text.trim()) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}
