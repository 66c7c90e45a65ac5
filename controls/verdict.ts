import { cut } from '../core/cut';
import { RefusedError } from '../core/errors';
import type { Compliance } from '../core/evaluation';
import type { Json } from '../core/json';
import type { Violation } from '../core/violation';
import type { CustomControl } from './control';

/** What a control says of a resource where several sets of parameters may hold. */
export interface Verdict {
  compliance: Compliance;
  /** Why, in 1 to 256 characters, for AWS Config's console; absent when there is nothing to say. */
  annotation?: string;
  violations: Violation[];
  /** The changes that would fix it. */
  steps: Json[];
  /** Whether the hub has to look: the resource is dangerous, or nobody could tell from what is there. */
  hubMustLook: boolean;
}

/** The verdict on what the control does not apply to. */
export const notApplicable: Verdict = {
  compliance: 'NOT_APPLICABLE',
  violations: [],
  steps: [],
  hubMustLook: false,
};

/** PutEvaluations takes 1 to 256 characters: https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html */
const longestAnnotation = 256;

/**
 * The verdict on what cannot be decided here: AWS Config shows none, and the hub looks at the resource itself.
 * @param reason one sentence for people
 */
export function undecided(reason: string): Verdict {
  return { ...notApplicable, annotation: annotate(reason), hubMustLook: true };
}

/**
 * The verdict by one set of parameters.
 * @param evaluation where it is known already
 */
export function judgeBy(
  control: CustomControl,
  resource: unknown,
  parameters: unknown,
  evaluation = control.evaluate(resource, parameters),
): Verdict {
  const { compliance, violations } = evaluation;
  if (compliance !== 'NON_COMPLIANT') {
    const reason = control.undecided?.(resource, parameters);
    if (reason !== undefined) return undecided(reason);
    return { compliance, violations, steps: [], hubMustLook: false };
  }
  return {
    compliance,
    annotation: annotate(violations.map((violation) => violation.text).join(' ')),
    violations,
    steps: stepsOf(control, resource, violations, parameters),
    hubMustLook: true,
  };
}

/** The first verdict of NON_COMPLIANT; else of what is undecided, else of what is not COMPLIANT, else of any. */
export function strictest(
  parameterSets: readonly unknown[],
  verdictBy: (parameters: unknown) => Verdict,
): Verdict {
  const verdicts: Verdict[] = [];
  for (const parameters of parameterSets) {
    const verdict = verdictBy(parameters);
    if (verdict.compliance === 'NON_COMPLIANT') return verdict;
    verdicts.push(verdict);
  }
  const found =
    verdicts.find(({ hubMustLook }) => hubMustLook) ??
    verdicts.find(({ compliance }) => compliance !== 'COMPLIANT') ??
    verdicts[0];
  return found ?? { ...notApplicable, hubMustLook: true };
}

/** The changes of the plan; none where nothing may be changed. The resource is no less dangerous for it. */
function stepsOf(
  control: CustomControl,
  resource: unknown,
  violations: Violation[],
  parameters: unknown,
): Json[] {
  try {
    return control.plan(resource, violations, parameters).changes;
  } catch (error) {
    if (error instanceof RefusedError) return [];
    throw error;
  }
}

function annotate(text: string): string {
  return cut(text, longestAnnotation);
}
