import { closest } from '../../config/did-you-mean';
import type { CustomControl } from '../../controls/control';
import { controlById, customControls } from '../../controls/registry';
import { InputError } from '../errors';

/**
 * A control that can be evaluated offline.
 * @throws InputError when there is none of that id, or only AWS evaluates it
 */
export function evaluatedControl(id: string): CustomControl {
  const control = controlById(id);
  if (control?.kind === 'custom') return control;
  const known = customControls.map((custom) => custom.id).join(', ');
  throw new InputError(
    control === undefined
      ? `There is no control ${JSON.stringify(id)}. There are: ${known}.`
      : `${id} is one of AWS Config's managed rules, which only AWS evaluates. There are: ${known}.`,
  );
}

/**
 * A control's parameters, with its defaults for what is left out.
 * @throws InputError when they do not fit the control
 */
export function evaluatedParameters(control: CustomControl, value: unknown): unknown {
  const parsed = control.parameters.safeParse(value);
  if (parsed.success) return parsed.data;
  const known = Object.keys(control.parameters.parse({}) as object);
  const problems = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${key}: ${instead(key, known)}`)
      : [`${issue.path.join('.') || 'the whole'}: ${issue.message}`],
  );
  throw new InputError(`does not fit ${control.id}: ${problems.join('; ')}`, 'parameters');
}

function instead(key: string, known: readonly string[]): string {
  const meant = closest(key, known);
  return `is no parameter; ${meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`}`;
}
