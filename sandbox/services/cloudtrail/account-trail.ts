import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { Place } from '../../events';
import type { Gateway } from '../../gateway/api';
import { manyCalls } from '../../many-calls';

/** Name of the trail of each account. */
export const trailName = 'sandbox';

const bucket = 'sandbox-trail-records';

/** What trails are made with. */
export interface TrailMaker {
  gateway: Pick<Gateway, 'endpoint' | 'administratorOf'>;
  /** Where the records would go. */
  archive: Place;
}

/** Makes the bucket of all trails, which each of them names. Nothing is ever written to it. */
export async function createTrailBucket({ gateway, archive }: TrailMaker): Promise<void> {
  const { accountId, region } = archive;
  const client = new S3Client({
    ...manyCalls,
    region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(accountId),
  });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
}

/** Has CloudTrail log what happens in an account, in every Region. */
export async function createTrail({ gateway, archive }: TrailMaker, accountId: string): Promise<void> {
  const client = new CloudTrailClient({
    ...manyCalls,
    region: archive.region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(accountId),
  });
  await client.send(
    new CreateTrailCommand({ Name: trailName, S3BucketName: bucket, IsMultiRegionTrail: true }),
  );
  await client.send(new StartLoggingCommand({ Name: trailName }));
  client.destroy();
}
