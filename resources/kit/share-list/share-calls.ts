import type { Sharee, ShareList } from './shared-resource';

/** The calls with which a type's share list is read and changed. Each change is AWS's own of single entries: no other is rewritten. */
export interface ShareCalls {
  /** @returns `gone` when there is no such resource */
  read(): Promise<ShareList | 'gone'>;
  /**
   * Takes some from the list, all of them or none.
   * @throws StoppedError; AWS's own error, of which `mayHaveBeenMade` knows what it says of the write
   */
  remove(sharees: readonly Sharee[]): Promise<void>;
  /** Puts some on the list, all of them or none, and all of one version; it throws as `remove` does. */
  add(sharees: readonly Sharee[]): Promise<void>;
  /** How many one call takes. */
  perCall: number;
  /** The codes by which the service says that it will never take a change as it is. */
  refusals: readonly string[];
  /** The codes by which the service says that there is no such resource. */
  missing: readonly string[];
}

/** Those of a list in groups that share the same version; one call takes one version alone. */
export function byVersion<Item extends { version?: string }>(items: readonly Item[]): Item[][] {
  const groups = new Map<string | undefined, Item[]>();
  for (const item of items) {
    const group = groups.get(item.version) ?? [];
    group.push(item);
    groups.set(item.version, group);
  }
  return [...groups.values()];
}

/** The parts of a list that one call takes each. */
export function inCalls<Item>(items: readonly Item[], perCall: number): Item[][] {
  const calls: Item[][] = [];
  for (let first = 0; first < items.length; first += perCall) calls.push(items.slice(first, first + perCall));
  return calls;
}
