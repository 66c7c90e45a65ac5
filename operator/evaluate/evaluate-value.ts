import './zod-words';
import { RefusedError, ResourceInputError } from '../../core/errors';
import type { Evaluation } from '../../core/evaluation';
import { InvocationError } from '../../core/rule-invocation';
import type { Fields } from '../../resources/kit/input';
import { isTooDeep } from './depth';
import type { EvaluationLine } from './evaluation-line';
import { type HandedOver, handedOver, isOneResource } from './handed-over';
import { readItem } from './item';
import type { Judge, Judging } from './judge';
import { appliesTo, isPlainForm, nameOf, recognize } from './resource-forms';

const tooDeep = 'The resource is nested too deeply to be read.';

/**
 * Evaluates what one JSON value holds: a resource in any form that `recognize` takes, or several as `handedOver` takes them apart.
 * @param among whether it came with others: a control does not apply to those of other types
 * @returns a line for each resource and control, and for what cannot be understood
 */
export function evaluateValue(value: unknown, judging: Judging, among: boolean): Iterable<EvaluationLine> {
  // Several controls are asked only of what may not be for each of them.
  const amongOthers = among || judging.judges.length > 1;
  return isOneResource(value)
    ? evaluateOne(value, amongOthers, judging)
    : evaluateEach(value, amongOthers, judging);
}

function* evaluateEach(value: unknown, among: boolean, judging: Judging): Generator<EvaluationLine> {
  for (const each of handedOver(value, among)) {
    if ('error' in each) yield each;
    else yield* evaluateOne(each.value, each.among, judging);
  }
}

function evaluateOne(value: unknown, among: boolean, { judges, wish }: Judging): EvaluationLine[] {
  return judges.map((judge) => {
    const line = evaluateBy(judge, { value, among }, wish);
    return judges.length === 1 ? line : { control: judge.control.id, ...line };
  });
}

function evaluateBy(
  judge: Judge,
  { value, among }: Extract<HandedOver, { value: unknown }>,
  wish: Judging['wish'],
): EvaluationLine {
  const { control, parameters } = judge;
  let resource: string | null = null;
  try {
    if (isPlainForm(value)) {
      resource = value.resourceId;
      if (!appliesTo(value, control, among)) return notApplicable(resource);
      const evaluation = control.evaluateItem?.(value, parameters);
      if (evaluation !== undefined)
        return lineOf(resource, evaluation, judge, wish, () => modelOf(value, judge));
    }
    if (isTooDeep(value)) return { resource: nameOf(value, control), error: tooDeep };
    const recognized = recognize(value, control, among);
    resource = recognized.name;
    if (!recognized.applicable) return notApplicable(resource);
    const model = recognized.model();
    const evaluation = control.evaluate(model, parameters);
    const undecided =
      evaluation.compliance === 'COMPLIANT' ? control.undecided?.(model, parameters) : undefined;
    return undecided === undefined
      ? lineOf(resource, evaluation, judge, wish, () => model)
      : { resource, compliance: 'NOT_APPLICABLE', undecided, violations: evaluation.violations, plan: [] };
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

function notApplicable(resource: string | null): EvaluationLine {
  return { resource, compliance: 'NOT_APPLICABLE', violations: [], plan: [] };
}

/** @param model is filled only where there is something to plan */
function lineOf(
  resource: string | null,
  { compliance, violations }: Evaluation,
  { control, parameters }: Judge,
  wish: Judging['wish'],
  model: () => unknown,
): EvaluationLine {
  if (compliance !== 'NON_COMPLIANT' || wish === 'verdict')
    return { resource, compliance, violations, plan: [] };
  const { changes, lossy, losses } = control.plan(model(), violations, parameters);
  return { resource, compliance, violations, plan: changes, ...(lossy && { lossy: true as const, losses }) };
}

function modelOf(item: Fields, { control }: Judge): unknown {
  return control.fromConfigurationItem(readItem(item).named(control.resourceType));
}
