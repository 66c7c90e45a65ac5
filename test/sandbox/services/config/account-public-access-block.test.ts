import {
  DeletePublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
  type S3ControlClient,
} from '@aws-sdk/client-s3-control';
import type { Place } from '../../../../sandbox/events';
import { ClientsByPlace } from '../../../../sandbox/services/config/account-clients';
import { createFixture, customRule, type Fixture, home, stopMotoOfThisFile } from './support/fixture';

const type = 'AWS::S3::AccountPublicAccessBlock';
const elsewhere: Place = { accountId: home.accountId, region: 'eu-central-1' };

let aws: Fixture;
let clients: ClientsByPlace;
let s3Control: S3ControlClient;

beforeEach(async () => {
  aws = await createFixture();
  clients = new ClientsByPlace(aws.gateway);
  s3Control = clients.of(home).s3Control;
});
afterEach(async () => {
  clients.stop();
  await aws.stop();
});
afterAll(stopMotoOfThisFile);

async function put(IgnorePublicAcls: boolean) {
  await s3Control.send(
    new PutPublicAccessBlockCommand({
      AccountId: home.accountId,
      PublicAccessBlockConfiguration: { IgnorePublicAcls },
    }),
  );
  await aws.settled();
}

it("records the account's block as a resource of its own wherever the account has a recorder", async () => {
  await aws.startRecording(type);
  aws.config.putConfigurationRecorder(elsewhere, {
    name: 'default',
    roleArn: `arn:aws:iam::${home.accountId}:role/staunch/recorder`,
    resourceTypes: [type],
    allSupported: false,
  });
  await aws.config.putDeliveryChannel(elsewhere, { name: 'default', bucketName: 'delivery' });

  await put(true);

  expect(aws.of('item').toSorted((one, other) => one.region.localeCompare(other.region))).toMatchObject(
    [elsewhere, home].map(({ region }) => ({
      region,
      resourceType: type,
      resourceId: home.accountId,
      status: 'ResourceDiscovered',
    })),
  );
});

it('invokes the rules in whose scope it is when it is put, changed and deleted', async () => {
  await aws.startRecording(type);
  await aws.config.putRule(customRule('AWS::S3::Bucket', type));

  await put(true);
  await put(false);
  await s3Control.send(new DeletePublicAccessBlockCommand({ AccountId: home.accountId }));
  await aws.settled();

  const events = aws.invocations.map(({ invokingEvent }) => JSON.parse(invokingEvent));
  expect(events).toMatchObject([
    {
      configurationItemDiff: { changeType: 'CREATE' },
      configurationItem: {
        resourceType: type,
        resourceId: home.accountId,
        configuration: { ignorePublicAcls: true },
      },
    },
    {
      configurationItemDiff: {
        changeType: 'UPDATE',
        changedProperties: { 'Configuration.IgnorePublicAcls': { previousValue: true, updatedValue: false } },
      },
      configurationItem: { configuration: { ignorePublicAcls: false } },
    },
    {
      configurationItemDiff: { changeType: 'DELETE' },
      configurationItem: { configurationItemStatus: 'ResourceDeleted' },
    },
  ]);
});
