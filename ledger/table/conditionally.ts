import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  type PutCommandInput,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';

/**
 * Makes a write that has a condition.
 * @returns false when the condition does not hold: somebody else was faster
 */
export async function conditionally(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isBeaten(error)) return false;
    throw error;
  }
}

/**
 * Puts items that each have a condition, all of them or none.
 * @param items a hundred at most: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 * @returns false when a condition does not hold: somebody else was faster, and none is written
 */
export async function allConditionally(
  documents: DynamoDBDocumentClient,
  items: readonly PutCommandInput[],
): Promise<boolean> {
  // A transaction of nothing is refused.
  if (items.length === 0) return true;
  try {
    await documents.send(new TransactWriteCommand({ TransactItems: items.map((Put) => ({ Put })) }));
    return true;
  } catch (error) {
    if (beatenIn(error)) return false;
    throw error;
  }
}

/**
 * Whether a write was not made because somebody else was faster: its condition does not hold, or another transaction is writing
 * the item just now.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 */
export function isBeaten(error: unknown): boolean {
  return error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;
}

/** Codes of a cancelled transaction that say no more than `isBeaten`. */
const beatenCodes = ['ConditionalCheckFailed', 'TransactionConflict'];

/**
 * The writes of a transaction in which somebody else was faster, by their numbers from 0: then none was made.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 * @returns undefined for any other error
 */
export function beatenIn(error: unknown): { number: number; code: string }[] | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const reasons = (error.CancellationReasons ?? []).map(({ Code: code = 'None' }, number) => ({
    number,
    code,
  }));
  const failed = reasons.filter(({ code }) => code !== 'None');
  return failed.length > 0 && failed.every(({ code }) => beatenCodes.includes(code)) ? failed : undefined;
}
