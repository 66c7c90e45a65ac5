import {
  type ConfigServiceClient,
  type ConfigurationItem,
  GetResourceConfigHistoryCommand,
  PutEvaluationsCommand,
  ResourceNotDiscoveredException,
  type ResourceType,
} from '@aws-sdk/client-config-service';
import type { Verdict } from '../../controls/verdict';
import type { AccountSettingType } from '../../core/account-settings';
import type { FindingSource } from './finding-message';
import type { RecordedSetting } from './judging';
import { settingAt } from './recorded-setting';

type ConfigClient = Pick<ConfigServiceClient, 'send'>;

/**
 * Reports a verdict to AWS Config. In test mode AWS Config checks the call and keeps nothing.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_PutEvaluations.html
 * @throws Error when AWS Config refuses the call or the evaluation, so that the invocation is tried again.
 */
export async function putEvaluation(
  config: ConfigClient,
  source: FindingSource,
  verdict: Verdict,
  resultToken: string,
  testMode: boolean,
): Promise<void> {
  const answer = await config.send(
    new PutEvaluationsCommand({
      ResultToken: resultToken,
      ...(testMode ? { TestMode: true } : {}),
      Evaluations: [
        {
          ComplianceResourceType: source.resourceType,
          ComplianceResourceId: source.resourceId,
          ComplianceType: verdict.compliance,
          OrderingTimestamp: source.capturedAt,
          ...(verdict.annotation === undefined ? {} : { Annotation: verdict.annotation }),
        },
      ],
    }),
  );
  if ((answer.FailedEvaluations?.length ?? 0) > 0) {
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
  config: ConfigClient,
  resource: { resourceType: string; resourceId: string; capturedAt?: Date | undefined },
): Promise<Record<string, unknown> | undefined> {
  const [newest] = await historyOf(config, resource, 1);
  // One call spans a week, and an evaluation of everything hands over items that are older.
  const [item] =
    newest === undefined && resource.capturedAt !== undefined
      ? await historyOf(config, resource, 1, resource.capturedAt)
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
  config: ConfigClient,
  accountId: string,
  setting: AccountSettingType,
  at: Date,
): Promise<RecordedSetting> {
  const newestFirst = await historyOf(config, { resourceType: setting, resourceId: accountId }, 100);
  return settingAt(newestFirst, at);
}

async function historyOf(
  config: ConfigClient,
  { resourceType, resourceId }: { resourceType: string; resourceId: string },
  limit: number,
  laterTime?: Date,
): Promise<ConfigurationItem[]> {
  try {
    const history = await config.send(
      new GetResourceConfigHistoryCommand({
        resourceType: resourceType as ResourceType,
        resourceId,
        chronologicalOrder: 'Reverse',
        limit,
        ...(laterTime && { laterTime }),
      }),
    );
    return history.configurationItems ?? [];
  } catch (error) {
    if (error instanceof ResourceNotDiscoveredException) return [];
    throw error;
  }
}
