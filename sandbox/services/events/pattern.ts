import { compileMatcher, InvalidEventPatternError, type LeafMatcher } from './pattern-operators';

/** Whether an event, or a part of it, matches. */
type Matcher = (event: Record<string, unknown>) => boolean;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The single values of a field: an array's are its elements', a missing field or an object has none. */
function leaves(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  return value === undefined || isObject(value) ? [] : [value];
}

/** A leaf of the pattern: the event has to have one of the listed values. */
function compileLeaf(key: string, alternatives: unknown[]): Matcher {
  if (alternatives.length === 0) {
    throw new InvalidEventPatternError(`The event pattern's "${key}" is an empty array; list a value.`);
  }
  const matchers: LeafMatcher[] = alternatives.map((alternative) => compileMatcher(alternative));
  return (event) => {
    const values = leaves(event[key]);
    return matchers.some((matches) => matches(values));
  };
}

/** A nested pattern. Of an array of objects one object has to match it whole; a missing object is like an empty one. */
function compileNested(key: string, pattern: Record<string, unknown>): Matcher {
  const matches = compileEventPattern(pattern);
  return (event) => {
    const value = event[key];
    const candidates = Array.isArray(value) ? value : [value];
    return candidates.some((candidate) => matches(isObject(candidate) ? candidate : {}));
  };
}

function compileOr(alternatives: unknown): Matcher {
  if (!Array.isArray(alternatives) || alternatives.length < 2 || !alternatives.every(isObject)) {
    throw new InvalidEventPatternError('"$or" takes an array of at least two patterns.');
  }
  const matchers = alternatives.map((alternative) => compileEventPattern(alternative));
  return (event) => matchers.some((matches) => matches(event));
}

/**
 * Compiles an event pattern: every key of it has to match, and of a key's values one.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 *
 * @throws InvalidEventPatternError for a pattern that EventBridge would refuse
 * @throws UnsupportedError for a comparison that the sandbox does not have
 */
export function compileEventPattern(pattern: Record<string, unknown>): Matcher {
  const matchers = Object.entries(pattern).map(([key, value]) => {
    if (key === '$or') return compileOr(value);
    if (Array.isArray(value)) return compileLeaf(key, value);
    if (isObject(value)) return compileNested(key, value);
    throw new InvalidEventPatternError(
      `The event pattern's "${key}" is ${JSON.stringify(value)}; it must be an array or an object.`,
    );
  });
  return (event) => matchers.every((matches) => matches(event));
}
