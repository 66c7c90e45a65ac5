import {
  ConfigServiceClient,
  DescribeConfigurationRecorderStatusCommand,
  GetResourceConfigHistoryCommand,
} from '@aws-sdk/client-config-service';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { EventLog, type Place } from '../../../../sandbox/events';
import { Failures } from '../../../../sandbox/failures';
import type { Gateway } from '../../../../sandbox/gateway/api';
import { startGateway } from '../../../../sandbox/gateway/gateway';
import { losing } from '../../../../sandbox/lost';
import type { Moto } from '../../../../sandbox/moto/moto';
import { createConfigService } from '../../../../sandbox/services/config/config-service';
import type { ConfigService } from '../../../../sandbox/services/config/definitions';
import { waitUntil } from '../../../../sandbox/wait';
import { startTestMoto } from '../../../support/moto';

const place: Place = { accountId: '111111111111', region: 'eu-west-1' };
const hub = '999999999999';
const roleArn = `arn:aws:iam::${place.accountId}:role/staunch/recorder`;
const type = 'AWS::EC2::SecurityGroup';
const bucketType = 'AWS::S3::Bucket';

let moto: Moto;
let gateway: Gateway;
let config: ConfigService;
const log = new EventLog();
const failures = new Failures();

beforeAll(async () => {
  moto = await startTestMoto();
  gateway = await startGateway({ motoEndpoint: moto.endpoint, events: log, failures });
  config = createConfigService({
    gateway,
    log,
    failures,
    lambda: { invokeForService: async () => ({ payload: 'null' }) },
    events: { emitFromService: async () => {} },
  });
  await createRecorderRole();
  const s3 = new S3Client(administrator(hub));
  await s3.send(
    new CreateBucketCommand({
      Bucket: 'delivery',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  );
}, 60_000);
afterAll(async () => {
  config.stop();
  await gateway.stop();
  await moto.stop();
});

function administrator(accountId: string) {
  return {
    region: place.region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(accountId),
  };
}

function statement(more: object) {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
}

async function createRecorderRole(): Promise<void> {
  const iam = new IAMClient(administrator(place.accountId));
  await iam.send(
    new CreateRoleCommand({
      Path: '/staunch/',
      RoleName: 'recorder',
      AssumeRolePolicyDocument: statement({
        Principal: { Service: 'config.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'recorder',
      PolicyName: 'deliver',
      PolicyDocument: statement({
        Action: ['s3:PutObject', 's3:GetBucketAcl'],
        Resource: ['arn:aws:s3:::delivery', 'arn:aws:s3:::delivery/*'],
      }),
    }),
  );
}

it("records what happens once the other account's bucket lets the recorder's role in, and not before", async () => {
  const channel = { name: 'default', bucketName: 'delivery' };
  config.putConfigurationRecorder(place, {
    name: 'default',
    roleArn,
    resourceTypes: [type, bucketType],
    allSupported: false,
  });
  await expect(config.putDeliveryChannel(place, channel)).rejects.toMatchObject({
    code: 'InsufficientDeliveryPolicyException',
  });

  await new S3Client(administrator(hub)).send(
    new PutBucketPolicyCommand({
      Bucket: 'delivery',
      Policy: statement({
        Principal: { AWS: `arn:aws:iam::${place.accountId}:root` },
        Action: ['s3:PutObject', 's3:GetBucketAcl'],
        Resource: ['arn:aws:s3:::delivery', 'arn:aws:s3:::delivery/*'],
      }),
    }),
  );
  await config.putDeliveryChannel(place, channel);

  const ec2 = new EC2Client(administrator(place.accountId));
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web' }),
  );
  await waitUntil('the group was recorded', () => config.idle(), failures, 20_000);
  const permission = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [permission] }));
  await waitUntil('the change was recorded', () => config.idle(), failures, 20_000);

  const items = log.events.filter((event) => event.kind === 'item' && event.resourceId === GroupId);
  expect(items).toMatchObject([{ status: 'ResourceDiscovered' }, { status: 'OK' }]);
}, 60_000);

it('records nothing of a call whose item is lost until the next call', async () => {
  const losingItems = new EC2Client({ ...administrator(place.accountId), customUserAgent: losing(['item']) });
  const { GroupId = '' } = await losingItems.send(
    new CreateSecurityGroupCommand({ GroupName: 'unheard-of', Description: 'unheard of' }),
  );
  await waitUntil('nothing was read', () => config.idle(), failures, 20_000);
  const about = (kind: 'item' | 'changed') =>
    log.events.filter((event) => event.kind === kind && event.resourceId === GroupId);
  expect(about('changed')).toHaveLength(1);
  expect(about('item')).toEqual([]);
  const permission = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  const ec2 = new EC2Client(administrator(place.accountId));
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [permission] }));
  await waitUntil('the change was recorded', () => config.idle(), failures, 20_000);
  expect(about('item')).toMatchObject([{ status: 'ResourceDiscovered' }]);
}, 60_000);

it('records the grants of a bucket that a setting hid, once it is off', async () => {
  const s3 = new S3Client(administrator(place.accountId));
  const Bucket = 'photos';
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      ACL: 'public-read',
      ObjectOwnership: 'ObjectWriter',
      CreateBucketConfiguration: { LocationConstraint: place.region as 'eu-west-1' },
    }),
  );
  const recordedAcl = async () => {
    await waitUntil('the bucket was recorded', () => config.idle(), failures, 20_000);
    const { configurationItems = [] } = await new ConfigServiceClient(administrator(place.accountId)).send(
      new GetResourceConfigHistoryCommand({ resourceType: bucketType, resourceId: Bucket, limit: 1 }),
    );
    return configurationItems[0]?.supplementaryConfiguration?.AccessControlList;
  };
  expect(await recordedAcl()).toContain('AllUsers');

  const PublicAccessBlockConfiguration = { IgnorePublicAcls: true };
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  expect(await recordedAcl()).not.toContain('AllUsers');
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  expect(await recordedAcl()).toContain('AllUsers');
}, 60_000);

it('answers on the gateway', async () => {
  const client = new ConfigServiceClient(administrator(place.accountId));
  const { ConfigurationRecordersStatus } = await client.send(
    new DescribeConfigurationRecorderStatusCommand({}),
  );
  expect(ConfigurationRecordersStatus).toMatchObject([{ name: 'default', recording: true }]);
});
