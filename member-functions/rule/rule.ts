import type { Context } from 'aws-lambda';
import type { CustomControl } from '../../controls/control';
import type { ParametersOf } from '../../controls/parameter-sets';
import { notApplicable, type Verdict } from '../../controls/verdict';
import { requiredVariable } from '../../core/environment';
import type { FindingMessage } from '../../core/finding-message';
import type { RuleInvocation } from '../../core/rule-invocation';
import type { AwsCall } from './aws-api/json-api';
import { fetchConfigurationItem, putEvaluation, recordedSetting } from './aws-config';
import { type FindingSource, findingMessage } from './finding-message';
import { isChange } from './is-change';
import { type Judgement, judgeUnderAccount } from './judging';
import { type Patience, startEvaluation } from './re-evaluation';
import { isRelevant } from './verdict';

/** AWS Config's token when somebody tries a rule out; nothing it answers is kept, so no finding may follow from it. */
const testToken = 'TESTMODE';

/** What every rule of the function needs of AWS. */
export interface AwsParts {
  /** Calls AWS Config in the function's Region. */
  callConfig: AwsCall;
  /** Sends a finding to the hub; throws when the queue did not take it. */
  sendFinding(message: FindingMessage): Promise<void>;
  pause: Patience['pause'];
}

/** What one rule needs: of AWS, and of the policy. */
export interface RuleParts extends AwsParts {
  parametersOf: ParametersOf;
  /**
   * Reads the setting of the account that decides with the resource; null where the account has none. Absent where the
   * control's resource alone decides. Throws when AWS cannot be asked.
   */
  readAccountSetting?: (accountId: string) => Promise<unknown>;
}

/** An invocation of which the rule is known. */
export type NamedInvocation = RuleInvocation & { ruleName: string };

/** What a rule does when AWS Config invokes it. */
export type Rule = (
  invocation: NamedInvocation,
  context?: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<void>;

/**
 * Makes the rule of a custom control: judges the configuration item, reports to AWS Config, and sends a finding to the hub
 * when the resource is dangerous and something that matters changed. Neither waits for the other, so that the hub hears of
 * a danger also where AWS Config takes no evaluation. Errors of AWS are thrown afterwards, so that Lambda tries the whole
 * invocation again; both steps may run twice.
 *
 * A change of the account's setting has everything judged again that the rule looks at.
 *
 * Logs are plain objects: the template turns Lambda's JSON log format on, which makes structured lines of them. A logging
 * library would be a third of the bundle, which every member template carries.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function createRule(control: CustomControl, parts: RuleParts): Rule {
  const judgeAgain = judgingAgain(parts);
  return async (invocation, context) => {
    const item = await itemOf(invocation, parts);
    if (item === undefined) return;

    const source = sourceOf(item, invocation.accountId, control);
    if (source === undefined) {
      console.warn({
        message: 'The configuration item names no resource, so there is nothing to report',
        control: control.id,
      });
      return;
    }
    const testMode = invocation.resultToken === testToken;
    const report = (verdict: Verdict) =>
      putEvaluation(parts.callConfig, source, verdict, invocation.resultToken, testMode);
    if (source.resourceType === control.accountSetting) {
      // The setting itself is neither compliant nor dangerous.
      const steps = [report(notApplicable)];
      if (!testMode) steps.push(judgeAgain(invocation, source, context));
      return allOf(steps);
    }
    const { verdict, error } = await judgementOf(control, item, source, invocation, parts);
    const steps = [report(verdict)];
    if (!testMode && shouldTellHub(control, verdict, invocation)) {
      steps.push(tellHub(parts, findingMessage(control, source, verdict), verdict));
    }
    if (error !== undefined) steps.push(Promise.reject(error));
    return allOf(steps);
  };
}

/** Waits for all, and throws the first error afterwards. */
async function allOf(steps: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(steps)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

function judgementOf(
  control: CustomControl,
  item: Record<string, unknown>,
  { accountId, capturedAt }: FindingSource,
  { notification, leftScope }: RuleInvocation,
  { callConfig, parametersOf, readAccountSetting }: RuleParts,
): Promise<Judgement> {
  const judged = { item, parameterSets: parametersOf(accountId), leftScope };
  return judgeUnderAccount(control, judged, isChange(notification), {
    async now() {
      if (readAccountSetting === undefined) throw new Error('The function was bundled without what reads it');
      return readAccountSetting(accountId);
    },
    async recorded() {
      if (control.accountSetting === undefined) return { whenCaptured: null, since: [] };
      return recordedSetting(callConfig, accountId, control.accountSetting, capturedAt);
    },
  });
}

/**
 * Has everything judged again that a setting decides about, once for each change of the setting. Where the item comes
 * without a change, AWS Config is evaluating the rule as a whole already: the setting is in the rule's scope, so that a start
 * would follow from each start. For the same reason this process starts nothing twice for one item, should AWS Config hand over
 * its change again.
 */
function judgingAgain({ callConfig, pause }: RuleParts) {
  let started: string | undefined;
  return async (
    { notification, ruleName }: NamedInvocation,
    { accountId, capturedAt }: FindingSource,
    context: Pick<Context, 'getRemainingTimeInMillis'> | undefined,
  ): Promise<void> => {
    const change = `${accountId} ${ruleName} ${capturedAt.toISOString()}`;
    if (!isChange(notification) || change === started) return;
    const remaining = () => context?.getRemainingTimeInMillis() ?? 0;
    await startEvaluation(callConfig, ruleName, { remaining, pause });
    started = change;
    console.info({ message: 'Everything is judged again: the setting of the account changed', ruleName });
  };
}

function shouldTellHub(control: CustomControl, verdict: Verdict, { notification }: RuleInvocation): boolean {
  const changed = notification.kind === 'item' ? notification.changedProperties : undefined;
  return verdict.hubMustLook && isRelevant(control, changed);
}

async function tellHub({ sendFinding }: RuleParts, message: FindingMessage, verdict: Verdict): Promise<void> {
  await sendFinding(message);
  console.info({
    message: 'Finding sent',
    control: message.control,
    resourceId: message.resourceId,
    compliance: verdict.compliance,
  });
}

async function itemOf(
  { notification, ruleName }: NamedInvocation,
  { callConfig }: RuleParts,
): Promise<Record<string, unknown> | undefined> {
  switch (notification.kind) {
    case 'item':
      return notification.item;
    case 'oversized':
      return (
        (await fetchConfigurationItem(callConfig, {
          ...notification,
          capturedAt: timeIn(notification.summary.configurationItemCaptureTime),
        })) ?? notification.summary
      );
    case 'other':
      console.warn({
        message: 'A message about no resource was ignored',
        ruleName,
        messageType: notification.messageType,
      });
      return undefined;
  }
}

function sourceOf(
  item: Record<string, unknown>,
  accountId: string,
  control: CustomControl,
): FindingSource | undefined {
  const { resourceId, resourceType, awsRegion, configurationItemCaptureTime } = item;
  if (typeof resourceId !== 'string' || resourceId === '') return undefined;
  return {
    accountId,
    region: typeof awsRegion === 'string' ? awsRegion : requiredVariable('AWS_REGION'),
    resourceType: typeof resourceType === 'string' ? resourceType : control.resourceType,
    resourceId,
    capturedAt: timeIn(configurationItemCaptureTime) ?? new Date(),
  };
}

function timeIn(value: unknown): Date | undefined {
  const time = new Date(typeof value === 'string' || typeof value === 'number' ? value : Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
