import {
  CloudTrailClient,
  type CloudTrailClientConfig,
  DescribeTrailsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import { cut } from '../../../core/cut';
import type { TrailReading } from '../../../ledger/trail-coverage';
import { errorCodeOf, messageOf } from '../../../resources/kit/aws-error';
import { clientConfiguration } from '../../../resources/kit/client-configuration';
import { longestWords, type WalkRequest } from '../walk-answer';

/**
 * Reads whether a trail logs in an account and Region: its own, one of another Region that is for all, or the organization's, whose
 * status a member may read by its ARN. Which events it logs is not looked at.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 *
 * @param overrides of the client's configuration
 * @returns AWS's words where it did not tell: a walk goes on all the same
 */
export async function readTrails(
  { region, credentials }: Pick<WalkRequest, 'region' | 'credentials'>,
  signal: AbortSignal,
  overrides: CloudTrailClientConfig = {},
): Promise<TrailReading> {
  const client = new CloudTrailClient({ ...clientConfiguration(region, credentials), ...overrides });
  try {
    const { trailList = [] } = await client.send(new DescribeTrailsCommand({}), { abortSignal: signal });
    for (const { TrailARN } of trailList) {
      if (TrailARN !== undefined && (await isLogging(client, TrailARN, signal))) return { isLogging: true };
    }
    return { isLogging: false };
  } catch (error) {
    return { words: cut(`${errorCodeOf(error) ?? 'Error'}: ${messageOf(error)}`, longestWords) };
  } finally {
    client.destroy();
  }
}

async function isLogging(client: CloudTrailClient, Name: string, abortSignal: AbortSignal): Promise<boolean> {
  try {
    const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name }), { abortSignal });
    return IsLogging === true;
  } catch (error) {
    // Deleted since it was listed.
    if (errorCodeOf(error) === 'TrailNotFoundException') return false;
    throw error;
  }
}
