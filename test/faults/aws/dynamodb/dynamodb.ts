import type {
  BatchGetCommandInput,
  DeleteCommandInput,
  GetCommandInput,
  PutCommandInput,
  QueryCommandInput,
  ScanCommandInput,
  TransactWriteCommandInput,
  UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Caller, Commands } from '../commands';
import { serviceError } from '../service-error';
import { Bindings } from './bindings';
import { projected } from './projection';
import { query, scan } from './queries';
import { Table, type TableDefinition } from './table';
import { invalid } from './validation';
import { copiedItem, type Item } from './values';
import { make, makeAll, type Prepared, prepared, type WriteInput } from './writes';

/** How reads behave that are not strongly consistent. */
export interface ConsistencyOptions {
  /** How many writes such a read may be behind. Default: none. */
  mostWritesBehind?: number;
  /** Numbers from 0 up to 1, which choose how many it is. */
  random?: () => number;
}

/**
 * DynamoDB in memory, as the document client sees it. Reads that are not strongly consistent may be behind:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
 */
export class DynamoDb {
  readonly #tables = new Map<string, Table>();
  consistency: ConsistencyOptions = {};
  /** So many items a scan looks at for one page, however many it may; a large table answers in pages in any case. */
  mostScanned = Infinity;

  /** Makes a table. */
  createTable(definition: TableDefinition): void {
    this.#tables.set(definition.name, new Table(definition));
  }

  /** Every item of a table, each a copy. */
  items(tableName: string): Item[] {
    return this.#table(tableName)
      .items()
      .map((item) => copiedItem(item));
  }

  /** The same without copying, for whoever only looks. */
  peek(tableName: string): readonly Readonly<Item>[] {
    return this.#table(tableName).items();
  }

