import * as z from 'zod/mini';
import type { Verdict } from '../../controls/verdict';
import type { AccountSettingType } from '../../core/account-settings';
import { AwsError } from './aws-api/aws-error';
import type { JsonApi } from './aws-api/endpoint';
import type { AwsCall } from './aws-api/json-api';
import type { FindingSource } from './finding-message';
import type { RecordedSetting } from './judging';
import { settingAt } from './recorded-setting';

/**
 * AWS Config, as what calls it is made. Its API has a name of its own for itself:
 * https://docs.aws.amazon.com/config/latest/APIReference/API_PutEvaluations.html#API_PutEvaluations_Examples
 */
export const awsConfig = {
  endpointPrefix: 'config',
  serviceId: 'CONFIG_SERVICE',
  target: 'StarlingDoveService',
  protocol: '1.1',
} as const satisfies JsonApi;

const evaluationsAnswer = z.object({ FailedEvaluations: z.optional(z.nullable(z.array(z.unknown()))) });

/** What is read of a configuration item here; the rest passes through. */
const storedItem = z.looseObject({
  configuration: z.optional(z.nullable(z.string())),
  /** Seconds since the epoch. */
  configurationItemCaptureTime: z.optional(z.number()),
  configurationItemStatus: z.optional(z.string()),
});

const historyAnswer = z.object({ configurationItems: z.optional(z.nullable(z.array(storedItem))) });

/**
 * Reports a verdict to AWS Config. In test mode AWS Config checks the call and keeps nothing.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_PutEvaluations.html
 * @throws Error when AWS Config refuses the call or the evaluation, so that the invocation is tried again.
 */
export async function putEvaluation(
  callConfig: AwsCall,
  source: FindingSource,
  verdict: Verdict,
  resultToken: string,
  testMode: boolean,
): Promise<void> {
  const answer = await callConfig('PutEvaluations', {
    ResultToken: resultToken,
    ...(testMode ? { TestMode: true } : {}),
    Evaluations: [
      {
        ComplianceResourceType: source.resourceType,
        ComplianceResourceId: source.resourceId,
        ComplianceType: verdict.compliance,
        OrderingTimestamp: inSeconds(source.capturedAt),
        ...(verdict.annotation === undefined ? {} : { Annotation: verdict.annotation }),
      },
    ],
  });
  if ((evaluationsAnswer.parse(answer).FailedEvaluations?.length ?? 0) > 0) {
    throw new Error(`AWS Config did not take the evaluation of ${source.resourceType} ${source.resourceId}`);
  }
}

/**
 * Fetches the newest configuration item of a resource whose item was too large for an invocation.
 * https://docs.aws.amazon.com/config/latest/developerguide/oversized-notification-example.html
 * Returns undefined when AWS Config holds none. Values come as strings, which the models understand.
 * @throws Error when AWS Config cannot be asked.
 */
export async function fetchConfigurationItem(
  callConfig: AwsCall,
  resource: { resourceType: string; resourceId: string; capturedAt?: Date | undefined },
): Promise<Record<string, unknown> | undefined> {
  const [newest] = await historyOf(callConfig, resource, 1);
  // One call spans a week, and an evaluation of everything hands over items that are older.
  const [item] =
    newest === undefined && resource.capturedAt !== undefined
      ? await historyOf(callConfig, resource, 1, resource.capturedAt)
      : [newest];
  if (item === undefined) return undefined;
  return { ...item, configurationItemCaptureTime: item.configurationItemCaptureTime?.toISOString() };
}

/**
 * What AWS Config recorded of an account's setting at a time, and since. It is asked once, and then answers for a week:
 * https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html
 * A setting of which nothing changed for longer counts as none.
 * @throws Error when AWS Config cannot be asked
 */
export async function recordedSetting(
  callConfig: AwsCall,
  accountId: string,
  setting: AccountSettingType,
  at: Date,
): Promise<RecordedSetting> {
  const newestFirst = await historyOf(callConfig, { resourceType: setting, resourceId: accountId }, 100);
  return settingAt(newestFirst, at);
}

async function historyOf(
  callConfig: AwsCall,
  { resourceType, resourceId }: { resourceType: string; resourceId: string },
  limit: number,
  laterTime?: Date,
) {
  try {
    const answer = await callConfig('GetResourceConfigHistory', {
      resourceType,
      resourceId,
      chronologicalOrder: 'Reverse',
      limit,
      ...(laterTime && { laterTime: inSeconds(laterTime) }),
    });
    return (historyAnswer.parse(answer).configurationItems ?? []).map(
      ({ configurationItemCaptureTime: seconds, ...item }) => ({
        ...item,
        configurationItemCaptureTime: seconds === undefined ? undefined : new Date(seconds * 1000),
      }),
    );
  } catch (error) {
    if (error instanceof AwsError && error.name === 'ResourceNotDiscoveredException') return [];
    throw error;
  }
}

/** A time as AWS Config's JSON has it: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#shape-serialization */
function inSeconds(time: Date): number {
  return time.getTime() / 1000;
}
