import type { Bindings } from './bindings';
import { type Condition, holds } from './condition';
import { invalid } from './validation';
import { type Item, storedSize } from './values';

/** A page holds so much: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html */
const pageBytes = 1024 * 1024;

/** What a query or a scan asks for of the items that it finds. */
export interface PageRequest {
  /** In their order. */
  items: readonly Item[];
  order: (one: Item, other: Item) => number;
  /** The attributes that a key of the next page has. */
  keyNames: readonly string[];
  limit?: number | undefined;
  /** The key after which it begins. */
  from?: Item | undefined;
  filter?: Condition | undefined;
  bindings: Bindings;
}

/** One page: items that the filter let through, how many were looked at, and where the next page begins. */
export interface Page {
  items: Item[];
  scanned: number;
  next?: Item;
}

/**
 * One page of a query or a scan. The limit counts items before the filter; where it is reached there is a next page, though
 * that may be empty.
 * @throws ValidationException for a start key that is none
 */
export function pageOf({ items, order, keyNames, limit, from, filter, bindings }: PageRequest): Page {
  if (limit !== undefined && limit < 1) throw invalid('Limit must be at least 1');
  if (from && Object.keys(from).sort().join() !== [...keyNames].sort().join()) {
    throw invalid('The provided starting key is invalid');
  }
  const found: Item[] = [];
  let scanned = 0;
  let bytes = 0;
  for (const item of items) {
    if (from && order(item, from) <= 0) continue;
    scanned += 1;
    bytes += storedSize(item);
    if (!filter || holds(filter, item, bindings)) found.push(item);
    if (scanned !== limit && bytes <= pageBytes) continue;
    const next = Object.fromEntries(keyNames.map((name) => [name, item[name] ?? null]));
    return { items: found, scanned, next };
  }
  return { items: found, scanned };
}
