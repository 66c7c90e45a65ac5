import { invalid } from './validation';
import { compared, type Item, mostItemBytes, storedSize, type Value } from './values';

/** The attributes by which a table or an index finds and orders its items; all of them hold text. */
export interface Keys {
  partition: string;
  sort: string;
}

/** How a table is made. */
export interface TableDefinition {
  name: string;
  keys: Keys;
  /** Global secondary indexes by name, which project keys only. */
  indexes?: Readonly<Record<string, Keys>>;
  /** The attribute of DynamoDB's TTL. */
  timeToLive?: string;
}

/** How many writes are remembered, so that a read may be that much behind. */
const rememberedWrites = 1_000;

/** The items of one table. Each stored item is never changed, only replaced. */
export class Table {
  readonly #partitions = new Map<string, Map<string, Item>>();
  readonly #history: { partition: string; sort: string; before: Item | undefined }[] = [];

  constructor(readonly definition: TableDefinition) {}

  /**
   * The key of an item, or a key itself.
   * @throws ValidationException when it is none
   */
  keyOf(item: Readonly<Record<string, unknown>>): { partition: string; sort: string } {
    const { keys } = this.definition;
    return { partition: keyText(item, keys.partition), sort: keyText(item, keys.sort) };
  }

  /** @throws ValidationException when it holds anything else than a key */
  checkedKey(key: Readonly<Record<string, unknown>> | undefined): { partition: string; sort: string } {
    if (!key || Object.keys(key).length !== 2)
      throw invalid('The provided key element does not match the schema');
    return this.keyOf(key);
  }

  /** An item as it is now. */
  read(key: { partition: string; sort: string }): Item | undefined {
    return this.#partitions.get(key.partition)?.get(key.sort);
  }

  /**
   * Checks that an item can be written.
   * @throws ValidationException when it is too large, or has a key of an index that is no text
   */
  check(item: Item): void {
    this.keyOf(item);
    if (storedSize(item) > mostItemBytes) throw invalid('Item size has exceeded the maximum allowed size');
    for (const keys of Object.values(this.definition.indexes ?? {})) {
      for (const name of [keys.partition, keys.sort]) if (item[name] !== undefined) keyText(item, name);
    }
  }

  /** Puts an item in place of the one with its key; undefined deletes that. */
  write(key: { partition: string; sort: string }, item: Item | undefined): void {
    const { partition, sort } = key;
    this.#history.push({ partition, sort, before: this.read(key) });
    if (this.#history.length > rememberedWrites) this.#history.shift();
    const items = this.#partitions.get(partition) ?? new Map<string, Item>();
    this.#partitions.set(partition, items);
    if (item) items.set(sort, item);
    else items.delete(sort);
  }

  /**
   * Items as they were some writes ago, in no order.
   * @param partition only those of it
   */
  items(writesAgo = 0, partition?: string): Item[] {
    const items: Item[] = [];
    const held = partition === undefined ? this.#partitions.values() : [this.#partitions.get(partition)];
    for (const some of held) for (const item of some?.values() ?? []) items.push(item);
    if (writesAgo === 0) return items;
    const undone = new Map<string, Item | undefined>();
    for (const { before, ...key } of this.#history.slice(-writesAgo).reverse()) {
      if (partition === undefined || partition === key.partition) undone.set(nameOf(key), before);
    }
    const untouched = items.filter((item) => !undone.has(nameOf(this.keyOf(item))));
    return [...untouched, ...[...undone.values()].filter((item) => item !== undefined)];
  }
}

function nameOf({ partition, sort }: { partition: string; sort: string }): string {
  return JSON.stringify([partition, sort]);
}

function keyText(item: Readonly<Record<string, unknown>>, name: string): string {
  const value = item[name];
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(
    `One or more parameter values were invalid: ${name} is a key, and has to be text that is not empty`,
  );
}

/** Orders values of keys, all of which are text. */
export function keyOrder(one: Value | undefined, other: Value | undefined): number {
  return compared(one ?? '', other ?? '') ?? 0;
}
