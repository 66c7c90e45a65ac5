import type { AccountSetting, CustomControl } from '../../controls/control';
import { judgeBy, notApplicable, strictest, undecided, type Verdict } from '../../controls/verdict';
import { ResourceInputError } from '../../core/errors';

const complies: Verdict = { compliance: 'COMPLIANT', violations: [], steps: [], hubMustLook: false };

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
      if (plain?.undecided !== undefined) return undecided(plain.undecided);
      return plain?.compliance === 'COMPLIANT' ? complies : judgeBy(control, resource(), parameters, plain);
    });
  } catch (error) {
    if (!(error instanceof ResourceInputError)) throw error;
    return undecided(`The configuration item could not be understood: ${error.message}`);
  }
}

function underSetting(control: CustomControl, resource: unknown, setting?: AccountSetting): unknown {
  return setting === undefined || control.underAccountSetting === undefined
    ? resource
    : control.underAccountSetting.fill(resource, setting);
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
