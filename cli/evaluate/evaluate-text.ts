import {
  type Compliance,
  type CustomControl,
  type Plan,
  RefusedError,
  ResourceInputError,
  type Violation,
} from '../../controls/control';
import { InvocationError } from '../../member-functions/rule/invocation';
import { recognize } from './resource-forms';

/** What `staunch evaluate` says of one resource. */
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

/**
 * Evaluates the resources of a text: one JSON value, or JSON Lines with a resource a line. What cannot be understood gives a
 * line with `error`, and the rest goes on.
 */
export function* evaluateText(
  text: string,
  control: CustomControl,
  parameters: unknown,
): Generator<EvaluationLine> {
  const whole = tryParse(text);
  if ('value' in whole) {
    yield evaluateValue(whole.value, control, parameters);
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
        ? evaluateValue(parsed.value, control, parameters)
        : { resource: null, error: `The line is not JSON: ${parsed.error}` };
    yield 'error' in evaluated ? { line: index + 1, ...evaluated } : evaluated;
  }
}

function evaluateValue(value: unknown, control: CustomControl, parameters: unknown): EvaluationLine {
  let resource: string | null = null;
  try {
    const recognized = recognize(value, control);
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
    throw error;
  }
}

function tryParse(text: string): { value: unknown } | { error: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}
