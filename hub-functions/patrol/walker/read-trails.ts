import { CloudTrailClient, type CloudTrailClientConfig } from '@aws-sdk/client-cloudtrail';
import { cut } from '../../../core/cut';
import type { TrailReading } from '../../../ledger/coverage/trail-coverage';
import { errorCodeOf, messageOf } from '../../../resources/kit/aws-error';
import { clientConfiguration } from '../../../resources/kit/client-configuration';
import { isAnyTrailLogging } from '../../../resources/kit/trail-logging';
import { longestWords, type WalkRequest } from '../walk-answer';

/**
 * Reads whether a trail logs in an account and Region.
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
    return { isLogging: await isAnyTrailLogging(client, signal) };
  } catch (error) {
    return { words: cut(`${errorCodeOf(error) ?? 'Error'}: ${messageOf(error)}`, longestWords) };
  } finally {
    client.destroy();
  }
}
