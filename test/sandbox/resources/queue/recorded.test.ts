import {
  CreateQueueCommand,
  DeleteQueueCommand,
  SetQueueAttributesCommand,
  type SQSClient,
  TagQueueCommand,
} from '@aws-sdk/client-sqs';
import { control } from '../../../../controls/sqs-public-policy';
import { sqsClient } from '../../../../sandbox/resources/queue/clients';
import {
  administrator,
  createFixture,
  customRule,
  type Fixture,
  home,
  stopMotoOfThisFile,
} from '../../services/config/support/fixture';

const url = `https://sqs.${home.region}.amazonaws.com/${home.accountId}/orders`;
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
});
let fixture: Fixture;
let sqs: SQSClient;

beforeEach(async () => {
  fixture = await createFixture();
  await fixture.startRecording('AWS::SQS::Queue');
  sqs = sqsClient(administrator(fixture.gateway));
});
afterEach(() => fixture.stop());
afterAll(stopMotoOfThisFile);

it('records a queue by the URL of AWS, from its beginning to its end', async () => {
  await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
  await fixture.settled();
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy: policy } }));
  await fixture.settled();
  await sqs.send(new TagQueueCommand({ QueueUrl: url, Tags: { team: 'shop' } }));
  await fixture.settled();
  await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
  await fixture.settled();

  const items = fixture.of('item').map(({ resourceId, status }) => [resourceId, status]);
  expect(items.at(0)).toEqual([url, 'ResourceDiscovered']);
  expect(items.at(1)).toEqual([url, 'OK']);
  expect(items.at(-1)).toEqual([url, 'ResourceDeleted']);
});

it('records the policy where the control looks for it', async () => {
  await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy: policy } }));
  await fixture.settled();

  await fixture.config.putRule(customRule('AWS::SQS::Queue'));
  await fixture.settled();
  const { configurationItem: item } = JSON.parse(fixture.invocations.at(-1)?.invokingEvent ?? '{}');
  expect(item).toMatchObject({
    resourceId: url,
    resourceName: 'orders',
    ARN: expect.stringContaining(':orders'),
  });
  const queue = control.fromConfigurationItem(item);
  expect(control.evaluate(queue, control.parameters.parse({})).compliance).toBe('NON_COMPLIANT');
});
