import {
  CreateKeyCommand,
  KMSClient,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { control } from '../../../../controls/kms-public-policy';
import {
  administrator,
  createFixture,
  customRule,
  type Fixture,
  home,
  stopMotoOfThisFile,
} from '../../services/config/support/fixture';

const allow = (Principal: unknown, Action: string) => ({ Effect: 'Allow', Principal, Action, Resource: '*' });
const own = allow({ AWS: `arn:aws:iam::${home.accountId}:root` }, 'kms:*');
const policy = JSON.stringify({ Version: '2012-10-17', Statement: [own, allow('*', 'kms:Decrypt')] });
let fixture: Fixture;

beforeEach(async () => {
  fixture = await createFixture();
  await fixture.startRecording('AWS::KMS::Key');
});
afterEach(() => fixture.stop());
afterAll(stopMotoOfThisFile);

it('records a key by its id, with the policy where the control looks for it', async () => {
  const kms = new KMSClient(administrator(fixture.gateway));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.KeyId;
  await fixture.settled();
  await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: policy }));
  await fixture.settled();
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
  await fixture.settled();
  const items = fixture.of('item').map(({ resourceId, status }) => [resourceId, status]);
  expect(items).toEqual([
    [KeyId, 'ResourceDiscovered'],
    [KeyId, 'OK'],
    [KeyId, 'OK'],
  ]);

  await fixture.config.putRule(customRule('AWS::KMS::Key'));
  await fixture.settled();
  const { configurationItem: item } = JSON.parse(fixture.invocations.at(-1)?.invokingEvent ?? '{}');
  const parameters = control.parameters.parse({});
  const { violations } = control.evaluate(control.fromConfigurationItem(item), parameters);
  expect(violations.map(({ text }) => text)).toEqual([
    "The policy's statement 2 allows everybody kms:Decrypt.",
  ]);
});
