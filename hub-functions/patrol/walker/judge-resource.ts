import type { CustomControl } from '../../../controls/control';
import type { ParametersOf } from '../../../controls/parameter-sets';
import { judgeBy, strictest } from '../../../controls/verdict';
import { RefusedError, ResourceInputError } from '../../../core/errors';
import type { Walked } from '../../../resources/kit/walk';

/** A control, and the sets of its parameters by account. */
export interface JudgingControl {
  control: CustomControl;
  parametersOf: ParametersOf;
}

/**
 * The controls by which the hub has to look at a resource: it is dangerous by a set of parameters that may hold, or nobody can tell.
 * Pure. The hub looks by the set that holds, as for what a rule function sends.
 * @param controls of the resource's type
 */
export function controlsToLookBy(
  accountId: string,
  walked: Walked,
  controls: readonly JudgingControl[],
): CustomControl[] {
  return controls
    .filter((judging) => 'problem' in walked || hubMustLook(accountId, walked.resource, judging))
    .map(({ control }) => control);
}

function hubMustLook(
  accountId: string,
  resource: unknown,
  { control, parametersOf }: JudgingControl,
): boolean {
  try {
    return strictest(parametersOf(accountId), (parameters) => judgeBy(control, resource, parameters))
      .hubMustLook;
  } catch (error) {
    if (error instanceof RefusedError || error instanceof ResourceInputError) return true;
    throw error;
  }
}

/**
 * The controls that report of a resource that its policy lets in a service, whosever request it acts on, by one of the sets of parameters
 * that may hold. Pure. What nobody understands is looked at, and nothing is reported of it.
 * @param controls of the resource's type
 */
export function controlsThatReport(
  accountId: string,
  walked: Walked,
  controls: readonly JudgingControl[],
): CustomControl[] {
  if ('problem' in walked) return [];
  const { resource } = walked;
  return controls
    .filter(({ control, parametersOf }) =>
      parametersOf(accountId).some((parameters) => reports(control, resource, parameters)),
    )
    .map(({ control }) => control);
}

function reports(control: CustomControl, resource: unknown, parameters: unknown): boolean {
  try {
    return control.reportsDeputy?.(resource, parameters) ?? false;
  } catch (error) {
    if (error instanceof ResourceInputError) return false;
    throw error;
  }
}
