import type { Place } from '../../events';
import { AccessDeniedError, type Gateway, type Principal } from '../../gateway/api';
import { ConfigError } from './config-error';
import type { RecorderSettings } from './recorder';

/**
 * Checks what AWS checks when a delivery channel is put: AWS Config can take the recorder's role, and may look at and
 * write to the bucket. For a bucket of another account it may also do so as the service itself.
 *
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 * https://docs.aws.amazon.com/config/latest/APIReference/API_PutDeliveryChannel.html
 *
 * @param bucketOwner the account that owns the bucket; undefined when there is no such bucket
 * @throws ConfigError `InvalidRoleException`, `NoSuchBucketException` or `InsufficientDeliveryPolicyException`
 */
export async function checkDelivery(
  gateway: Pick<Gateway, 'serviceSession' | 'principalOf' | 'authorize'>,
  place: Place,
  recorder: RecorderSettings,
  bucketName: string,
  bucketOwner: string | undefined,
): Promise<void> {
  const role = await recorderSession(gateway, place, recorder);
  if (bucketOwner === undefined) {
    throw new ConfigError(
      'NoSuchBucketException',
      `Cannot find a S3 bucket with an empty or unknown name: ${bucketName}.`,
    );
  }
  const service: Principal = { kind: 'service', accountId: '', arn: 'config.amazonaws.com' };
  const source = {
    'aws:sourceaccount': place.accountId,
    'aws:sourcearn': `arn:aws:config:${place.region}:${place.accountId}:delivery-channel`,
  };
  const bucket = `arn:aws:s3:::${bucketName}`;
  const refusals = [
    { action: 's3:GetBucketAcl', resource: bucket, context: {} },
    {
      action: 's3:PutObject',
      resource: `${bucket}/AWSLogs/${place.accountId}/Config/ConfigWritabilityCheckFile`,
      context: { 's3:x-amz-acl': 'bucket-owner-full-control' },
    },
  ].flatMap((request) => {
    const asRole = gateway.authorize({ ...request, principal: role, resourceAccountId: bucketOwner });
    if (asRole.allowed) return [];
    if (bucketOwner !== place.accountId) {
      const context = { ...request.context, ...source };
      const asService = gateway.authorize({
        ...request,
        context,
        principal: service,
        resourceAccountId: bucketOwner,
      });
      if (asService.allowed) return [];
    }
    return [`${request.action} on ${request.resource}: ${asRole.reason}`];
  });
  if (refusals.length > 0) {
    throw new ConfigError(
      'InsufficientDeliveryPolicyException',
      `Insufficient delivery policy to s3 bucket: ${bucketName}, unable to write to bucket, provided s3 key prefix is 'null', ` +
        `provided kms key is 'null'. ${refusals.join('; ')}`,
    );
  }
}

async function recorderSession(
  gateway: Pick<Gateway, 'serviceSession' | 'principalOf'>,
  place: Place,
  recorder: RecorderSettings,
): Promise<Principal> {
  const sourceArn = `arn:aws:config:${place.region}:${place.accountId}:configuration-recorder/${recorder.name}`;
  try {
    const { accessKeyId } = await gateway.serviceSession(
      'config.amazonaws.com',
      recorder.roleArn,
      'AWSConfig-BucketConfigCheck',
      sourceArn,
    );
    const principal = gateway.principalOf(accessKeyId);
    if (principal) return principal;
    throw new AccessDeniedError('the session was not kept');
  } catch (error) {
    if (!(error instanceof AccessDeniedError)) throw error;
    throw new ConfigError(
      'InvalidRoleException',
      `AWS Config cannot take the role ${recorder.roleArn} of recorder ${recorder.name}: ${error.message}`,
    );
  }
}
