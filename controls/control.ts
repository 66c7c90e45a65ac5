import type * as z from 'zod/mini';
import type { AccountSettingType } from '../contract/account-settings';
import type { Json, JsonObject } from '../contract/json';
import type { FixableResourceType } from '../contract/resource-types';

/** How bad it is when a control is violated. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** AWS Config's verdicts that a rule may report. */
export type Compliance = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE';

/** One thing that is wrong with a resource. */
export interface Violation {
  /** Kind of the violation, for example `open-port`; each control lists its own. */
  kind: string;
  /** One sentence for people, without markup. May hold text from the resource: escape it where it is shown. */
  text: string;
  /** The details, for programs. */
  detail: JsonObject;
}

/** One change that a plan makes. `action` and the further keys are the control's own, flat and JSON. */
export type Change = {
  /** For example `revoke`, `authorize`, `removeGrant`. */
  action: string;
  /** One sentence for people that says what was and what becomes of it. */
  text: string;
} & { [key: string]: Json };

/** What would make a resource compliant. */
export interface Plan<C extends Change = Change> {
  /** In the order in which they are applied. */
  changes: C[];
  /** Whether it also takes something that was not the danger. */
  lossy: boolean;
  /** What goes with it, one sentence each; empty exactly when not lossy. */
  losses: string[];
}

/** The verdict on one resource. */
export interface Evaluation {
  compliance: Compliance;
  /** Not empty exactly when NON_COMPLIANT. */
  violations: Violation[];
}

/** IAM actions, and how far AWS can limit them. */
export interface Permission {
  actions: readonly string[];
  /**
   * - `resource`: limited to the finding's resource (in the member role: to its type).
   * - `new-security-group-rule`: tags of rules that the same call of AuthorizeSecurityGroupIngress creates, by
   *   `ec2:CreateAction`: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
   * - `any`: AWS offers no limit.
   */
  on: 'resource' | 'new-security-group-rule' | 'any';
  /** Why `any`, with AWS's source; and what else a reader should know. */
  reason?: string;
}

/** What is known of a control without judging anything by it: all that the coordinator needs. */
export interface ControlFacts<Parameters = unknown> {
  kind: 'custom';
  /** Lower-case words joined by hyphens; names the folder, the rule and the function. */
  id: string;
  title: string;
  severity: Severity;
  resourceType: FixableResourceType;
  /** Validates parameters, and fills in defaults: `parse({})` gives the defaults. */
  parameters: z.ZodMiniType<Parameters>;
  /**
   * Prefixes of the keys of a configuration item's `configurationItemDiff.changedProperties` that can change the
   * verdict. A change of only other properties sends no finding again.
   */
  relevantChanges: readonly string[];
  /** The setting of the account that decides with the resource; absent where the resource alone decides. */
  accountSetting?: AccountSettingType;
  /** What reading the live resource takes. */
  readPermissions: readonly Permission[];
  /** What fixing it takes, beside reading. */
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

/** A control that Staunch evaluates and can fix itself. Pure: it knows no AWS client. */
export interface CustomControl<Resource = unknown, Parameters = unknown> extends ControlFacts<Parameters> {
  /**
   * Fills the model from a configuration item, in every form in which AWS Config hands it over.
   * @throws ResourceInputError when the item cannot be understood; it says what and where.
   */
  fromConfigurationItem(item: unknown): Resource;
  evaluate(resource: Resource, parameters: Parameters): Evaluation;
  /** There exactly where `accountSetting` is. */
  underAccountSetting?: UnderAccountSetting<Resource>;
  /**
   * Why the resource cannot be decided from what the model holds, as one sentence; undefined when it can. What is
   * undecided is never called COMPLIANT. Absent where the model always holds enough.
   */
  undecided?(resource: Resource, parameters: Parameters): string | undefined;
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

/** Thrown when a resource, or parameters, cannot be understood. The message says what, where, and what would be right. */
export class ResourceInputError extends Error {
  override readonly name = 'ResourceInputError';
}

/**
 * Thrown by `evaluate` or `plan` where no verdict may be acted upon, for example because AWS's own answer contradicts
 * the evaluation. Nothing may be changed; the message says why. A remediation answers `refused` with it.
 */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}
