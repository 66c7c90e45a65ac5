import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ledgerOpenIndexName } from '../../core/names';
import { ledgerDocuments } from '../../ledger/table/documents';
import { copied } from '../faults/aws/dynamodb/copied';

type Item = Record<string, unknown>;

/** To make a client takes longer than many of its calls: all share one, each with a `send` of its own. */
const shared = ledgerDocuments({ region: 'eu-west-1' });

/** The parts of a command's input that the ledger's classes use. */
interface Input {
  TableName: string;
  Item?: Item;
  Key?: Item;
  IndexName?: string;
  KeyConditionExpression?: string;
  ConditionExpression?: string;
  FilterExpression?: string;
  UpdateExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
  ExclusiveStartKey?: Item;
  ScanIndexForward?: boolean;
  Limit?: number;
  ReturnValues?: string;
  TransactItems?: TransactItem[];
  RequestItems?: Record<string, { Keys: Item[] }>;
}

/** One write of a transaction. */
interface TransactItem {
  Put?: Input;
  Update?: Input;
}

/** The items of a table, by their key; and those of each partition, of the table and of its indexes. */
class Table {
  readonly items = new Map<string, Item>();
  private readonly partitions = new Map<string, Map<string, Item>>();
  private keys: string[] | undefined;

  /** The keys of all items, in an order that stays while items come and go. */
  get sortedKeys(): readonly string[] {
    this.keys ??= [...this.items.keys()].sort();
    return this.keys;
  }

  get(key: Item | undefined): Item | undefined {
    return this.items.get(keyText(key));
  }

  set(key: Item | undefined, item: Item | undefined): void {
    const text = keyText(key);
    const old = this.items.get(text);
    if (!old || !item) this.keys = undefined;
    for (const partition of old ? partitionsOf(old) : []) this.partitions.get(partition)?.delete(text);
    if (!item) {
      this.items.delete(text);
      return;
    }
    this.items.set(text, item);
    for (const partition of partitionsOf(item)) {
      const held = this.partitions.get(partition) ?? new Map<string, Item>();
      this.partitions.set(partition, held.set(text, item));
    }
  }

  partition(name: string): Item[] {
    return [...(this.partitions.get(name)?.values() ?? [])];
  }
}

/** What is in no index, or has no time in it, is in none of its partitions. */
function partitionsOf({ finding, sweep, dueAt, openIn }: Item): string[] {
  return [
    `finding ${finding}`,
    ...(sweep !== undefined && dueAt !== undefined ? [`sweep ${sweep}`] : []),
    ...(openIn === undefined ? [] : [`openIn ${openIn}`]),
  ];
}

/** Fewer than a page of DynamoDB holds, so that whoever forgets to ask for the next one is found out. */
const pageItems = 2_000;

/**
 * DynamoDB's tables in memory, as far as the ledger uses them: for tests with many items or many calls. Expressions that it
 * does not know are errors. Tests of the calls themselves run against an emulator.
 */
export class MemoryTables {
  private readonly tables = new Map<string, Table>();
  /** Called with the command's name before each call; what it throws, the call throws. */
  before: (command: string, input: Input) => void = () => {};
  /** How many calls were made, by command. */
  readonly calls: Record<string, number> = {};

  /** A client whose calls reach these tables. */
  documents(): DynamoDBDocumentClient {
    const client: DynamoDBDocumentClient = Object.create(shared);
    const send = async (command: { constructor: { name: string }; input: Input }) => {
      // A call is never answered in the same turn.
      await Promise.resolve();
      const { name } = command.constructor;
      this.calls[name] = (this.calls[name] ?? 0) + 1;
      this.before(name, command.input);
      return this.answer(name, command.input);
    };
    Object.defineProperty(client, 'send', { value: send });
    return client;
  }

  /** Everything in a table. */
  items(table: string): Item[] {
    return [...this.table(table).items.values()];
  }

  /** Writes an item as it is. */
  put(table: string, item: Item): void {
    this.table(table).set(item, copy(item));
  }

