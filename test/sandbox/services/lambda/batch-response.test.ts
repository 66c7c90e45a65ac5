import { failedMessageIds } from '../../../../sandbox/services/lambda/batch-response';

const ids = ['a', 'b', 'c'];
const answer = (value: unknown) => JSON.stringify(value);

describe('the answer to a batch, as Lambda reads it', () => {
  it.each([
    ['an empty list', { batchItemFailures: [] }],
    ['a null list', { batchItemFailures: null }],
    ['an empty response', {}],
    ['a null response', null],
  ])('is a complete success with %s', (_, value) => {
    expect(failedMessageIds(answer(value), ids)).toEqual([]);
  });

  it.each([
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['a null identifier', { batchItemFailures: [{ itemIdentifier: null }] }],
    ['a wrong key', { batchItemFailures: [{ messageId: 'a' }] }],
    ['an identifier that is not of this batch', { batchItemFailures: [{ itemIdentifier: 'z' }] }],
    [
      'one known and one unknown identifier',
      { batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'z' }] },
    ],
    ['a list that is an object', { batchItemFailures: { itemIdentifier: 'a' } }],
    ['a bare string', 'done'],
  ])('is a complete failure with %s', (_, value) => {
    expect(failedMessageIds(answer(value), ids)).toEqual(ids);
  });

  it('is a complete failure when it is not JSON', () => {
    expect(failedMessageIds('{"batchItemFailures":', ids)).toEqual(ids);
  });

  it('names each failed message once', () => {
    const value = { batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'b' }] };
    expect(failedMessageIds(answer(value), ids)).toEqual(['b']);
  });
});
