import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { beatenIn, conditionally } from '../../ledger/conditionally';

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