  private answer(command: string, input: Input): unknown {
    switch (command) {
      case 'GetCommand':
        return { Item: copy(this.table(input.TableName).get(input.Key)) };
      case 'PutCommand':
        return this.write(input, input.Item, () => copy(input.Item));
      case 'UpdateCommand':
        return this.write(input, input.Key, (old) => updated({ ...(old ?? input.Key) }, input));
      case 'DeleteCommand':
        return this.write(input, input.Key, () => undefined);
      case 'BatchGetCommand':
        return this.batch(input);
      case 'TransactWriteCommand':
        return this.transact(input);
      case 'QueryCommand':
        return this.query(input);
      case 'ScanCommand':
        return this.scan(input);
      default:
        throw new Error(`The tables in memory know no ${command}.`);
    }
  }

  private table(name: string): Table {
    const table = this.tables.get(name) ?? new Table();
    this.tables.set(name, table);
    return table;
  }

  private write(input: Input, key: Item | undefined, next: (old: Item | undefined) => Item | undefined) {
    const table = this.table(input.TableName);
    const old = table.get(key);
    if (!holds(input.ConditionExpression, old ?? {}, input)) {
      throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
    }
    const written = next(old);
    table.set(key, written);
    const told = input.ReturnValues === 'ALL_NEW' ? written : old;
    return input.ReturnValues ? { Attributes: copy(told) } : {};
  }

  private batch({ RequestItems: asked = {} }: Input) {
    const answered = Object.entries(asked).map(([name, { Keys }]) => {
      if (new Set(Keys.map(keyText)).size < Keys.length) throw new Error('A key comes twice.');
      const items = Keys.flatMap((key) => copy(this.table(name).get(key)) ?? []);
      return [name, items];
    });
    return { Responses: Object.fromEntries(answered), UnprocessedKeys: {} };
  }

  private transact({ TransactItems: parts = [] }: Input) {
    const isAllowed = ({ Put: put, Update: update }: TransactItem) => {
      const input = put ?? update;
      const key = put?.Item ?? update?.Key;
      return input && holds(input.ConditionExpression, this.table(input.TableName).get(key) ?? {}, input);
    };
    if (!parts.every(isAllowed)) {
      const CancellationReasons = parts.map((part) => ({
        Code: isAllowed(part) ? 'None' : 'ConditionalCheckFailed',
      }));
      throw Object.assign(
        new TransactionCanceledException({ message: 'Transaction cancelled', $metadata: {} }),
        { CancellationReasons },
      );
    }
    for (const { Put: put, Update: update } of parts) {
      if (put) this.answer('PutCommand', put);
      if (update) this.answer('UpdateCommand', update);
    }
    return {};
  }

