import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { type AwsAccess, type CallPlace, withClient } from '../../../aws/access';
import { type Reading, reading } from '../../../aws/reading';
import type { ExpectedAccount, RecorderFacts } from '../../deployed/facts';
import { readRecorder } from '../../read-recorder';
import type { AccountBefore } from '../facts';
import { credentialsIn, type Entry } from './credentials';

/** Reads an account before anything of Staunch is there. */
export async function readAccountBefore(
  expected: ExpectedAccount,
  chain: readonly string[],
  entry: Entry,
  regions: readonly string[],
): Promise<AccountBefore> {
  const session = await credentialsIn(entry, expected.accountId);
  if ('unread' in session)
    return {
      ...expected,
      chain,
      optIns: session,
      recorders: new Map(regions.map((region) => [region, session])),
    };
  const at = (region: string): CallPlace => ({ region, ...session.read });
  const optIns = await readOptIns(entry.access, at(entry.region));
  const recorders = await Promise.all(
    regions.map(async (region): Promise<[string, Reading<RecorderFacts | undefined>]> => {
      // Calls into a Region that is not enabled fail with errors that say something else.
      if ('read' in optIns && optIns.read.get(region) === 'not-opted-in')
        return [region, { unread: 'The Region is not enabled in the account.' }];
      return [
        region,
        await reading(() => withClient(entry.access, ConfigServiceClient, at(region), readRecorder)),
      ];
    }),
  );
  return { ...expected, chain, optIns, recorders: new Map(recorders) };
}

/**
 * What AWS says of each Region of an account.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html
 */
export function readOptIns(
  access: AwsAccess,
  place: CallPlace,
): Promise<Reading<ReadonlyMap<string, string>>> {
  return reading(() =>
    withClient(access, EC2Client, place, async (client) => {
      const { Regions: regions = [] } = await client.send(new DescribeRegionsCommand({ AllRegions: true }));
      return new Map(regions.map(({ RegionName = '', OptInStatus = '' }) => [RegionName, OptInStatus]));
    }),
  );
}
