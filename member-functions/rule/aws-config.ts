import {
  type ConfigServiceClient,
  GetResourceConfigHistoryCommand,
  PutEvaluationsCommand,
  ResourceNotDiscoveredException,
  type ResourceType,
} from '@aws-sdk/client-config-service';
import type { FindingSource } from './finding-sender';
import type { Verdict } from './verdict';

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
  resource: { resourceType: string; resourceId: string },
): Promise<Record<string, unknown> | undefined> {
  try {
    const history = await config.send(
      new GetResourceConfigHistoryCommand({
        resourceType: resource.resourceType as ResourceType,
        resourceId: resource.resourceId,
        chronologicalOrder: 'Reverse',
        limit: 1,
      }),
    );
    const item = history.configurationItems?.[0];
    if (item === undefined) return undefined;
    return { ...item, configurationItemCaptureTime: item.configurationItemCaptureTime?.toISOString() };
  } catch (error) {
    if (error instanceof ResourceNotDiscoveredException) return undefined;
    throw error;
  }
}
