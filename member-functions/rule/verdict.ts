import type { AccountSetting, CustomControl } from '../../controls/control';
import { cut } from '../../core/cut';
import { RefusedError, ResourceInputError } from '../../core/errors';
import type { Compliance } from '../../core/evaluation';
import type { Json } from '../../core/json';
import type { Violation } from '../../core/violation';

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

/** The verdict on what the control does not apply to. */
export const notApplicable: Verdict = {
  compliance: 'NOT_APPLICABLE',
  violations: [],
  steps: [],
  hubMustLook: false,
};

const complies: Verdict = { compliance: 'COMPLIANT', violations: [], steps: [], hubMustLook: false };

/** PutEvaluations takes 1 to 256 characters: https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html */
const longestAnnotation = 256;

/**
 * Statuses in which the item describes a resource that exists:
 * https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
 */
const existing = new Set(['OK', 'ResourceDiscovered']);

/** A configuration item, and what it is judged by. */
export interface JudgedItem {
  item: Record<string, unknown>;
  /** The sets that may hold in the account, as the control's schema returns them; at least one. */
  parameterSets: readonly unknown[];
  /** Whether the resource is no longer in the rule's scope. */
  leftScope: boolean;
}

/**
 * Judges a configuration item by a control. Pure.
 *
 * A member account does not know what it lies under, so that several sets of parameters may hold in it. NON_COMPLIANT is what
 * is so by any of them, COMPLIANT what is so by all: nothing may stay dangerous, and the hub decides by the one that holds.
 *
 * A resource that is deleted, of another type, or out of scope is NOT_APPLICABLE. So is an item that cannot be
 * understood, or that does not hold enough to decide; then the hub is asked to look at the resource itself, since nothing
 * may stay dangerous for being odd.
 * @param setting of the account, where it decides too; without it the resource is judged as if the account had none
 */
export function judge(
  control: CustomControl,
  { item, parameterSets, leftScope }: JudgedItem,
  setting?: AccountSetting,
): Verdict {
  if (
    leftScope ||
    !existing.has(String(item.configurationItemStatus)) ||
    item.resourceType !== control.resourceType
  ) {
    return notApplicable;
  }
  try {
    let read: unknown;
    const resource = () => {
      read ??= underSetting(control, control.fromConfigurationItem(item), setting);
      return read;
    };
    return strictest(parameterSets, (parameters) => {
      const plain = setting === undefined ? control.evaluateItem?.(item, parameters) : undefined;
      return plain?.compliance === 'COMPLIANT' ? complies : judgeBy(control, resource(), parameters, plain);
    });
  } catch (error) {
    if (!(error instanceof ResourceInputError)) throw error;
    return undecided(`The configuration item could not be understood: ${error.message}`);
  }
}

/**
 * The verdict on what cannot be decided here: AWS Config shows none, and the hub looks at the resource itself.
 * @param reason one sentence for people
 */
export function undecided(reason: string): Verdict {
  return { ...notApplicable, annotation: annotate(reason), hubMustLook: true };
}

function underSetting(control: CustomControl, resource: unknown, setting?: AccountSetting): unknown {
  return setting === undefined || control.underAccountSetting === undefined
    ? resource
    : control.underAccountSetting.fill(resource, setting);
}

/**
 * The verdict by one set of parameters.
 * @param evaluation where it is known already
 */
function judgeBy(
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
  return found ?? { ...notApplicable, hubMustLook: true };
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

function annotate(text: string): string {
  return cut(text, longestAnnotation);
}
