import { ResourceInputError } from '../../../../core/errors';
import { queueForms } from '../../../../resources/queue/handed-over';
import { queueFromApi } from '../../../../resources/queue/model';

const policy = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }] };
const url = 'https://sqs.eu-west-1.amazonaws.com/222222222222/orders';

describe('a resource with one policy document', () => {
  it.each([
    ['text', JSON.stringify(policy)],
    ['an object', policy],
  ])('is read from the form that all have, with its policy as %s', (_, Policy) => {
    const read = queueFromApi({ Name: url, AccountId: '333333333333', Policy });
    expect(read).toMatchObject({
      id: url,
      accountId: '333333333333',
      policy: { statements: policy.Statement },
    });
    expect(queueForms.apiId({ Name: url, Policy })).toBe(url);
  });

  it('has the account that its id says', () => {
    const Attributes = { CreatedTimestamp: '1767225600' };
    expect(queueFromApi({ QueueUrl: url, Attributes })).toMatchObject({ id: url, accountId: '222222222222' });
  });

  it.each([
    ['no account', { AccountId: '12', Policy: policy }, /twelve digits/],
    ['neither form', { Name: 'orders' }, /Attributes should be an object, and is missing/],
    ['no policy', { Policy: '{' }, /not JSON/],
  ])('is not read from what is %s', (_, input, message) => {
    expect(() => queueFromApi(input)).toThrow(ResourceInputError);
    expect(() => queueFromApi(input)).toThrow(message);
  });

  it.each([[''], [null]])('has no policy where it is %j', (Policy) => {
    expect(queueFromApi({ Name: url, Policy }).policy).toBeUndefined();
  });
});
