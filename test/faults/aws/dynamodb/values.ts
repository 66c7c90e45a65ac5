import { isDeepStrictEqual } from 'node:util';
import { copied } from './copied';
import { invalid } from './validation';
import type { Value } from './value';

export type { Value } from './value';

/** An item: its attributes by name. */
export type Item = Record<string, Value>;

/** DynamoDB's names of types, and the JavaScript that stands for each. */
export type TypeName = 'NULL' | 'BOOL' | 'N' | 'S' | 'B' | 'L' | 'M' | 'SS' | 'NS' | 'BS';

/** The type of a value. */
export function typeOf(value: Value): TypeName {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return 'BOOL';
  if (typeof value === 'number') return 'N';
  if (typeof value === 'string') return 'S';
  if (value instanceof Uint8Array) return 'B';
  if (Array.isArray(value)) return 'L';
  if (!(value instanceof Set)) return 'M';
  const [first] = value;
  if (typeof first === 'string') return 'SS';
  return typeof first === 'number' ? 'NS' : 'BS';
}

/** Whether a value is a map. */
export function isMap(value: Value | undefined): value is { [name: string]: Value } {
  return value !== undefined && typeOf(value) === 'M';
}

/** An item as the table takes it. */
export function copiedItem(item: unknown, removeUndefined = false): Item {
  const copy = copied(item, removeUndefined);
  if (!isMap(copy)) throw invalid('An item is a map of attributes.');
  return copy;
}

/** Whether two values are the same. */
export function areEqual(one: Value, other: Value): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other) === 0;
  return isDeepStrictEqual(one, other);
}

/**
 * Which of two values comes first: text by its UTF-8 bytes, numbers by size, binary by its bytes.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 * @returns below, at or above 0; undefined for values that have no order
 */
export function compared(one: Value, other: Value): number | undefined {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one === 'string' && typeof other === 'string') {
    // Most are the partition that was asked for, or the place that a page begins at.
    if (one === other) return 0;
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  }
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other);
  return undefined;
}

/** An item holds 400 kB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const mostItemBytes = 400 * 1024;

/**
 * The bytes of a value; those of an item count its names too.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function sizeOf(value: Value): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'number') return Math.ceil(String(value).replace(/[-.]/g, '').length / 2) + 1;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof Set) return [...value].reduce<number>((bytes, part) => bytes + sizeOf(part), 0);
  if (Array.isArray(value)) return value.reduce<number>((bytes, part) => bytes + sizeOf(part) + 1, 3);
  return mapSize(value) + Object.keys(value).length + 3;
}

const sizes = new WeakMap<Item, number>();

/** The bytes of an item that a table holds, which is never changed. */
export function storedSize(item: Item): number {
  const size = sizes.get(item) ?? mapSize(item);
  sizes.set(item, size);
  return size;
}

/** The bytes of an item. */
export function mapSize(item: Item): number {
  let bytes = 0;
  for (const name in item) bytes += Buffer.byteLength(name) + sizeOf(item[name] ?? null);
  return bytes;
}
