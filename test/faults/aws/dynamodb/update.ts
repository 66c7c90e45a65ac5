import type { Bindings } from './bindings';
import { type Path, parsePath, putAt, removeAt, steps, valueAt } from './paths';
import { Tokens } from './tokens';
import { invalid } from './validation';
import { areEqual, copiedItem, type Item, type Value } from './values';

type Term =
  | { kind: 'path'; path: Path }
  | { kind: 'value'; placeholder: string }
  | { kind: 'if_not_exists'; path: Path; otherwise: Term }
  | { kind: 'list_append'; first: Term; second: Term };

type Action =
  | { clause: 'SET'; path: Path; terms: [Term, ...Term[]]; sign?: '+' | '-' }
  | { clause: 'REMOVE'; path: Path }
  | { clause: 'ADD' | 'DELETE'; path: Path; placeholder: string };

const parsed = new Map<string, Action[]>();

/**
 * Reads an update expression:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 * @throws ValidationException that names what is not understood
 */
export function parseUpdate(text: string): Action[] {
  const known = parsed.get(text);
  if (known) return known;
  const tokens = new Tokens(text, 'UpdateExpression');
  const actions: Action[] = [];
  const seen = new Set<string>();
  do {
    const clause = tokens.keyword;
    if (clause === undefined || !isClause(clause) || seen.has(clause)) throw tokens.wrong(tokens.coming);
    seen.add(clause);
    tokens.take();
    do actions.push(parseAction(clause, tokens));
    while (tokens.takeIf(','));
  } while (tokens.coming !== undefined);
  parsed.set(text, actions);
  return actions;
}

function isClause(word: string): word is Action['clause'] {
  return ['SET', 'REMOVE', 'ADD', 'DELETE'].includes(word);
}

function parseAction(clause: Action['clause'], tokens: Tokens): Action {
  const path = parsePath(tokens);
  if (clause === 'REMOVE') return { clause, path };
  if (clause !== 'SET') {
    const placeholder = tokens.take();
    if (!placeholder.startsWith(':')) throw tokens.wrong(placeholder);
    return { clause, path, placeholder };
  }
  tokens.expect('=');
  const first = parseTerm(tokens);
  const sign = tokens.coming;
  if (sign !== '+' && sign !== '-') return { clause, path, terms: [first] };
  tokens.take();
  return { clause, path, terms: [first, parseTerm(tokens)], sign };
}

function parseTerm(tokens: Tokens): Term {
  if (tokens.coming?.startsWith(':')) return { kind: 'value', placeholder: tokens.take() };
  if (tokens.following !== '(') return { kind: 'path', path: parsePath(tokens) };
  const name = tokens.take();
  if (name !== 'if_not_exists' && name !== 'list_append') throw tokens.wrong(name);
  tokens.expect('(');
  const first: Term =
    name === 'if_not_exists' ? { kind: 'path', path: parsePath(tokens) } : parseTerm(tokens);
  tokens.expect(',');
  const second = parseTerm(tokens);
  tokens.expect(')');
  if (name === 'list_append') return { kind: 'list_append', first, second };
  if (first.kind !== 'path') throw tokens.wrong(name);
  return { kind: 'if_not_exists', path: first.path, otherwise: second };
}

/**
 * The item after an update. Everything in the expression means the item as it was before.
 * @throws ValidationException for an attribute that is not there, or not of the type that the update takes
 */
export function updated(before: Item, actions: readonly Action[], bindings: Bindings): Item {
  const item = copiedItem(before);
  for (const action of actions) apply(action, before, item, bindings);
  return item;
}

function apply(action: Action, before: Item, item: Item, bindings: Bindings): void {
  const path = steps(action.path, bindings);
  switch (action.clause) {
    case 'SET': {
      const value = copiedItem({ value: calculated(action, before, bindings) }).value ?? null;
      if (!putAt(item, path, value))
        throw invalid('The document path provided in the update expression is invalid for update');
      return;
    }
    case 'REMOVE':
      removeAt(item, path);
      return;
    default: {
      const value = bindings.value(action.placeholder);
      const old = valueAt(before, path);
      const next = action.clause === 'ADD' ? added(old, value) : without(old, value);
      if (next === undefined) removeAt(item, path);
      else putAt(item, path, next);
    }
  }
}

function calculated({ terms, sign }: Action & { clause: 'SET' }, before: Item, bindings: Bindings): Value {
  const [first, second] = terms.map((term) => termValue(term, before, bindings));
  if (first === undefined) throw missing();
  if (!sign) return first;
  if (typeof first !== 'number' || typeof second !== 'number') {
    throw invalid(`An operand in the update expression has an incorrect data type: ${sign}`);
  }
  return sign === '+' ? first + second : first - second;
}

function termValue(term: Term, before: Item, bindings: Bindings): Value {
  switch (term.kind) {
    case 'value':
      return bindings.value(term.placeholder);
    case 'path': {
      const value = valueAt(before, steps(term.path, bindings));
      if (value === undefined) throw missing();
      return value;
    }
    case 'if_not_exists':
      return valueAt(before, steps(term.path, bindings)) ?? termValue(term.otherwise, before, bindings);
    case 'list_append': {
      const [first, second] = [term.first, term.second].map((part) => termValue(part, before, bindings));
      if (Array.isArray(first) && Array.isArray(second)) return [...first, ...second];
      throw invalid('An operand in the update expression has an incorrect data type: list_append');
    }
  }
}

function missing(): Error {
  return invalid('The provided expression refers to an attribute that does not exist in the item');
}

function added(old: Value | undefined, value: Value): Value {
  if (typeof value === 'number' && (old === undefined || typeof old === 'number')) return (old ?? 0) + value;
  if (value instanceof Set && (old === undefined || old instanceof Set)) {
    const kept = [...(old ?? [])].filter((part) => ![...value].some((other) => areEqual(part, other)));
    return new Set([...kept, ...value]);
  }
  throw invalid('An operand in the update expression has an incorrect data type: ADD');
}

/** A set that becomes empty goes. */
function without(old: Value | undefined, value: Value): Value | undefined {
  if (!(value instanceof Set) || !(old === undefined || old instanceof Set)) {
    throw invalid('An operand in the update expression has an incorrect data type: DELETE');
  }
  const left = [...(old ?? [])].filter((part) => ![...value].some((other) => areEqual(part, other)));
  return left.length > 0 ? new Set(left) : undefined;
}