  private query(input: Input) {
    const { KeyConditionExpression: condition = '', ExpressionAttributeValues: values = {} } = input;
    const [hash, sort] = keysOfIndex(input.IndexName);
    // Every condition begins with the partition.
    const value = values[/^#\w+ = (:\w+)/.exec(condition)?.[1] ?? ''];
    const found = this.table(input.TableName)
      .partition(`${hash} ${value}`)
      .filter((item) => holds(condition, item, input))
      .map((item) => ({ item, order: orderText(item, sort) }))
      .sort((one, other) => compare(one.order, other.order));
    if (input.ScanIndexForward === false) found.reverse();
    const start = input.ExclusiveStartKey && orderText(input.ExclusiveStartKey, sort);
    const rest = start === undefined ? found : found.filter(({ order }) => order > start);
    return this.page(
      rest.map(({ item }) => item),
      input,
    );
  }

  private scan(input: Input) {
    const { items, sortedKeys } = this.table(input.TableName);
    const start = input.ExclusiveStartKey ? keyText(input.ExclusiveStartKey) : '';
    const from = sortedKeys.findIndex((key) => key > start);
    const page = from < 0 ? [] : sortedKeys.slice(from, from + (input.Limit ?? pageItems) + 1);
    return this.page(
      page.map((key) => items.get(key) ?? {}),
      input,
    );
  }

  private page(found: readonly Item[], input: Input) {
    const page = found.slice(0, Math.min(input.Limit ?? pageItems, pageItems));
    const kept = page.filter((item) => holds(input.FilterExpression, item, input));
    const last = page.length < found.length ? page.at(-1) : undefined;
    return {
      Items: kept.map((item) => copy(input.IndexName ? keysOf(item) : item)),
      Count: kept.length,
      ...(last && { LastEvaluatedKey: input.IndexName ? keysOf(last) : keyOf(last) }),
    };
  }
}

function keysOfIndex(name: string | undefined): [hash: string, sort: string] {
  if (name === undefined) return ['finding', 'record'];
  return name === ledgerOpenIndexName ? ['openIn', 'receivedAt'] : ['sweep', 'dueAt'];
}

/** One comparison of a condition, or one call of a function. */
interface Term {
  text: string;
  name: string | undefined;
  value: string;
  asks: string | undefined;
}

/** The terms of each condition that was asked for, which hold together, by its alternatives. */
const conditions = new Map<string, Term[][]>();

function termsOf(expression: string): Term[][] {
  const known = conditions.get(expression);
  if (known) return known;
  const terms = expression
    .split(' OR ')
    .map((either) => either.split(' AND ').map((term) => termOf(term.trim())));
  conditions.set(expression, terms);
  return terms;
}

function termOf(text: string): Term {
  const call = /^(\w+)\((#\w+)(?:, (:\w+))?\)$/.exec(text);
  const comparison = /^(#\w+) (=|<=|<|>) (:\w+)$/.exec(text);
  return {
    text,
    name: call?.[2] ?? comparison?.[1],
    value: call?.[3] ?? comparison?.[3] ?? '',
    asks: call?.[1] ?? comparison?.[2],
  };
}

function holds(expression: string | undefined, item: Item, input: Input): boolean {
  if (expression === undefined) return true;
  return termsOf(expression).some((terms) => terms.every((term) => isTrue(term, item, input)));
}

function isTrue({ text, name, value: placeholder, asks }: Term, item: Item, input: Input): boolean {
  const held = item[nameOf(name, input)];
  const value = input.ExpressionAttributeValues?.[placeholder];
  switch (asks) {
    case 'attribute_exists':
      return held !== undefined;
    case 'attribute_not_exists':
      return held === undefined;
    case 'begins_with':
      return String(held).startsWith(String(value));
    case '=':
      return held === value;
    case '<=':
      return held !== undefined && compare(held, value) <= 0;
    case '<':
      return held !== undefined && compare(held, value) < 0;
    case '>':
      return held !== undefined && compare(held, value) > 0;
    default:
      throw new Error(`The tables in memory do not know the condition ${text}.`);
  }
}

function updated(item: Item, input: Input): Item {
  const { UpdateExpression: expression = '', ExpressionAttributeValues: values = {} } = input;
  const removed = /^REMOVE (.+)$/.exec(expression)?.[1];
  const sets = /^SET (.+)$/.exec(expression)?.[1]?.split(/, (?=#)/);
  const parsed = sets?.map((set) => /^(#\w+) = (?:if_not_exists\(#\w+, (:\w+)\)|(:\w+))$/.exec(set));
  if (parsed?.every((set) => set !== null)) {
    for (const set of parsed) {
      const name = nameOf(set?.[1], input);
      if (set?.[2] === undefined || item[name] === undefined)
        item[name] = copied(values[set?.[2] ?? set?.[3] ?? '']);
    }
  } else if (removed) {
    for (const name of removed.split(', ')) delete item[nameOf(name, input)];
  } else throw new Error(`The tables in memory do not know the update ${expression}.`);
  return item;
}

function nameOf(placeholder: string | undefined, { ExpressionAttributeNames: names = {} }: Input): string {
  const name = names[placeholder ?? ''];
  if (name === undefined) throw new Error(`The attribute ${placeholder} is not named.`);
  return name;
}

function compare(one: unknown, other: unknown): number {
  const [a, b] = [one as string | number, other as string | number];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What is undefined is left out. */
function copy(item: Item | undefined): Item | undefined {
  return item && (copied(item, true) as Item);
}

function keyOf({ finding, record }: Item): Item {
  return { finding, record };
}

/** What an index holds of an item, and more: its keys, and those of the other. */
function keysOf({ finding, record, sweep, dueAt, openIn, receivedAt }: Item): Item {
  return { finding, record, sweep, dueAt, openIn, receivedAt };
}

function keyText(key: Item | undefined): string {
  return `${key?.finding}\n${key?.record}`;
}

function orderText(item: Item, sort: string): string {
  return `${item[sort]}\n${keyText(item)}`;
}
