import { ResourceInputError } from '../../core/errors';
import { keyFromApi } from '../../resources/key/model';
import { queueFromApi } from '../../resources/queue/model';
import { secretFromApi } from '../../resources/secret/model';
import { documentFromApi } from '../../resources/ssm-document/model';
import { topicFromApi } from '../../resources/topic/model';

const key = { KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab', KeyManager: 'CUSTOMER' };
const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf';

/** Nobody may take what an answer does not hold for what is not there. */
describe('an answer that does not say who can reach the resource', () => {
  it.each<[string, (answer: unknown) => unknown, unknown]>([
    ["a key's description alone", keyFromApi, { KeyMetadata: key }],
    ['a key without a policy', keyFromApi, { Name: key.KeyId, Policy: null }],
    [
      'a topic without a policy',
      topicFromApi,
      { Name: 'arn:aws:sns:eu-west-1:111122223333:news', Policy: '' },
    ],
    ['attributes of a queue, of which nobody asked for the policy', queueFromApi, { Attributes: {} }],
    [
      'one other attribute of a queue',
      queueFromApi,
      { Attributes: { QueueArn: 'arn:aws:sqs:eu-west-1:111122223333:orders' } },
    ],
    [
      "a secret's description",
      secretFromApi,
      { ARN: secret, Name: 'orders', VersionIdsToStages: { one: ['AWSCURRENT'] } },
    ],
    [
      'an entry of the list of secrets',
      secretFromApi,
      { ARN: secret, LastChangedDate: '2026-11-01T00:00:00Z' },
    ],
    ['the first page of a share list', documentFromApi, { AccountIds: ['111122223333'], NextToken: 'more' }],
  ])('is not judged: %s', (_, read, answer) => {
    expect(() => read(answer)).toThrow(ResourceInputError);
  });

  it.each<[string, (answer: unknown) => unknown, unknown]>([
    ['a key of AWS', keyFromApi, { KeyMetadata: { ...key, KeyManager: 'AWS' } }],
    ['a queue without a policy', queueFromApi, { Attributes: { CreatedTimestamp: '1767225600' } }],
    ['a secret without a policy', secretFromApi, { ARN: secret, Name: 'orders' }],
    ['the last page of a share list', documentFromApi, { AccountIds: [], NextToken: '' }],
  ])('is not the same as one that says nobody: %s', (_, read, answer) => {
    expect(read(answer)).not.toHaveProperty('policy');
  });
});
