import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { SQSClient } from '@aws-sdk/client-sqs';
import { requiredVariable } from '../../contract/environment';
import type { FindingMessage } from '../../contract/finding';
import type { CustomControl } from '../../controls/control';
import { fetchConfigurationItem, putEvaluation } from './aws-config';
import { type FindingSource, findingMessage, sendFinding } from './finding-sender';
import { parseInvocation, type RuleInvocation } from './invocation';
import { type ParametersOf, readParameterSets } from './parameter-sets';
import { isRelevant, judge, type Verdict } from './verdict';

/** AWS Config's token when somebody tries a rule out; nothing it answers is kept, so no finding may follow from it. */
const testToken = 'TESTMODE';

/** What a rule function needs: of AWS, and of the policy. */
export interface RuleParts {
  config: Pick<ConfigServiceClient, 'send'>;
  queue: Pick<SQSClient, 'send'>;
  queueUrl: string;
  parametersOf: ParametersOf;
}

/**
 * Makes the Lambda handler of a custom control's rule: judges the configuration item, reports to AWS Config, and sends a
 * finding to the hub when the resource is dangerous and something that matters changed. Neither waits for the other, so
 * that the hub hears of a danger also where AWS Config takes no evaluation. Errors of AWS are thrown afterwards, so that
 * Lambda tries the whole invocation again; both steps may run twice.
 *
 * Logs are plain objects: the template turns Lambda's JSON log format on, which makes structured lines of them. A logging
 * library would be a third of the bundle, which every member template carries.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function createRuleHandler(control: CustomControl, parts: RuleParts = partsFromEnvironment(control)) {
  return async (event: unknown): Promise<void> => {
    const invocation = parseInvocation(event);
    const item = await itemOf(invocation, parts);
    if (item === undefined) return;

    const verdict = judge(control, item, parts.parametersOf(invocation.accountId), invocation.leftScope);
    const source = sourceOf(item, invocation.accountId, control);
    if (source === undefined) {
      console.warn({
        message: 'The configuration item names no resource, so there is nothing to report',
        verdict,
      });
      return;
    }
    const testMode = invocation.resultToken === testToken;
    const steps = [putEvaluation(parts.config, source, verdict, invocation.resultToken, testMode)];
    if (!testMode && shouldTellHub(control, verdict, invocation)) {
      steps.push(tellHub(parts, findingMessage(control, source, verdict), verdict));
    }
    const failed = (await Promise.allSettled(steps)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  };
}

function shouldTellHub(control: CustomControl, verdict: Verdict, { notification }: RuleInvocation): boolean {
  const changed = notification.kind === 'item' ? notification.changedProperties : undefined;
  return verdict.hubMustLook && isRelevant(control, changed);
}

async function tellHub(
  { queue, queueUrl }: RuleParts,
  message: FindingMessage,
  verdict: Verdict,
): Promise<void> {
  await sendFinding(queue, queueUrl, message);
  console.info({
    message: 'Finding sent',
    resourceId: message.resourceId,
    compliance: verdict.compliance,
  });
}

async function itemOf(
  { notification }: RuleInvocation,
  { config }: RuleParts,
): Promise<Record<string, unknown> | undefined> {
  switch (notification.kind) {
    case 'item':
      return notification.item;
    case 'oversized':
      return (await fetchConfigurationItem(config, notification)) ?? notification.summary;
    case 'other':
      console.warn({
        message: 'A message about no resource was ignored',
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
    capturedAt: captureTime(configurationItemCaptureTime),
  };
}

function captureTime(value: unknown): Date {
  const time = new Date(typeof value === 'string' || typeof value === 'number' ? value : Number.NaN);
  return Number.isNaN(time.getTime()) ? new Date() : time;
}

/** The queue lies in the hub's Region, and its URL names the hub's account; the SDK must not take it for an endpoint. */
function partsFromEnvironment(control: CustomControl): RuleParts {
  return {
    config: new ConfigServiceClient({}),
    queue: new SQSClient({ region: requiredVariable('HUB_REGION'), useQueueUrlAsEndpoint: false }),
    queueUrl: requiredVariable('REMEDIATION_QUEUE_URL'),
    parametersOf: readParameterSets(control, requiredVariable('PARAMETER_SETS')),
  };
}
