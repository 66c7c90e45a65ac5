import type { Bindings } from './bindings';
import type { Tokens } from './tokens';
import { type Item, isMap, type Value } from './values';

/** A document path: names, which may be placeholders, and indexes of lists. */
export type Path = readonly [string, ...(string | number)[]];

/** Reads a path: `#a.b[0]`. */
export function parsePath(tokens: Tokens): Path {
  const path: [string, ...(string | number)[]] = [name(tokens)];
  for (;;) {
    if (tokens.takeIf('.')) path.push(name(tokens));
    else if (tokens.takeIf('[')) {
      const index = tokens.take();
      if (!/^\d+$/.test(index)) throw tokens.wrong(index);
      path.push(Number(index));
      tokens.expect(']');
    } else return path;
  }
}

function name(tokens: Tokens): string {
  const taken = tokens.take();
  if (!/^[A-Za-z_#]/.test(taken)) throw tokens.wrong(taken);
  return taken;
}

/** The steps of a path, with the names that its placeholders stand for. */
export function steps(path: Path, bindings: Bindings): (string | number)[] {
  return path.map((step) => (typeof step === 'string' ? bindings.name(step) : step));
}

/** What a path leads to; undefined where there is nothing. */
export function valueAt(item: Item, path: readonly (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>((value, step) => {
    if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined;
    return isMap(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }, item);
}

/**
 * Puts a value where a path leads, into an item that nobody else has.
 * @returns false where nothing is there to hold it
 */
export function putAt(item: Item, path: readonly (string | number)[], value: Value): boolean {
  const holder = valueAt(item, path.slice(0, -1));
  const last = path.at(-1);
  if (typeof last === 'number' && Array.isArray(holder)) {
    // Beyond the end of a list it is appended.
    holder[Math.min(last, holder.length)] = value;
    return true;
  }
  if (typeof last !== 'string' || !isMap(holder)) return false;
  holder[last] = value;
  return true;
}

/** Removes what a path leads to, if anything. */
export function removeAt(item: Item, path: readonly (string | number)[]): void {
  const holder = valueAt(item, path.slice(0, -1));
  const last = path.at(-1);
  if (typeof last === 'number' && Array.isArray(holder)) holder.splice(last, 1);
  else if (typeof last === 'string' && isMap(holder)) delete holder[last];
}
