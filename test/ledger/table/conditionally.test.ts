import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { allConditionally, beatenIn, conditionally } from '../../../ledger/table/conditionally';

const about = { message: 'No.', $metadata: {} };
const cancelled = (...codes: string[]) =>
  Object.assign(new TransactionCanceledException(about), {
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe('a write that has a condition', () => {
  it.each([
    ['its condition does not hold', new ConditionalCheckFailedException(about)],
    ['a transaction is writing the item', new TransactionConflictException(about)],
  ])('is not made where %s', async (_when, error) => {
    expect(await conditionally(() => Promise.reject(error))).toBe(false);
    expect(await conditionally(async () => {})).toBe(true);
  });

  it('throws what else goes wrong', async () => {
    await expect(conditionally(() => Promise.reject(new Error('Throttled')))).rejects.toThrow('Throttled');
  });
});

describe('items that are put together', () => {
  const item = { TableName: 'ledger', Item: { finding: 'one' }, ConditionExpression: '#version = :seen' };
  const putting = (items: (typeof item)[], answer: () => object) => {
    const sent: object[] = [];
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
    documents.send = async (command: { input: object }) => {
      sent.push(command.input);
      return answer();
    };
    return { sent, put: () => allConditionally(documents, items) };
  };
  const refused = (error: Error) => () => {
    throw error;
  };

  it('are one transaction with the condition of each', async () => {
    const { sent, put } = putting([item, item], () => ({}));
    expect(await put()).toBe(true);
    expect(sent).toEqual([{ TransactItems: [{ Put: item }, { Put: item }] }]);
  });

  it('are not written where somebody was faster, and nothing is sent for none', async () => {
    const beaten = refused(cancelled('None', 'ConditionalCheckFailed'));
    expect(await putting([item, item], beaten).put()).toBe(false);
    expect(await putting([], refused(new Error('sent'))).put()).toBe(true);
    await expect(putting([item], refused(cancelled('ThrottlingError'))).put()).rejects.toThrow('No.');
  });
});

describe('a transaction that was cancelled', () => {
  it('tells in which of its writes somebody else was faster', () => {
    expect(beatenIn(cancelled('None', 'ConditionalCheckFailed', 'TransactionConflict'))).toEqual([
      { number: 1, code: 'ConditionalCheckFailed' },
      { number: 2, code: 'TransactionConflict' },
    ]);
  });

  it.each([
    ['it was throttled', cancelled('ConditionalCheckFailed', 'ThrottlingError')],
    ['an item is too large', cancelled('None', 'ValidationError')],
    ['no reason is told', new TransactionCanceledException(about)],
    ['it is another error', new Error('No.')],
  ])('is an error like any other where %s', (_when, error) => {
    expect(beatenIn(error)).toBeUndefined();
  });
});