  /** Puts an item as it is, as somebody with access to the table could. */
  put(tableName: string, item: Record<string, unknown>): void {
    make(prepared('Put', this.#table(tableName), { Item: item }, true));
  }

  /** A table is as it was when it had these items, as after a restore to a point in time. */
  restore(tableName: string, items: readonly Readonly<Item>[]): void {
    const table = this.#table(tableName);
    for (const item of table.items()) table.write(table.keyOf(item), undefined);
    for (const item of items) this.put(tableName, item);
  }

  /**
   * Deletes what has expired, as DynamoDB does at some time after.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
   * @returns how many items went
   */
  expire(now: Date): number {
    let expired = 0;
    for (const table of this.#tables.values()) {
      const { timeToLive } = table.definition;
      if (timeToLive === undefined) continue;
      for (const item of table.items()) {
        const at = item[timeToLive];
        if (typeof at !== 'number' || at * 1000 > now.getTime()) continue;
        table.write(table.keyOf(item), undefined);
        expired += 1;
      }
    }
    return expired;
  }

  /** What the document client sends. */
  readonly commands: Commands = {
    Get: (input: GetCommandInput) => {
      checkNames(input, ['TableName', 'Key', ...reading]);
      const found = this.#get(input);
      return found ? { Item: found } : {};
    },
    BatchGet: ({ RequestItems: asked = {}, ...others }: BatchGetCommandInput) => {
      checkNames(others, ['ReturnConsumedCapacity']);
      const tables = Object.entries(asked);
      const count = tables.reduce((sum, [, { Keys = [] }]) => sum + Keys.length, 0);
      if (count === 0 || count > mostBatchKeys) throw invalid('A batch has 1 to 100 keys.');
      const answers = tables.map(([name, { Keys = [], ...input }]) => [name, this.#batch(name, Keys, input)]);
      return { Responses: Object.fromEntries(answers), UnprocessedKeys: {} };
    },
    Put: (input: PutCommandInput, caller: Caller) => {
      checkNames(input, ['TableName', 'Item', ...writing]);
      const { before } = this.#write('Put', input, caller);
      return input.ReturnValues === 'ALL_OLD' && before ? { Attributes: copiedItem(before) } : {};
    },
    Delete: (input: DeleteCommandInput, caller: Caller) => {
      checkNames(input, ['TableName', 'Key', ...writing]);
      const { before } = this.#write('Delete', input, caller);
      return input.ReturnValues === 'ALL_OLD' && before ? { Attributes: copiedItem(before) } : {};
    },
    Update: (input: UpdateCommandInput, caller: Caller) => {
      checkNames(input, ['TableName', 'Key', 'UpdateExpression', ...writing]);
      const { before, after } = this.#write('Update', input, caller);
      const told = { ALL_OLD: before, ALL_NEW: after }[String(input.ReturnValues)];
      return told ? { Attributes: copiedItem(told) } : {};
    },
    Query: (input: QueryCommandInput) => {
      checkNames(input, ['TableName', 'KeyConditionExpression', 'ScanIndexForward', ...paging, ...reading]);
      const { IndexName, ConsistentRead } = input;
      if (IndexName !== undefined && ConsistentRead) {
        throw invalid('Consistent reads are not supported on global secondary indexes');
      }
      return query(this.#table(input.TableName), input, this.#writesBehind(ConsistentRead));
    },
    Scan: (input: ScanCommandInput) => {
      checkNames(input, ['TableName', ...paging, ...reading]);
      const Limit = Math.min(input.Limit ?? Infinity, this.mostScanned);
      const bounded = Number.isFinite(Limit) ? { ...input, Limit } : input;
      return scan(this.#table(input.TableName), bounded, this.#writesBehind(input.ConsistentRead));
    },
    TransactWrite: (input: TransactWriteCommandInput, caller: Caller) => {
      checkNames(input, ['TransactItems', 'ClientRequestToken']);
      const items = input.TransactItems ?? [];
      if (items.length === 0 || items.length > 100) throw invalid('A transaction has 1 to 100 writes.');
      makeAll(items.map((item) => this.#prepared(item, caller)));
      return {};
    },
  };

  #batch(name: string, keys: readonly Record<string, unknown>[], input: object): Item[] {
    checkNames(input, ['ProjectionExpression', 'ConsistentRead', 'ExpressionAttributeNames']);
    const table = this.#table(name);
    const names = keys.map((key) => JSON.stringify(table.checkedKey(key)));
    if (new Set(names).size < names.length) throw invalid('Provided list of item keys contains duplicates');
    const found = keys.map((Key) => this.#get({ TableName: name, Key, ...input }));
    // In no order: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
    return found.filter((item) => item !== undefined).reverse();
  }

  #get(input: GetCommandInput): Item | undefined {
    const { ProjectionExpression: projection, ConsistentRead } = input;
    const bindings = new Bindings(input, [projection]);
    const table = this.#table(input.TableName);
    const key = table.checkedKey(input.Key);
    const writesBehind = this.#writesBehind(ConsistentRead);
    const found =
      writesBehind === 0
        ? table.read(key)
        : table.items(writesBehind, key.partition).find((item) => table.keyOf(item).sort === key.sort);
    return found && projected(found, projection, bindings);
  }

  #prepared(item: NonNullable<TransactWriteCommandInput['TransactItems']>[number], caller: Caller): Prepared {
    const [kind, ...others] = (['Put', 'Update', 'Delete', 'ConditionCheck'] as const).filter(
      (name) => item[name],
    );
    const input = kind && item[kind];
    if (!input || others.length > 0) throw invalid('TransactItems can only contain one of its kinds each.');
    return prepared(kind, this.#table(input.TableName), input as WriteInput, caller.removeUndefined);
  }

  #write(
    kind: 'Put' | 'Update' | 'Delete',
    input: WriteInput & { TableName: string | undefined; ReturnValues?: string | undefined },
    caller: Caller,
  ): Prepared {
    const known = kind === 'Update' ? ['NONE', 'ALL_OLD', 'ALL_NEW'] : ['NONE', 'ALL_OLD'];
    if (!known.includes(input.ReturnValues ?? 'NONE')) {
      throw new Error(`The in-memory DynamoDB does not know ReturnValues ${input.ReturnValues} of ${kind}.`);
    }
    const write = prepared(kind, this.#table(input.TableName), input, caller.removeUndefined);
    make(write);
    return write;
  }

  #table(name: string | undefined): Table {
    const table = this.#tables.get(name ?? '');
    if (table) return table;
    throw serviceError('DynamoDB', 'ResourceNotFoundException', `Requested resource not found: ${name}`);
  }

  #writesBehind(isConsistent: boolean | undefined): number {
    const { mostWritesBehind = 0, random = () => 1 } = this.consistency;
    return isConsistent ? 0 : Math.min(mostWritesBehind, Math.floor(random() * (mostWritesBehind + 1)));
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const mostBatchKeys = 100;

const expressions = ['ExpressionAttributeNames', 'ExpressionAttributeValues', 'ReturnConsumedCapacity'];
const reading = ['ProjectionExpression', 'ConsistentRead', ...expressions];
const writing = [
  'ConditionExpression',
  'ReturnValues',
  'ReturnValuesOnConditionCheckFailure',
  ...expressions,
];
const paging = ['IndexName', 'FilterExpression', 'Limit', 'ExclusiveStartKey', 'Select'];

/** Whatever is not known here is no part of what was tried. */
function checkNames(input: object, known: readonly string[]): void {
  const unknown = Object.keys(input).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`The in-memory DynamoDB does not know ${unknown.join(', ')}.`);
}
