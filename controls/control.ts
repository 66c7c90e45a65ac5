import type * as z from 'zod/mini';
import type { AccountSettingType } from '../core/account-settings';
import type { Evaluation } from '../core/evaluation';
import type { JsonObject } from '../core/json';
import type { Permission } from '../core/permission';
import type { Plan } from '../core/plan';
import type { Severity, Violation } from '../core/violation';
import type { ConfigurationItems } from '../resources/kit/resource-type';
import type { FixableResourceType } from '../resources/resource-types';

/** What is known of a control without judging anything by it: all that the coordinator needs. */
export interface ControlFacts<Parameters = unknown> {
  kind: 'custom';
  /** Lower-case words joined by hyphens; names the folder, the rule and the function. */
  id: string;
  /** What is wrong, as a noun that begins no sentence: it follows a state, as in "Fixed: public S3 bucket". */
  title: string;
  severity: Severity;
  resourceType: FixableResourceType;
  /** Validates parameters, and fills in defaults: `parse({})` gives the defaults. */
  parameters: z.ZodMiniType<Parameters>;
  /** The setting of the account that decides with the resource; absent where the resource alone decides. */
  accountSetting?: AccountSettingType;
  /** Whether each of its plans also takes something harmless, so that a fix waits for approval unless the policy says otherwise. */
  alwaysLossy?: true;
  /** What fixing takes, beside reading. */
  fixPermissions: readonly Permission[];
}

/** A setting of the account, as a resource is judged by it. */
export interface AccountSetting {
  /** As AWS answers it; null where the account has none. */
  now: unknown;
  /** Whether another setting, under which the resource's item was captured, may have hidden something of the resource. */
  hid: boolean;
}

/** How a setting of the account decides about a resource. Pure. */
export interface UnderAccountSetting<Resource = unknown> {
  /**
   * The resource with the setting filled in.
   * @throws ResourceInputError when the setting cannot be understood.
   */
  fill(resource: Resource, setting: AccountSetting): Resource;
  /**
   * Whether an item of the resource that was captured under a setting may show less of it than there is.
   * @param then the setting, as AWS Config recorded it; null where there was none, undefined where it is not known
   */
  hides(resource: Resource, then: unknown): boolean;
}

/** What a short look at a configuration item tells: the evaluation, and what `undecided` says of the resource. */
export interface ShortEvaluation extends Evaluation {
  undecided?: string;
}

/** A control that Staunch evaluates and can fix itself. Pure: it knows no AWS client. */
export interface CustomControl<Resource = unknown, Parameters = unknown>
  extends ControlFacts<Parameters>,
    ConfigurationItems<Resource> {
  /**
   * What `evaluate` says of the resource in a configuration item, found without its model: for most items a short look is enough.
   * @returns undefined where it is not enough; else the model can be filled
   */
  evaluateItem?(item: unknown, parameters: Parameters): ShortEvaluation | undefined;
  evaluate(resource: Resource, parameters: Parameters): Evaluation;
  /** There exactly where `accountSetting` is. */
  underAccountSetting?: UnderAccountSetting<Resource>;
  /**
   * Why the resource cannot be decided from what the model holds, as one sentence; undefined when it can. What is
   * undecided is never called COMPLIANT. Absent where the model always holds enough.
   */
  undecided?(resource: Resource, parameters: Parameters): string | undefined;
  /**
   * Whether the resource's policy lets in one of AWS's services, whosever request it acts on, and the parameters have that reported
   * beside the findings. Absent where the control judges no policy by itself.
   * @throws ResourceInputError when the policy is malformed
   */
  reportsDeputy?(resource: Resource, parameters: Parameters): boolean;
  /** The smallest change that makes the resource compliant; no changes when it complies. */
  plan(resource: Resource, violations: Violation[], parameters: Parameters): Plan;
  /**
   * What is dangerous by `next` and was not by `before`, a few words each, so that people see what a change of parameters
   * makes fixable. Absent where parameters do not decide what is dangerous.
   * @param before as the deployed policy has them, which an older version may have written
   */
  newlyDangerous?(before: JsonObject, next: Parameters): string[];
}

/** A control that one of AWS Config's managed rules evaluates. It is watched and reported, never fixed. */
export interface ManagedControl {
  kind: 'managed';
  id: string;
  /** As that of a custom control. */
  title: string;
  severity: Severity;
  /** AWS's identifier of the managed rule, for example `IAM_PASSWORD_POLICY`. */
  sourceIdentifier: string;
  /** The rule's parameters, as strings, as AWS Config takes them. */
  inputParameters: Readonly<Record<string, string>>;
  /** `home`: one Region only, for what is the same in the whole account; else every Region reports it again. */
  regions: 'home' | 'every';
}

/** Any control of the registry. */
export type Control = CustomControl | ManagedControl;
