import type { Json } from '../../contract/json';
import {
  type Compliance,
  type CustomControl,
  RefusedError,
  ResourceInputError,
  type Violation,
} from '../../controls/control';

/** What a rule function says about one configuration item. */
export interface Verdict {
  compliance: Compliance;
  /** Why, in 1 to 256 characters, for AWS Config's console; absent when there is nothing to say. */
  annotation?: string;
  violations: Violation[];
  /** The changes that would fix the configuration item. */
  steps: Json[];
  /** Whether the hub has to look: the resource is dangerous, or nobody could tell from the item. */
  hubMustLook: boolean;
}

/** PutEvaluations takes 1 to 256 characters: https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html */
const longestAnnotation = 256;

/**
 * Statuses in which the item describes a resource that exists:
 * https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
 */
const existing = new Set(['OK', 'ResourceDiscovered']);

/**
 * Judges a configuration item by a control. Pure.
 *
 * A member account does not know what it lies under, so that several sets of parameters may hold in it. NON_COMPLIANT is what
 * is so by any of them, COMPLIANT what is so by all: nothing may stay dangerous, and the hub decides by the one that holds.
 *
 * A resource that is deleted, of another type, or out of scope is NOT_APPLICABLE. So is an item that cannot be
 * understood, or that does not hold enough to decide; then the hub is asked to look at the resource itself, since nothing
 * may stay dangerous for being odd.
 * @param parameterSets the sets that may hold in the account, as the control's schema returns them; at least one
 */
export function judge(
  control: CustomControl,
  item: Record<string, unknown>,
  parameterSets: readonly unknown[],
  leftScope: boolean,
): Verdict {
  if (
    leftScope ||
    !existing.has(String(item.configurationItemStatus)) ||
    item.resourceType !== control.resourceType
  ) {
    return notApplicable(undefined, false);
  }
  try {
    const resource = control.fromConfigurationItem(item);
    return strictest(parameterSets, (parameters) => judgeBy(control, resource, parameters));
  } catch (error) {
    if (!(error instanceof ResourceInputError)) throw error;
    return notApplicable(annotate(`The configuration item could not be understood: ${error.message}`), true);
  }
}

/** The verdict by one set of parameters. */
function judgeBy(control: CustomControl, resource: unknown, parameters: unknown): Verdict {
  const { compliance, violations } = control.evaluate(resource, parameters);
  if (compliance !== 'NON_COMPLIANT') {
    const undecided = control.undecided?.(resource, parameters);
    if (undecided !== undefined) return notApplicable(annotate(undecided), true);
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
function strictest(parameterSets: readonly unknown[], verdictBy: (parameters: unknown) => Verdict): Verdict {
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
  return found ?? notApplicable(undefined, true);
}

/**
 * Whether a change of these properties can change the control's verdict. Everything is relevant where AWS Config does
 * not say what changed.
 */
export function isRelevant(control: CustomControl, changedProperties: string[] | undefined): boolean {
  if (changedProperties === undefined) return true;
  return changedProperties.some((property) =>
    control.relevantChanges.some((relevant) => isPartOf(property, relevant) || isPartOf(relevant, property)),
  );
}

/** Whether a property is the other one, or lies within it: `Configuration.IpPermissions.0` in `Configuration.IpPermissions`. */
function isPartOf(property: string, other: string): boolean {
  return property === other || property.startsWith(`${other}.`);
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

function notApplicable(annotation: string | undefined, hubMustLook: boolean): Verdict {
  return {
    compliance: 'NOT_APPLICABLE',
    ...(annotation === undefined ? {} : { annotation }),
    violations: [],
    steps: [],
    hubMustLook,
  };
}

function annotate(text: string): string {
  return text.length <= longestAnnotation ? text : `${text.slice(0, longestAnnotation - 1)}…`;
}
