import type { Bindings } from './bindings';
import { type Path, parsePath, steps, valueAt } from './paths';
import type { Tokens } from './tokens';
import { type Item, isMap, type Value } from './values';

/** What a condition compares: an attribute, a value of the request, or a size. */
export type Operand = { kind: 'path' | 'size'; path: Path } | { kind: 'value'; placeholder: string };

/** Reads an operand. */
export function parseOperand(tokens: Tokens): Operand {
  if (tokens.coming?.startsWith(':')) return { kind: 'value', placeholder: tokens.take() };
  if (tokens.coming !== 'size' || tokens.following !== '(') return { kind: 'path', path: parsePath(tokens) };
  tokens.take();
  tokens.expect('(');
  const path = parsePath(tokens);
  tokens.expect(')');
  return { kind: 'size', path };
}

/** The value of an operand; undefined where the item has no such attribute. */
export function operandValue(operand: Operand, item: Item, bindings: Bindings): Value | undefined {
  if (operand.kind === 'value') return bindings.value(operand.placeholder);
  const value = valueAt(item, steps(operand.path, bindings));
  return operand.kind === 'path' ? value : lengthOf(value);
}

function lengthOf(value: Value | undefined): number | undefined {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length;
  if (value instanceof Set) return value.size;
  return isMap(value) ? Object.keys(value).length : undefined;
}
