import type { QueryCommandInput, ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import { Bindings } from './bindings';
import { type Condition, holds, parseCondition } from './condition';
import { type Page, pageOf } from './pages';
import { projected } from './projection';
import { type Keys, keyOrder, type Table } from './table';
import { invalid } from './validation';
import { copiedItem, type Item, type Value } from './values';

/** What a query or a scan answers. */
export interface PageAnswer {
  Items?: Item[];
  Count: number;
  ScannedCount: number;
  LastEvaluatedKey?: Item;
}

/**
 * Finds the items of one partition of a table or an index.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
 * @param writesAgo how old the answer is
 * @throws ValidationException
 */
export function query(table: Table, input: QueryCommandInput, writesAgo: number): PageAnswer {
  const { KeyConditionExpression: text, IndexName, ScanIndexForward: forward = true } = input;
  if (text === undefined) throw invalid('A query has to have a KeyConditionExpression.');
  const bindings = bindingsOf(input, text);
  const condition = parseCondition(text, 'KeyConditionExpression');
  const keys = keysOf(table, IndexName);
  const partition = partitionIn(condition, keys, bindings);
  const isIn = (item: Item) =>
    item[keys.partition] === partition && item[keys.sort] !== undefined && holds(condition, item, bindings);
  const direction = forward ? 1 : -1;
  const names = [keys.sort, ...tableKeyNames(table)];
  const order = (one: Item, other: Item) => direction * inOrder(one, other, names);
  const held = table.items(writesAgo, IndexName === undefined ? partition : undefined).filter(isIn);
  const items = IndexName === undefined ? held : held.map((item) => keysOnly(item, keyNames(table, keys)));
  return answer(table, input, bindings, keys, items.sort(order), order);
}

/**
 * Goes through a whole table, in an order that nobody can foretell.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html
 * @throws ValidationException
 */
export function scan(table: Table, input: ScanCommandInput, writesAgo: number): PageAnswer {
  const bindings = bindingsOf(input);
  const keys = keysOf(table, input.IndexName);
  const spread = (item: Item) => placeOf(String(item[keys.partition]));
  const order = (one: Item, other: Item) =>
    spread(one) - spread(other) || inOrder(one, other, [keys.partition, keys.sort, ...tableKeyNames(table)]);
  const held = table.items(writesAgo);
  const items =
    input.IndexName === undefined
      ? held
      : held
          .filter((item) => item[keys.partition] !== undefined && item[keys.sort] !== undefined)
          .map((item) => keysOnly(item, keyNames(table, keys)));
  return answer(table, input, bindings, keys, items.sort(order), order);
}

function answer(
  table: Table,
  input: QueryCommandInput | ScanCommandInput,
  bindings: Bindings,
  keys: Keys,
  items: readonly Item[],
  order: (one: Item, other: Item) => number,
): PageAnswer {
  const { FilterExpression: filter, Limit: limit, ExclusiveStartKey: from, Select } = input;
  if (Select !== undefined && Select !== 'COUNT')
    throw new Error(`The in-memory DynamoDB does not know Select ${Select}.`);
  const page: Page = pageOf({
    items,
    order,
    keyNames: keyNames(table, keys),
    limit,
    from: from && copiedItem(from),
    filter: filter === undefined ? undefined : parseCondition(filter, 'FilterExpression'),
    bindings,
  });
  return {
    ...(Select !== 'COUNT' && {
      Items: page.items.map((item) => projected(item, input.ProjectionExpression, bindings)),
    }),
    Count: page.items.length,
    ScannedCount: page.scanned,
    ...(page.next && { LastEvaluatedKey: page.next }),
  };
}

function bindingsOf(input: QueryCommandInput | ScanCommandInput, keyCondition?: string): Bindings {
  return new Bindings(input, [keyCondition, input.FilterExpression, input.ProjectionExpression]);
}

function keysOf(table: Table, index: string | undefined): Keys {
  const { keys, indexes = {} } = table.definition;
  const found = index === undefined ? keys : indexes[index];
  if (found) return found;
  throw invalid(`The table does not have the specified index: ${index}`);
}

function tableKeyNames(table: Table): string[] {
  const { keys } = table.definition;
  return [keys.partition, keys.sort];
}

function keyNames(table: Table, keys: Keys): string[] {
  return [...new Set([...tableKeyNames(table), keys.partition, keys.sort])];
}

function keysOnly(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(names.map((name) => [name, item[name] ?? null]));
}

function inOrder(one: Item, other: Item, names: readonly string[]): number {
  for (const name of names) {
    const order = keyOrder(one[name], other[name]);
    if (order !== 0) return order;
  }
  return 0;
}

/** The one partition that a key condition names; all else in it is about the sort key. */
function partitionIn(condition: Condition, keys: Keys, bindings: Bindings): string {
  const parts = condition.kind === 'and' ? condition.parts : [condition];
  const named = parts.flatMap((part) => {
    const { name, value } = keyCondition(part, bindings);
    if (name === keys.sort) return [];
    if (name === keys.partition && part.kind === 'compare' && part.comparator === '=') return [value];
    throw invalid(`Query key condition not supported: ${name}`);
  });
  const [partition] = named;
  if (named.length !== 1 || parts.length > 2)
    throw invalid(`Query condition missed key schema element: ${keys.partition}`);
  if (typeof partition !== 'string' || partition === '')
    throw invalid('A partition key has to be text that is not empty.');
  return partition;
}

function keyCondition(part: Condition, bindings: Bindings): { name: string; value: Value } {
  const operands =
    part.kind === 'compare' && part.comparator !== '<>'
      ? [part.left, part.right]
      : part.kind === 'between'
        ? [part.value, part.low]
        : part.kind === 'begins_with'
          ? [part.path, part.operand]
          : [];
  const [left, right] = operands;
  if (left?.kind !== 'path' || left.path.length > 1 || right?.kind !== 'value') {
    throw invalid('Query key condition not supported: it has to compare a key with a value.');
  }
  return { name: bindings.name(left.path[0]), value: bindings.value(right.placeholder) };
}

const places = new Map<string, number>();

/** Where a scan meets a partition. */
function placeOf(partition: string): number {
  const place = places.get(partition) ?? scattered(partition);
  places.set(partition, place);
  return place;
}

/** FNV-1a: the same number for the same text, and no order in it. https://datatracker.ietf.org/doc/html/rfc9923 */
function scattered(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
