import { control } from '../../../controls/sns-public-policy';
import { ResourceInputError } from '../../../core/errors';
import type { FixHistory } from '../../../core/fix-step';
import type { Json } from '../../../core/json';
import { isResourceId, unmatchable } from '../../../resources/resource-types';
import { topicFromApi, topicItems } from '../../../resources/topic/model';
import { planUndo } from '../../../resources/topic/undo';

const type = 'AWS::SNS::Topic';
const place = { accountId: '222222222222', region: 'eu-west-1' };
const TopicArn = 'arn:aws:sns:eu-west-1:222222222222:orders';
const partner = 'arn:aws:iam::444455556666:root';
const statement = (Sid: string, Principal: Json) => ({
  Sid,
  Effect: 'Allow',
  Principal,
  Action: 'SNS:Publish',
  Resource: TopicArn,
});
const open = statement('Open', '*');
const ours = statement('Ours', { AWS: partner });
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const topic = (Policy: string): Json => ({ Attributes: { TopicArn, Policy } });

describe("a topic's ARN", () => {
  it.each([
    ['another account', { ...place, accountId: '333333333333' }],
    ['another Region', { ...place, region: 'eu-west-2' }],
  ])('is no id of a finding in %s', (_, elsewhere) => {
    expect(isResourceId(type, TopicArn, place)).toBe(true);
    expect(isResourceId(type, TopicArn, elsewhere)).toBe(false);
  });

  it.each([TopicArn, '*', '*:orders', 'arn:aws:sns:*:222222222222:orders-*', '*.fifo'])(
    'may be meant by %s',
    (pattern) => expect(unmatchable(type, pattern)).toBeUndefined(),
  );

  it.each([
    ['orders/2', /^a topic is named by its ARN, like arn:aws:sns:/],
    ['arn:aws:sqs:eu-west-1:222222222222:orders', /^this is a queue, where a topic's ARN is meant/],
  ])('is not %s, and what would be right is said', (pattern, right) => {
    expect(unmatchable(type, pattern)).toMatch(right);
  });
});

describe('what SNS answers of a topic', () => {
  it('says the account by the ARN', () => {
    expect(topicFromApi(topic(policyOf(ours)))).toMatchObject({
      id: TopicArn,
      arn: TopicArn,
      accountId: '222222222222',
    });
  });

  it('is not taken without a policy: every topic has one', () => {
    expect(() => topicFromApi({ Attributes: { TopicArn } })).toThrow(ResourceInputError);
    expect(() => topicFromApi({ Attributes: { TopicArn } })).toThrow(/Attributes.Policy/);
  });
});

it('is not decided by an item without a policy', () => {
  const item = { resourceType: type, resourceId: TopicArn, configuration: { TopicArn } };
  const parameters = control.parameters.parse({});
  expect(control.evaluateItem?.({ ...item, configurationItemStatus: 'OK' }, parameters)).toBeUndefined();
  expect(control.undecided?.(topicItems.fromConfigurationItem(item), parameters)).toMatch(/did not record/);
});

describe("the undo of a topic's fix", () => {
  const before = policyOf(ours, open);
  const { changes } = control.plan(topicFromApi(topic(before)), [], control.parameters.parse({}));
  const history: FixHistory = {
    steps: [{ before: topic(before), changes, made: changes }],
    after: topic(policyOf(ours)),
  };

  it('gives back the policy to the byte where it is as the fix left it', () => {
    expect(planUndo(history, topic(policyOf(ours)))).toMatchObject({
      kind: 'undo',
      changes: [{ action: 'restorePolicy', policy: before }],
    });
  });

  it('has nothing to change where all is there again', () => {
    expect(planUndo(history, topic(before))).toEqual({ kind: 'undo', changes: [] });
  });

  it('changes nothing where the policy is another one: SNS does not tell one topic from the next', () => {
    const added = statement('Added', { AWS: 'arn:aws:iam::888888888888:root' });
    expect(planUndo(history, topic(policyOf(ours, added)))).toEqual({
      kind: 'changed',
      differences: [
        'The policy is not as the fix left it, and SNS does not tell whether the topic is still the same.',
      ],
    });
  });
});
