import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { Bindings } from './bindings';
import { holds, parseCondition } from './condition';
import type { Table } from './table';
import { parseUpdate, updated } from './update';
import { invalid } from './validation';
import { copiedItem, type Item } from './values';

/** What every write may carry. */
export interface WriteInput {
  ConditionExpression?: string | undefined;
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Record<string, unknown> | undefined;
  ReturnValuesOnConditionCheckFailure?: string | undefined;
  UpdateExpression?: string | undefined;
  Item?: Record<string, unknown> | undefined;
  Key?: Record<string, unknown> | undefined;
}

/** A write that is checked, and not made yet. */
export interface Prepared {
  table: Table;
  key: { partition: string; sort: string };
  before: Item | undefined;
  /** The item afterwards; undefined where it is deleted. */
  after: Item | undefined;
  isMet: boolean;
  /** The item that a refusal tells. */
  told: Item | undefined;
}

/**
 * Checks a write against the table as it is.
 * @throws ValidationException
 */
export function prepared(
  kind: 'Put' | 'Update' | 'Delete' | 'ConditionCheck',
  table: Table,
  input: WriteInput,
  removeUndefined: boolean,
): Prepared {
  const { ConditionExpression: condition, UpdateExpression: update } = input;
  const bindings = new Bindings(input, [condition, update], removeUndefined);
  const item = kind === 'Put' ? copiedItem(input.Item, removeUndefined) : undefined;
  const key = item ? table.keyOf(item) : table.checkedKey(input.Key);
  const before = table.read(key);
  const isMet =
    condition === undefined ||
    holds(parseCondition(condition, 'ConditionExpression'), before ?? {}, bindings);
  const told = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? before : undefined;
  const common = { table, key, before, isMet, told };
  if (kind === 'Delete') return { ...common, after: undefined };
  if (kind === 'ConditionCheck') return { ...common, after: before };
  if (!isMet) return { ...common, after: before };
  const after = item ?? changed(table, key, before, update, bindings);
  table.check(after);
  return { ...common, after };
}

function changed(
  table: Table,
  key: { partition: string; sort: string },
  before: Item | undefined,
  update: string | undefined,
  bindings: Bindings,
): Item {
  const { keys } = table.definition;
  const old = before ?? { [keys.partition]: key.partition, [keys.sort]: key.sort };
  const after = update === undefined ? copiedItem(old) : updated(old, parseUpdate(update), bindings);
  if (after[keys.partition] === key.partition && after[keys.sort] === key.sort) return after;
  throw invalid('Cannot update attribute: This attribute is part of the key');
}

/**
 * Makes a write.
 * @throws ConditionalCheckFailedException where its condition is not met
 */
export function make(write: Prepared): void {
  if (!write.isMet) {
    throw Object.assign(
      new ConditionalCheckFailedException({
        message: 'The conditional request failed',
        $metadata: { httpStatusCode: 400, attempts: 1 },
      }),
      // The document client answers it as plain values.
      write.told && { Item: copiedItem(write.told) },
    );
  }
  write.table.write(write.key, write.after);
}

/**
 * Makes all writes, or none.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 * @throws TransactionCanceledException where a condition is not met
 */
export function makeAll(writes: readonly Prepared[]): void {
  const names = writes.map(({ table, key }) =>
    JSON.stringify([table.definition.name, key.partition, key.sort]),
  );
  if (new Set(names).size < names.length) {
    throw invalid('Transaction request cannot include multiple operations on one item');
  }
  if (writes.some(({ isMet }) => !isMet)) {
    const reasons = writes.map(({ isMet, told }) =>
      isMet
        ? { Code: 'None' }
        : {
            Code: 'ConditionalCheckFailed',
            Message: 'The conditional request failed',
            ...(told && { Item: copiedItem(told) }),
          },
    );
    throw Object.assign(
      new TransactionCanceledException({
        message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
        $metadata: { httpStatusCode: 400, attempts: 1 },
      }),
      { CancellationReasons: reasons },
    );
  }
  for (const write of writes) if (write.after !== write.before) make(write);
}
