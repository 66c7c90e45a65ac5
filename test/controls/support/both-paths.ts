import type { CustomControl } from '../../../controls/control';
import { ResourceInputError } from '../../../core/errors';

/**
 * How often a short look at an item was enough. It says what the model says, or nothing.
 * @param items each as it is, or changed somewhere
 */
export function holdBothPaths(control: CustomControl, items: readonly object[]): number {
  const parameters = control.parameters.parse({});
  let enough = 0;
  for (const item of items) {
    const short = control.evaluateItem?.(item, parameters);
    if (short === undefined) continue;
    enough += 1;
    const exact = exactly(control, item, parameters);
    const verdict = short.undecided ?? short;
    if (JSON.stringify(exact) !== JSON.stringify(verdict)) {
      // One expectation for each item would take longer than the judging.
      expect({ item, verdict }).toEqual({ item, verdict: exact });
    }
  }
  return enough;
}

function exactly(control: CustomControl, item: object, parameters: unknown): unknown {
  try {
    const model = control.fromConfigurationItem(item);
    return control.undecided?.(model, parameters) ?? control.evaluate(model, parameters);
  } catch (error) {
    if (error instanceof ResourceInputError) return error.message;
    throw error;
  }
}
