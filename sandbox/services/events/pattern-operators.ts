import { UnsupportedError } from '../../failures';

/** Thrown for an event pattern that EventBridge would refuse. */
export class InvalidEventPatternError extends Error {
  override readonly name = 'InvalidEventPatternError';
}

/** Whether the values of a field match; there are none when the field is missing. */
export type LeafMatcher = (values: readonly unknown[]) => boolean;

/** Whether one value matches. */
type ValueMatcher = (value: unknown) => boolean;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Matches strings for which `test` holds, after folding the case of both sides where that is asked for. */
function text(
  operator: string,
  operand: unknown,
  test: (value: string, wanted: string) => boolean,
): ValueMatcher {
  if (typeof operand === 'string') return (value) => typeof value === 'string' && test(value, operand);
  const folded =
    isObject(operand) && Object.keys(operand).length === 1 ? operand['equals-ignore-case'] : undefined;
  if (typeof folded !== 'string') throw invalid(operator, operand);
  return (value) => typeof value === 'string' && test(value.toLowerCase(), folded.toLowerCase());
}

function invalid(operator: string, operand: unknown): InvalidEventPatternError {
  return new InvalidEventPatternError(`"${operator}" does not take ${JSON.stringify(operand)}.`);
}

function equalsIgnoreCase(operand: unknown): ValueMatcher {
  if (typeof operand !== 'string') throw invalid('equals-ignore-case', operand);
  return (value) => typeof value === 'string' && value.toLowerCase() === operand.toLowerCase();
}

/** `*` stands for any characters, `\*` and `\\` for themselves. Two `*` in a row are refused by EventBridge. */
function wildcard(operand: unknown): ValueMatcher {
  if (typeof operand !== 'string') throw invalid('wildcard', operand);
  const tokens = operand.match(/\\[\s\S]|[\s\S]/g) ?? [];
  const wrong = tokens.some(
    (token, index) =>
      (token === '*' && tokens[index + 1] === '*') || (token.startsWith('\\') && !/^\\[*\\]$/.test(token)),
  );
  if (wrong) throw invalid('wildcard', operand);
  const source = tokens.map((token) => (token === '*' ? '[\\s\\S]*' : escaped(token.at(-1) ?? ''))).join('');
  const expression = new RegExp(`^${source}$`);
  return (value) => typeof value === 'string' && expression.test(value);
}

function escaped(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `["=", 100]`, or a range such as `[">", 10, "<=", 20]`. */
function numeric(operand: unknown): ValueMatcher {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4))
    throw invalid('numeric', operand);
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const compare = comparisons[String(operand[index])];
    const bound: unknown = operand[index + 1];
    if (compare === undefined || typeof bound !== 'number') throw invalid('numeric', operand);
    tests.push((value: number) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

/** Everything but values, or but what another comparison takes; the field has to be there. */
function anythingBut(operand: unknown): ValueMatcher {
  if (isObject(operand)) {
    const [[operator, wanted] = ['', undefined], ...more] = Object.entries(operand);
    const compile = valueOperators[operator];
    if (more.length > 0 || compile === undefined || operator === 'anything-but' || operator === 'numeric') {
      throw invalid('anything-but', operand);
    }
    const matchers = (Array.isArray(wanted) ? wanted : [wanted]).map(compile);
    return (value) => !matchers.some((matches) => matches(value));
  }
  const excluded = new Set<unknown>(Array.isArray(operand) ? operand : [operand]);
  if (![...excluded].every((value) => typeof value === 'string' || typeof value === 'number')) {
    throw invalid('anything-but', operand);
  }
  return (value) => !excluded.has(value);
}

const valueOperators: Record<string, (operand: unknown) => ValueMatcher> = {
  prefix: (operand) => text('prefix', operand, (value, wanted) => value.startsWith(wanted)),
  suffix: (operand) => text('suffix', operand, (value, wanted) => value.endsWith(wanted)),
  'equals-ignore-case': equalsIgnoreCase,
  wildcard,
  numeric,
  'anything-but': anythingBut,
};

/**
 * Compiles one alternative of a pattern's leaf: a value, or a comparison such as `{ "prefix": "staunch-" }`. A field with
 * several values matches when one of them does.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 *
 * @throws InvalidEventPatternError, UnsupportedError
 */
export function compileMatcher(alternative: unknown): LeafMatcher {
  if (!isObject(alternative)) {
    if (Array.isArray(alternative)) throw invalid('an array', alternative);
    return (values) => values.includes(alternative);
  }
  const [[operator, operand] = ['', undefined], ...more] = Object.entries(alternative);
  if (more.length > 0) throw invalid('a comparison', alternative);
  if (operator === 'exists') {
    if (typeof operand !== 'boolean') throw invalid('exists', operand);
    return (values) => values.length > 0 === operand;
  }
  const compile = valueOperators[operator];
  if (compile === undefined) {
    throw new UnsupportedError(`The sandbox does not handle "${operator}" in event patterns.`);
  }
  const matches = compile(operand);
  return (values) => values.some(matches);
}
