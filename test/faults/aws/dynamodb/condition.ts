import type { Bindings } from './bindings';
import { type Operand, operandValue, parseOperand } from './operand';
import { type Path, parsePath, steps, valueAt } from './paths';
import { Tokens } from './tokens';
import { areEqual, compared, type Item, typeOf, type Value } from './values';

const comparators = ['=', '<>', '<', '<=', '>', '>='] as const;
type Comparator = (typeof comparators)[number];

/** A parsed condition. */
export type Condition =
  | { kind: 'and' | 'or'; parts: Condition[] }
  | { kind: 'not'; part: Condition }
  | { kind: 'compare'; comparator: Comparator; left: Operand; right: Operand }
  | { kind: 'between'; value: Operand; low: Operand; high: Operand }
  | { kind: 'in'; value: Operand; list: Operand[] }
  | { kind: 'exists'; path: Path; expected: boolean }
  | { kind: 'begins_with' | 'contains' | 'attribute_type'; path: Operand; operand: Operand };

const parsed = new Map<string, Condition>();

/**
 * Reads a condition, filter or key condition expression:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 * @param kind for errors
 * @throws ValidationException that names what is not understood
 */
export function parseCondition(text: string, kind: string): Condition {
  const known = parsed.get(text);
  if (known) return known;
  const tokens = new Tokens(text, kind);
  const condition = anyOf(tokens);
  tokens.expectEnd();
  parsed.set(text, condition);
  return condition;
}

function anyOf(tokens: Tokens): Condition {
  return joined(tokens, 'or', 'OR', (rest) => joined(rest, 'and', 'AND', negated));
}

function joined(
  tokens: Tokens,
  kind: 'and' | 'or',
  word: string,
  part: (tokens: Tokens) => Condition,
): Condition {
  const first = part(tokens);
  const parts = [first];
  while (tokens.takeIf(word)) parts.push(part(tokens));
  return parts.length > 1 ? { kind, parts } : first;
}

function negated(tokens: Tokens): Condition {
  return tokens.takeIf('NOT') ? { kind: 'not', part: negated(tokens) } : single(tokens);
}

function single(tokens: Tokens): Condition {
  if (tokens.takeIf('(')) {
    const inner = anyOf(tokens);
    tokens.expect(')');
    return inner;
  }
  if (tokens.following === '(' && tokens.coming !== 'size') return asked(tokens);
  const left = parseOperand(tokens);
  if (tokens.takeIf('BETWEEN')) {
    const low = parseOperand(tokens);
    tokens.expect('AND');
    return { kind: 'between', value: left, low, high: parseOperand(tokens) };
  }
  if (tokens.takeIf('IN')) return { kind: 'in', value: left, list: list(tokens) };
  const sign = tokens.coming;
  const comparator = comparators.find((known) => known === sign);
  if (!comparator) throw tokens.wrong(sign);
  tokens.take();
  return { kind: 'compare', comparator, left, right: parseOperand(tokens) };
}

function list(tokens: Tokens): Operand[] {
  tokens.expect('(');
  const operands = [parseOperand(tokens)];
  while (tokens.takeIf(',')) operands.push(parseOperand(tokens));
  tokens.expect(')');
  return operands;
}

/** A function that answers yes or no. */
function asked(tokens: Tokens): Condition {
  const name = tokens.take();
  tokens.expect('(');
  const condition = askedBy(name, tokens);
  tokens.expect(')');
  return condition;
}

function askedBy(name: string, tokens: Tokens): Condition {
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists':
      return { kind: 'exists', path: parsePath(tokens), expected: name === 'attribute_exists' };
    case 'begins_with':
    case 'contains':
    case 'attribute_type': {
      const path = parseOperand(tokens);
      tokens.expect(',');
      return { kind: name, path, operand: parseOperand(tokens) };
    }
    default:
      throw tokens.wrong(name);
  }
}

/** Whether a condition holds for an item; an empty one stands for an item that is not there. */
export function holds(condition: Condition, item: Item, bindings: Bindings): boolean {
  const value = (operand: Operand) => operandValue(operand, item, bindings);
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holds(part, item, bindings));
    case 'or':
      return condition.parts.some((part) => holds(part, item, bindings));
    case 'not':
      return !holds(condition.part, item, bindings);
    case 'compare':
      return isTrue(condition.comparator, value(condition.left), value(condition.right));
    case 'between':
      return (
        isTrue('>=', value(condition.value), value(condition.low)) &&
        isTrue('<=', value(condition.value), value(condition.high))
      );
    case 'in':
      return condition.list.some((operand) => isTrue('=', value(condition.value), value(operand)));
    case 'exists':
      return (valueAt(item, steps(condition.path, bindings)) !== undefined) === condition.expected;
    default:
      return isSo(condition.kind, value(condition.path), value(condition.operand));
  }
}

/** Nothing compares with an attribute that is not there, but that it is unequal. */
function isTrue(comparator: Comparator, left: Value | undefined, right: Value | undefined): boolean {
  if (left === undefined || right === undefined) return comparator === '<>' && left !== right;
  if (comparator === '=') return areEqual(left, right);
  if (comparator === '<>') return !areEqual(left, right);
  const order = compared(left, right);
  if (order === undefined) return false;
  if (comparator === '<') return order < 0;
  if (comparator === '<=') return order <= 0;
  return comparator === '>' ? order > 0 : order >= 0;
}

function isSo(
  kind: 'begins_with' | 'contains' | 'attribute_type',
  value: Value | undefined,
  operand: Value | undefined,
): boolean {
  if (value === undefined || operand === undefined) return false;
  if (kind === 'attribute_type') return typeOf(value) === operand;
  if (kind === 'contains' && Array.isArray(value)) return value.some((part) => areEqual(part, operand));
  if (kind === 'contains' && value instanceof Set) return [...value].some((part) => areEqual(part, operand));
  if (typeof value !== 'string' || typeof operand !== 'string') return false;
  return kind === 'begins_with' ? value.startsWith(operand) : value.includes(operand);
}
