import { mapSize } from '../../faults/aws/dynamodb/values';
import type { Call } from '../../faults/call';

/** What calls of DynamoDB are paid by. */
export interface Capacity {
  reads: number;
  writes: number;
}

type Item = Parameters<typeof mapSize>[0];
interface Input {
  Item?: Item;
  ConsistentRead?: boolean;
  RequestItems?: Record<string, { Keys?: object[]; ConsistentRead?: boolean }>;
  TransactItems?: Record<string, Input>[];
  UpdateExpression?: string;
  ExpressionAttributeValues?: Item;
}
interface Answer {
  Item?: Item;
  Items?: Item[];
  Responses?: Record<string, Item[]>;
}

/** Attributes by which an item stands in an index of the ledger. */
const indexedBy = ['sweep', 'openIn'];

/**
 * What a call of DynamoDB takes on demand: reads by 4 kB, writes by 1 kB and once more for each index that has the item; half of it for
 * reads that are not strongly consistent, twice for transactions.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function capacityOf({ command, input: asked, answer: answered }: Call): Capacity {
  const input = asked as Input;
  const answer = (answered ?? {}) as Answer;
  switch (command) {
    case 'Get':
      return { reads: readOf([answer.Item], input), writes: 0 };
    case 'Query':
    case 'Scan':
      return {
        reads: Math.max(readOf([undefined], input), readOf([together(answer.Items)], input)),
        writes: 0,
      };
    case 'BatchGet':
      return { reads: batchOf(input, answer), writes: 0 };
    case 'TransactWrite':
      return {
        reads: 0,
        writes: (input.TransactItems ?? [])
          .flatMap((item) => Object.values(item))
          .reduce((sum, write) => sum + 2 * tableWrite(write) + indexWrites(write), 0),
      };
    default:
      return { reads: 0, writes: tableWrite(input) + indexWrites(input) };
  }
}

function readOf(items: readonly (Item | number | undefined)[], { ConsistentRead }: Input): number {
  const bytes = (item: Item | number | undefined) =>
    typeof item === 'number' ? item : item === undefined ? 0 : mapSize(item);
  const units = items.reduce<number>((sum, item) => sum + Math.max(1, Math.ceil(bytes(item) / 4_096)), 0);
  return ConsistentRead ? units : units / 2;
}

/** A page is rounded up as a whole. */
function together(items: readonly Item[] = []): number {
  return items.reduce((sum, item) => sum + mapSize(item), 0);
}

/** Each item is rounded up by itself, one that is not there too. */
function batchOf({ RequestItems: asked = {} }: Input, { Responses: found = {} }: Answer): number {
  return Object.entries(asked).reduce((sum, [table, { Keys = [], ...how }]) => {
    const items = found[table] ?? [];
    const missing = Array.from({ length: Keys.length - items.length }, () => undefined);
    return sum + readOf([...items, ...missing], how);
  }, 0);
}

/** Of an update, what it sets stands for the whole item. */
function tableWrite({ Item: item, ExpressionAttributeValues: values }: Input): number {
  return Math.max(1, Math.ceil(mapSize(item ?? values ?? {}) / 1_024));
}

function indexWrites({ Item: item = {} }: Input): number {
  return indexedBy.filter((name) => item[name] !== undefined).length;
}
