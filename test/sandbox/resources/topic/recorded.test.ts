import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SetTopicAttributesCommand,
  TagResourceCommand,
} from '@aws-sdk/client-sns';
import { control } from '../../../../controls/sns-public-policy';
import { snsClient } from '../../../../sandbox/resources/topic/recorded';
import {
  administrator,
  createFixture,
  customRule,
  type Fixture,
  home,
  stopMotoOfThisFile,
} from '../../services/config/support/fixture';

const TopicArn = `arn:aws:sns:${home.region}:${home.accountId}:orders`;
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'SNS:Publish', Resource: TopicArn }],
});
let fixture: Fixture;

beforeEach(async () => {
  fixture = await createFixture();
  await fixture.startRecording('AWS::SNS::Topic');
});
afterEach(() => fixture.stop());
afterAll(stopMotoOfThisFile);

it('records a topic by its ARN, from its beginning to its end, with the policy where the control looks for it', async () => {
  const sns = snsClient(administrator(fixture.gateway));
  await sns.send(new CreateTopicCommand({ Name: 'orders' }));
  await fixture.settled();
  await sns.send(
    new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue: policy }),
  );
  await fixture.settled();
  await sns.send(new TagResourceCommand({ ResourceArn: TopicArn, Tags: [{ Key: 'team', Value: 'shop' }] }));
  await fixture.settled();
  await fixture.config.putRule(customRule('AWS::SNS::Topic'));
  await fixture.settled();
  const { configurationItem: item } = JSON.parse(fixture.invocations.at(-1)?.invokingEvent ?? '{}');
  const topic = control.fromConfigurationItem(item);
  expect(control.evaluate(topic, control.parameters.parse({})).compliance).toBe('NON_COMPLIANT');

  await sns.send(new DeleteTopicCommand({ TopicArn }));
  await fixture.settled();
  const items = fixture.of('item').map(({ resourceId, status }) => [resourceId, status]);
  expect(items.at(0)).toEqual([TopicArn, 'ResourceDiscovered']);
  expect(items.at(1)).toEqual([TopicArn, 'OK']);
  expect(items.at(-1)).toEqual([TopicArn, 'ResourceDeleted']);
});
