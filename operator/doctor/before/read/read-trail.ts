import { CloudTrailClient, DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { type AwsAccess, type CallPlace, withClient } from '../../../aws/access';
import { type Reading, reading } from '../../../aws/reading';
import type { TrailFacts } from '../facts';

/**
 * The organization's trail, as every account of it sees it; the best of several. Undefined where there is none.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 */
export function readTrail(access: AwsAccess, place: CallPlace): Promise<Reading<TrailFacts | undefined>> {
  return reading(() =>
    withClient(access, CloudTrailClient, place, async (client) => {
      const { trailList = [] } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: true }));
      const found: TrailFacts[] = [];
      for (const { TrailARN = '', HomeRegion = '', IsOrganizationTrail, IsMultiRegionTrail } of trailList) {
        if (IsOrganizationTrail !== true) continue;
        const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name: TrailARN }));
        found.push({
          arn: TrailARN,
          homeRegion: HomeRegion,
          isLogging: IsLogging === true,
          isEverywhere: IsMultiRegionTrail === true,
        });
      }
      return found.sort((one, other) => worth(other) - worth(one))[0];
    }),
  );
}

function worth({ isLogging, isEverywhere }: TrailFacts): number {
  return Number(isLogging) + 2 * Number(isEverywhere);
}
