import { DescribeTrailsCommand, GetTrailStatusCommand, type Trail } from '@aws-sdk/client-cloudtrail';
import type { AccountClients } from '../account-clients';
import type { ManagedRule } from './managed-rule';

/**
 * Whether a trail logs in the account and Region; its bucket, topic and log group are as the parameters ask, if they do.
 * https://docs.aws.amazon.com/config/latest/developerguide/cloudtrail-enabled.html
 */
export const cloudTrailEnabled: ManagedRule = {
  identifier: 'CLOUD_TRAIL_ENABLED',
  changedBy: ({ service, operation }) =>
    service === 'cloudtrail' && /^((Create|Update|Delete)Trail|(Start|Stop)Logging)$/.test(operation),
  async evaluate(clients, parameters) {
    const { trailList = [] } = await clients.cloudTrail.send(
      new DescribeTrailsCommand({ includeShadowTrails: true }),
    );
    for (const trail of trailList) {
      if (asAsked(trail, parameters) && (await isLogging(clients, trail)))
        return { complianceType: 'COMPLIANT' };
    }
    return { complianceType: 'NON_COMPLIANT' };
  },
};

function asAsked(trail: Trail, parameters: Readonly<Record<string, string>>): boolean {
  const { s3BucketName, snsTopicArn, cloudWatchLogsLogGroupArn } = parameters;
  return (
    (s3BucketName === undefined || trail.S3BucketName === s3BucketName) &&
    (snsTopicArn === undefined || trail.SnsTopicARN === snsTopicArn) &&
    (cloudWatchLogsLogGroupArn === undefined || trail.CloudWatchLogsLogGroupArn === cloudWatchLogsLogGroupArn)
  );
}

async function isLogging(clients: AccountClients, trail: Trail): Promise<boolean> {
  try {
    const { IsLogging } = await clients.cloudTrail.send(new GetTrailStatusCommand({ Name: trail.TrailARN }));
    return IsLogging === true;
  } catch (error) {
    // Deleted since it was listed.
    if (error instanceof Error && error.name === 'TrailNotFoundException') return false;
    throw error;
  }
}
