import type { Context } from 'aws-lambda';
import type { CustomControl } from '../../controls/control';
import { readParameterSets } from '../../controls/parameter-sets';
import { requiredVariable } from '../../core/environment';
import { controlIdOfConfigRule } from '../../core/names';
import type { ProbeMessage } from '../../core/probe';
import { parseInvocation, type RuleInvocation } from '../../core/rule-invocation';
import { jsonApi } from './aws-api/json-api';
import { awsConfig } from './aws-config';
import { sendToHub, sqs } from './finding-queue';
import { probeIn } from './probe';
import { type AwsParts, createRule, type NamedInvocation, type Rule, type RuleParts } from './rule';

/** What the bundle holds of one control. Its code is loaded by its rule's first invocation, and by no other rule's. */
export interface BundledControl {
  control(): CustomControl;
  /** JSON. */
  parameterSets: string;
  /** There exactly where a setting of the account decides with the control's resource. */
  readAccountSetting?(): NonNullable<RuleParts['readAccountSetting']>;
}

/** What the bundle holds, by control id. */
export type BundledControls = Readonly<Record<string, BundledControl>>;

/** What the function needs of AWS. */
export interface FunctionParts extends AwsParts {
  /** Sends a probe of the doctor to the hub, as a finding is sent; throws when the queue did not take it. */
  sendProbe(message: ProbeMessage): Promise<void>;
}

/** What the function reads of Lambda's context. */
export type RuleContext = Pick<Context, 'getRemainingTimeInMillis'> &
  Partial<Pick<Context, 'invokedFunctionArn'>>;

/** Thrown when AWS Config invokes the function for a rule that it does not have. Nothing was evaluated. */
export class UnknownRuleError extends Error {
  override readonly name = 'UnknownRuleError';
}

/**
 * Makes the Lambda handler of all rules of custom controls. AWS Config's event names the rule that invokes the function; it
 * alone decides which control judges, and whatever else fails, fails for that control only: its code is loaded and its
 * parameters are read when its rule is invoked first.
 *
 * It throws what a rule throws, so that Lambda tries that invocation again; an UnknownRuleError when it has no such rule, and
 * an InvocationError when the event is none of AWS Config's.
 */
export function createRuleFunction(bundled: BundledControls, aws: FunctionParts) {
  const rules = new Map<string, Rule>();
  const ruleOf = (
    controlId: string,
    { control, parameterSets, readAccountSetting }: BundledControl,
  ): Rule => {
    const known = rules.get(controlId);
    if (known) return known;
    const loaded = control();
    const rule = createRule(loaded, {
      ...aws,
      parametersOf: readParameterSets(loaded, parameterSets),
      ...(readAccountSetting && { readAccountSetting: readAccountSetting() }),
    });
    rules.set(controlId, rule);
    return rule;
  };
  return async (event: unknown, context?: RuleContext): Promise<void> => {
    const probe = probeIn(event, context);
    if (probe !== undefined) return aws.sendProbe(probe);
    const invocation = named(parseInvocation(event));
    const { ruleName } = invocation;
    const controlId = controlIdOfConfigRule(ruleName);
    const one = controlId !== undefined && Object.hasOwn(bundled, controlId) ? bundled[controlId] : undefined;
    if (controlId === undefined || one === undefined) throw unknownRule(ruleName);
    try {
      await ruleOf(controlId, one)(invocation, context);
    } catch (error) {
      // Lambda logs the error itself, which does not say for which rule the function was invoked.
      console.error({
        message: 'The rule failed',
        ruleName,
        error: error instanceof Error ? error.name : 'unknown',
      });
      throw error;
    }
  };
}

function named(invocation: RuleInvocation): NamedInvocation {
  const { ruleName } = invocation;
  if (ruleName === undefined) {
    throw new UnknownRuleError(
      'The event does not name the rule that invokes the function; nothing was evaluated.',
    );
  }
  return { ...invocation, ruleName };
}

function unknownRule(ruleName: string): UnknownRuleError {
  return new UnknownRuleError(
    `The function was invoked for the rule ${JSON.stringify(ruleName)}, which it does not have; nothing was evaluated. Deploy the member stack again: the function and its rules belong to one template.`,
  );
}

/** The Lambda handler of the bundled controls. */
export function ruleFunction(bundled: BundledControls) {
  const queueUrl = requiredVariable('REMEDIATION_QUEUE_URL');
  const callSqs = jsonApi(sqs, requiredVariable('HUB_REGION'));
  return createRuleFunction(bundled, {
    callConfig: jsonApi(awsConfig, requiredVariable('AWS_REGION')),
    sendFinding: (message) => sendToHub(callSqs, queueUrl, message),
    sendProbe: (message) => sendToHub(callSqs, queueUrl, message),
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
}
