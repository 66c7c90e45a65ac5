import type { Assembly } from '../../infra/assembly';
import {
  assembleFor,
  hubAccount,
  memberTemplate,
  policyFile,
  resourcesOf,
  stackTemplate,
} from './support/assemble';

describe('a delivery bucket that the policy names', () => {
  const name = 'acme-config-history';
  let assembly: Assembly;

  beforeAll(async () => {
    assembly = await assembleFor(
      policyFile('off').replace('region: eu-west-1 }', `region: eu-west-1, deliveryBucket: ${name} }`),
    );
  }, 60_000);

  it('is made in the hub, and members deliver there and may write nowhere else', () => {
    const [bucket] = resourcesOf(stackTemplate(assembly, 'staunch-hub'), 'AWS::S3::Bucket');
    const [channel] = resourcesOf(
      memberTemplate(assembly, 'staunch-recorder'),
      'AWS::Config::DeliveryChannel',
    );
    const roles = JSON.stringify(memberTemplate(assembly, 'staunch-access'));

    expect(bucket?.[1].Properties).toMatchObject({ BucketName: name });
    expect(channel?.[1].Properties).toMatchObject({ S3BucketName: name });
    expect(roles).toContain(`arn:aws:s3:::${name}/AWSLogs/`);
    expect(roles).not.toContain(`staunch-config-${hubAccount}`);
  });
});
