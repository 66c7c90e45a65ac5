import type { Bindings } from './bindings';
import { parsePath, steps, valueAt } from './paths';
import { Tokens } from './tokens';
import { copiedItem, type Item, isMap } from './values';

/**
 * The parts of an item that a projection expression names; all of it without one.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html
 */
export function projected(item: Item, expression: string | undefined, bindings: Bindings): Item {
  if (expression === undefined) return copiedItem(item);
  const tokens = new Tokens(expression, 'ProjectionExpression');
  const parts: Item = {};
  do {
    const path = steps(parsePath(tokens), bindings);
    const value = valueAt(item, path);
    if (value === undefined) continue;
    if (path.some((step) => typeof step === 'number')) throw tokens.wrong('[');
    let holder = parts;
    for (const step of path.slice(0, -1)) {
      const inner = holder[step] ?? {};
      if (isMap(inner)) {
        holder[step] = inner;
        holder = inner;
      }
    }
    holder[String(path.at(-1))] = value;
  } while (tokens.takeIf(','));
  tokens.expectEnd();
  return copiedItem(parts);
}
