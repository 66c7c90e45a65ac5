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
import { isGone, isOfAnother, isPlainForm, nameOf, recognize, typeOfAnswer } from './resource-forms';

const tooDeep = 'The resource is nested too deeply to be read.';

/**
 * Evaluates what one JSON value holds: a resource in any form that `recognize` takes, or several as `handedOver` takes them apart.
 * @param among whether it came with others: a control does not apply to those of other types
 * @returns a line for each resource, or of several controls a line from each that is for its type; and one for what cannot be
 *   understood
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
  const [only, ...others] = judges;
  if (only !== undefined && others.length === 0) return [evaluateBy(only, { value, among }, wish).line];
  return judgesFor(value, judges).flatMap((judge) => {
    const { line, ofAnother } = evaluateBy(judge, { value, among }, wish);
    return ofAnother ? [] : [{ control: judge.control.id, ...line }];
  });
}

/** Of several controls those for the type of an answer of AWS's API; all where it is another's or not sure: each says what it makes of it. */
function judgesFor(value: unknown, judges: readonly Judge[]): readonly Judge[] {
  if (isPlainForm(value)) return judges;
  const type = typeOfAnswer(value);
  const own = judges.filter(({ control }) => control.resourceType === type);
  return own.length > 0 ? own : judges;
}

function evaluateBy(
  judge: Judge,
  { value, among }: Extract<HandedOver, { value: unknown }>,
  wish: Judging['wish'],
): Verdict {
  const { control, parameters } = judge;
  let resource: string | null = null;
  try {
    if (isPlainForm(value)) {
      resource = value.resourceId;
      const ofAnother = isOfAnother(value.resourceType, control, among);
      if (ofAnother || isGone(value)) return notApplicable(resource, ofAnother);
      const evaluation = control.evaluateItem?.(value, parameters);
      if (evaluation?.undecided !== undefined) return undecidedBy(resource, evaluation, evaluation.undecided);
      if (evaluation !== undefined)
        return { line: lineOf(resource, evaluation, judge, wish, () => modelOf(value, judge)) };
    }
    if (isTooDeep(value)) return { line: { resource: nameOf(value, control), error: tooDeep } };
    const recognized = recognize(value, control, among);
    resource = recognized.name;
    if (!recognized.applicable) return notApplicable(resource, recognized.ofAnother);
    const model = recognized.model();
    const evaluation = control.evaluate(model, parameters);
    const undecided =
      evaluation.compliance === 'COMPLIANT' ? control.undecided?.(model, parameters) : undefined;
    if (undecided !== undefined) return undecidedBy(resource, evaluation, undecided);
    return { line: lineOf(resource, evaluation, judge, wish, () => model) };
  } catch (error) {
    if (
      error instanceof ResourceInputError ||
      error instanceof InvocationError ||
      error instanceof RefusedError
    ) {
      return { line: { resource, error: error.message } };
    }
    // The stack was not enough for it.
    if (error instanceof RangeError) return { line: { resource, error: tooDeep } };
    throw error;
  }
}

/** What one control says of a resource. */
interface Verdict {
  line: EvaluationLine;
  /** Whether that is only that it is of another type. */
  ofAnother?: boolean;
}

function notApplicable(resource: string | null, ofAnother: boolean): Verdict {
  return { line: { resource, compliance: 'NOT_APPLICABLE', violations: [], plan: [] }, ofAnother };
}

function undecidedBy(resource: string | null, { violations }: Evaluation, undecided: string): Verdict {
  return { line: { resource, compliance: 'NOT_APPLICABLE', undecided, violations, plan: [] } };
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
