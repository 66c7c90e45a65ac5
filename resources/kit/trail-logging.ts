import {
  type CloudTrailClient,
  DescribeTrailsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import { errorCodeOf } from './aws-error';

/**
 * Whether a trail logs in the account and Region of a client: its own, one of another Region that is for all, or the organization's,
 * whose status a member may read by its ARN. Which events it logs is not looked at.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 * @throws what a call throws
 */
export async function isAnyTrailLogging(
  client: CloudTrailClient,
  abortSignal?: AbortSignal,
): Promise<boolean> {
  const options = abortSignal && { abortSignal };
  const { trailList = [] } = await client.send(new DescribeTrailsCommand({}), options);
  for (const { TrailARN } of trailList) {
    if (TrailARN !== undefined && (await isLogging(client, TrailARN, options))) return true;
  }
  return false;
}

async function isLogging(
  client: CloudTrailClient,
  Name: string,
  options: { abortSignal: AbortSignal } | undefined,
): Promise<boolean> {
  try {
    const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name }), options);
    return IsLogging === true;
  } catch (error) {
    // Deleted since it was listed.
    if (errorCodeOf(error) === 'TrailNotFoundException') return false;
    throw error;
  }
}
