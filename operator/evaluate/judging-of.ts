import { InputError } from '../errors';
import { evaluatedControl, evaluatedParameters } from './evaluated-control';
import type { Judging, JudgingRequest } from './judge';

/**
 * The controls that were asked for.
 * @throws InputError when there is none of an id, or the parameters do not fit
 */
export function judgingOf(request: JudgingRequest): Judging {
  const { controls, parameters = {} } = request;
  const asked = controls.map(evaluatedControl);
  if (asked.length > 1 && Object.keys(Object(parameters)).length > 0)
    throw new InputError('are those of one control: give one control with them.', 'parameters');
  return {
    ...request,
    judges: asked.map((control) => ({ control, parameters: evaluatedParameters(control, parameters) })),
  };
}
