import { control } from '../../../controls/sns-public-policy';
import { RefusedError } from '../../../core/errors';
import { topicFromApi } from '../../../resources/topic/model';

const TopicArn = 'arn:aws-cn:sns:cn-north-1:222222222222:orders';
const partner = 'arn:aws:iam::444455556666:root';
const statement = (Principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'SNS:Publish',
  Resource: TopicArn,
  ...more,
});
const parameters = control.parameters.parse({});
const topic = (...Statement: object[]) =>
  topicFromApi({ Attributes: { TopicArn, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) } });
const planned = (...statements: object[]) => control.plan(topic(...statements), [], parameters);

/** As SNS writes it for every new topic. */
const byDefault = (owner: string) =>
  statement(
    { AWS: '*' },
    {
      Sid: '__default_statement_ID',
      Action: ['SNS:Publish', 'SNS:Subscribe'],
      Condition: { StringEquals: { 'AWS:SourceOwner': owner } },
    },
  );

describe('a topic', () => {
  it("is not public by AWS's own policy, and keeps it where something else is", () => {
    const own = byDefault('222222222222');
    expect(control.evaluate(topic(own), parameters).compliance).toBe('COMPLIANT');
    expect(planned(own, statement('*')).changes).toMatchObject([{ action: 'removeStatement', index: 1 }]);
  });

  it('is public by the same statement for another owner where accounts are trusted by name', () => {
    const trusting = control.parameters.parse({ trustedAccounts: ['444455556666'] });
    const verdicts = ['222222222222', '444455556666', '999999999999'].map(
      (owner) => control.evaluate(topic(byDefault(owner)), trusting).compliance,
    );
    expect(verdicts).toEqual(['COMPLIANT', 'COMPLIANT', 'NON_COMPLIANT']);
  });

  it.each([
    ['sns:Endpoint', { StringLike: { 'sns:Endpoint': 'https://example.com/*' } }],
    ['sns:Protocol', { StringEquals: { 'sns:Protocol': 'https' } }],
  ])('is public where only %s is limited, which says nothing of who subscribes', (_, Condition) => {
    const subscribing = statement('*', { Action: 'SNS:Subscribe', Condition });
    expect(control.evaluate(topic(subscribing), parameters).compliance).toBe('NON_COMPLIANT');
  });

  it('keeps one statement where all are public, narrowed to its own account: SNS keeps none without', () => {
    const { changes, lossy } = planned(statement('*', { Sid: 'All' }), statement({ AWS: '*' }));
    expect(changes).toEqual([
      {
        action: 'editStatement',
        text: 'Narrow statement 1 (All) of the policy to the account itself: every statement is public, and SNS keeps nothing without a policy.',
        index: 0,
        before: statement('*', { Sid: 'All' }),
        after: statement({ AWS: 'arn:aws-cn:iam::222222222222:root' }, { Sid: 'All' }),
      },
      {
        action: 'removeStatement',
        text: 'Remove statement 2 from the policy.',
        index: 1,
        statement: statement({ AWS: '*' }),
      },
    ]);
    expect(lossy).toBe(false);
  });

  it('keeps the principals that a public statement names', () => {
    expect(planned(statement({ AWS: ['*', partner] })).changes).toMatchObject([
      { action: 'editStatement', after: { Principal: { AWS: [partner] } } },
    ]);
  });

  it('is narrowed to the number of an account where no ARN says the partition', () => {
    const Policy = { Statement: [statement('*')] };
    const plain = { Name: 'orders', AccountId: '222222222222', Policy };
    expect(control.plan(topicFromApi(plain), [], parameters).changes).toMatchObject([
      { action: 'editStatement', after: { Principal: { AWS: '222222222222' } } },
    ]);
    expect(() => control.plan(topicFromApi({ Name: 'orders', Policy }), [], parameters)).toThrow(
      RefusedError,
    );
  });
});
