import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  PutPublicAccessBlockCommand as PutAccountBlock,
  type S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { ClientsByPlace } from '../../../../sandbox/services/config/account-clients';
import {
  administrator,
  createFixture,
  customRule,
  type Fixture,
  home,
  stopMotoOfThisFile,
} from './support/fixture';

const type = 'AWS::S3::Bucket';
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' }],
});

let aws: Fixture;
let s3: S3Client;

beforeEach(async () => {
  aws = await createFixture();
  s3 = new S3Client({ ...administrator(aws.gateway), forcePathStyle: true });
});
afterEach(() => aws.stop());
afterAll(stopMotoOfThisFile);

async function createBucket(location = 'eu-west-1', client = s3): Promise<void> {
  await client.send(
    new CreateBucketCommand({
      Bucket: 'photos',
      ObjectOwnership: 'ObjectWriter',
      CreateBucketConfiguration: { LocationConstraint: location as 'eu-west-1' },
    }),
  );
  await aws.settled();
}

function lastNotification() {
  return JSON.parse(aws.invocations.at(-1)?.invokingEvent ?? '{}');
}

it('records a bucket in the shape of AWS Config, the access control list as text with bare group names', async () => {
  await aws.startRecording(type);
  await createBucket();
  await s3.send(new PutBucketAclCommand({ Bucket: 'photos', ACL: 'public-read' }));
  await aws.settled();
  await aws.config.putRule(customRule(type));
  await aws.settled();

  const { configurationItem } = lastNotification();
  expect(configurationItem).toMatchObject({
    resourceId: 'photos',
    resourceName: 'photos',
    ARN: 'arn:aws:s3:::photos',
    availabilityZone: 'Regional',
    awsRegion: 'eu-west-1',
    resourceCreationTime: expect.stringMatching(/^\d{4}-/),
    configuration: { name: 'photos', owner: { displayName: null, id: expect.any(String) } },
    supplementaryConfiguration: {
      AccessControlList: expect.any(String),
      BucketPolicy: { policyText: null },
      BucketVersioningConfiguration: { status: 'Off', isMfaDeleteEnabled: null },
    },
  });
  expect(JSON.parse(configurationItem.supplementaryConfiguration.AccessControlList)).toMatchObject({
    grantSet: null,
    grantList: [
      { grantee: { id: expect.any(String) }, permission: 'FullControl' },
      { grantee: 'AllUsers', permission: 'Read' },
    ],
    owner: { id: configurationItem.configuration.owner.id },
  });
  expect(configurationItem.supplementaryConfiguration).not.toHaveProperty('PublicAccessBlockConfiguration');
});

it('names what changed, down to the text of the policy and each setting of the block', async () => {
  await aws.startRecording(type);
  await createBucket();
  await aws.config.putRule(customRule(type));
  await aws.settled();

  await s3.send(new PutBucketPolicyCommand({ Bucket: 'photos', Policy: policy }));
  await aws.settled();
  expect(lastNotification().configurationItemDiff).toEqual({
    changeType: 'UPDATE',
    changedProperties: {
      'SupplementaryConfiguration.BucketPolicy.PolicyText': {
        previousValue: null,
        updatedValue: policy,
        changeType: 'CREATE',
      },
    },
  });

  const block = (IgnorePublicAcls: boolean) =>
    s3.send(
      new PutPublicAccessBlockCommand({
        Bucket: 'photos',
        PublicAccessBlockConfiguration: { IgnorePublicAcls },
      }),
    );
  await block(false);
  await aws.settled();
  await block(true);
  await aws.settled();
  expect(lastNotification().configurationItemDiff.changedProperties).toEqual({
    'SupplementaryConfiguration.PublicAccessBlockConfiguration.IgnorePublicAcls': {
      previousValue: false,
      updatedValue: true,
      changeType: 'UPDATE',
    },
  });

  await s3.send(new DeleteBucketPolicyCommand({ Bucket: 'photos' }));
  await aws.settled();
  expect(lastNotification().configurationItem.supplementaryConfiguration.BucketPolicy).toEqual({
    policyText: null,
  });
});

it('shows ownership controls and the website', async () => {
  await aws.startRecording(type);
  await createBucket();
  await aws.config.putRule(customRule(type));
  await aws.settled();
  await s3.send(
    new PutBucketOwnershipControlsCommand({
      Bucket: 'photos',
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    }),
  );
  await s3.send(
    new PutBucketWebsiteCommand({
      Bucket: 'photos',
      WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
    }),
  );
  await aws.settled();

  expect(lastNotification().configurationItem.supplementaryConfiguration).toMatchObject({
    OwnershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    BucketWebsiteConfiguration: { indexDocumentSuffix: 'index.html', routingRules: [] },
  });
});

it('records a bucket in its own Region, whichever Region the call was sent to', async () => {
  await aws.startRecording(type);
  const there = { ...administrator(aws.gateway, home.accountId, 'eu-central-1'), forcePathStyle: true };
  await createBucket('eu-central-1', new S3Client(there));
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'photos', Policy: policy }));
  await aws.settled();

  expect(aws.of('changed').at(-1)).toMatchObject({ resourceId: 'photos', region: 'eu-central-1' });
  expect(aws.of('item')).toEqual([]);
});

it('discovers a bucket that was there before the recorder', async () => {
  await createBucket();
  await aws.startRecording(type);
  expect(aws.of('item')).toMatchObject([{ resourceId: 'photos', status: 'ResourceDiscovered' }]);
});

it('records a bucket that was deleted and made again as a new one', async () => {
  await aws.startRecording(type);
  await createBucket();
  await s3.send(new DeleteBucketCommand({ Bucket: 'photos' }));
  await aws.settled();
  await createBucket();
  expect(aws.of('item').map(({ status }) => status)).toEqual([
    'ResourceDiscovered',
    'ResourceDeleted',
    'ResourceDiscovered',
  ]);
});

it('says that a type is no longer recorded', async () => {
  await aws.startRecording(type);
  await createBucket();
  aws.config.putConfigurationRecorder(home, {
    name: 'default',
    roleArn: `arn:aws:iam::${home.accountId}:role/staunch/recorder`,
    resourceTypes: ['AWS::EC2::SecurityGroup'],
    allSupported: false,
  });
  await aws.settled();
  expect(aws.of('item').filter(({ resourceId }) => resourceId === 'photos')).toMatchObject([
    { status: 'ResourceDiscovered' },
    { status: 'ResourceNotRecorded' },
  ]);
});

it("records the account's own public access block", async () => {
  await aws.startRecording('AWS::S3::AccountPublicAccessBlock');
  const clients = new ClientsByPlace(aws.gateway);
  const s3Control: S3ControlClient = clients.of(home).s3Control;
  await s3Control.send(
    new PutAccountBlock({
      AccountId: home.accountId,
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    }),
  );
  clients.stop();
  await aws.settled();
  expect(aws.of('item')).toMatchObject([
    {
      resourceType: 'AWS::S3::AccountPublicAccessBlock',
      resourceId: home.accountId,
      status: 'ResourceDiscovered',
    },
  ]);
});
