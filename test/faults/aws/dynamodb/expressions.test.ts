import fc from 'fast-check';
import { Bindings } from './bindings';
import { holds, parseCondition } from './condition';
import { parseUpdate, updated } from './update';
import type { Item, Value } from './values';

const names = ['a', 'b', 'c'] as const;
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('', 'x', 'xy', 'y'),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
);
const item: fc.Arbitrary<Item> = fc.dictionary(fc.constantFrom(...names), value);

/** A condition as text, with what it means, told apart from the parser. */
interface Meant {
  text: string;
  isSo: (item: Item) => boolean;
  /** How tightly it binds, from 1, the loosest. */
  binding: number;
}

/** Collects the values of one condition. */
class Values {
  readonly all: Record<string, Value> = {};
  add(value: Value): string {
    const name = `:v${Object.keys(this.all).length}`;
    this.all[name] = value;
    return name;
  }
}

type Shape =
  | { kind: 'compare'; name: string; sign: string; value: Value }
  | { kind: 'between'; name: string; low: number; high: number }
  | { kind: 'in'; name: string; values: Value[] }
  | { kind: 'exists' | 'lacks'; name: string }
  | { kind: 'begins_with' | 'contains'; name: string; value: string }
  | { kind: 'size'; name: string; value: number }
  | { kind: 'not'; part: Shape }
  | { kind: 'and' | 'or'; left: Shape; right: Shape };

const name = fc.constantFrom(...names);
const leaf: fc.Arbitrary<Shape> = fc.oneof(
  fc.record({
    kind: fc.constant('compare' as const),
    name,
    sign: fc.constantFrom('=', '<>', '<', '<=', '>', '>='),
    value,
  }),
  fc.record({
    kind: fc.constant('between' as const),
    name,
    low: fc.integer({ min: -3, max: 3 }),
    high: fc.integer({ min: -3, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('in' as const),
    name,
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constantFrom('exists' as const, 'lacks' as const), name }),
  fc.record({
    kind: fc.constantFrom('begins_with' as const, 'contains' as const),
    name,
    value: fc.constantFrom('x', 'y', 'xy'),
  }),
  fc.record({ kind: fc.constant('size' as const), name, value: fc.integer({ min: 0, max: 2 }) }),
);
const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ kind: fc.constant('not' as const), part: tie('shape') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      left: tie('shape'),
      right: tie('shape'),
    }),
  ),
}));

const same = (one: Value | undefined, other: Value) => JSON.stringify(one) === JSON.stringify(other);

function isOrdered(held: Value | undefined, sign: string, other: Value): boolean {
  if (sign === '=') return same(held, other);
  if (sign === '<>') return !same(held, other);
  const areNumbers = typeof held === 'number' && typeof other === 'number';
  if (!areNumbers && !(typeof held === 'string' && typeof other === 'string')) return false;
  return sign.startsWith('<')
    ? held < other || (sign === '<=' && held === other)
    : held > other || (sign === '>=' && held === other);
}

/** Writes a condition down, with parentheses only where it takes them, or anywhere else when `isWordy`. */
function meant(shape: Shape, values: Values, isWordy: boolean): Meant {
  const inner = (part: Shape, binding: number): Meant => {
    const said = meant(part, values, isWordy);
    return said.binding < binding || isWordy ? { ...said, text: `( ${said.text})` } : said;
  };
  switch (shape.kind) {
    case 'compare':
      return {
        text: `#${shape.name} ${shape.sign}${values.add(shape.value)}`,
        isSo: (of) => isOrdered(of[shape.name], shape.sign, shape.value),
        binding: 4,
      };
    case 'between': {
      const text = `#${shape.name} BETWEEN ${values.add(shape.low)} and ${values.add(shape.high)}`;
      return {
        text,
        isSo: (of) =>
          isOrdered(of[shape.name], '>=', shape.low) && isOrdered(of[shape.name], '<=', shape.high),
        binding: 4,
      };
    }
    case 'in':
      return {
        text: `#${shape.name} IN (${shape.values.map((one) => values.add(one)).join(', ')})`,
        isSo: (of) => shape.values.some((one) => same(of[shape.name], one)),
        binding: 4,
      };
    case 'exists':
      return {
        text: `attribute_exists(#${shape.name})`,
        isSo: (of) => of[shape.name] !== undefined,
        binding: 4,
      };
    case 'lacks':
      return {
        text: `attribute_not_exists( #${shape.name} )`,
        isSo: (of) => of[shape.name] === undefined,
        binding: 4,
      };
    case 'begins_with': {
      const isSo = (of: Item) =>
        String(typeof of[shape.name] === 'string' ? of[shape.name] : '').startsWith(shape.value);
      return { text: `begins_with(#${shape.name}, ${values.add(shape.value)})`, isSo, binding: 4 };
    }
    case 'contains': {
      const isSo = (of: Item) => {
        const held = of[shape.name];
        return (typeof held === 'string' || Array.isArray(held)) && held.includes(shape.value);
      };
      return { text: `contains(#${shape.name},${values.add(shape.value)})`, isSo, binding: 4 };
    }
    case 'size': {
      const isSo = (of: Item) => {
        const held = of[shape.name];
        return (typeof held === 'string' || Array.isArray(held)) && held.length === shape.value;
      };
      return { text: `size(#${shape.name}) = ${values.add(shape.value)}`, isSo, binding: 4 };
    }
    case 'not': {
      const part = inner(shape.part, 3);
      return { text: `NOT ${part.text}`, isSo: (of) => !part.isSo(of), binding: 3 };
    }
    case 'and': {
      const [left, right] = [inner(shape.left, 2), inner(shape.right, 2)];
      return {
        text: `${left.text} AND ${right.text}`,
        isSo: (of) => left.isSo(of) && right.isSo(of),
        binding: 2,
      };
    }
    case 'or': {
      const [left, right] = [inner(shape.left, 1), inner(shape.right, 1)];
      return {
        text: `${left.text} or ${right.text}`,
        isSo: (of) => left.isSo(of) || right.isSo(of),
        binding: 1,
      };
    }
  }
}

describe('conditions', () => {
  it('mean what their text means, however they are nested and bracketed', () => {
    fc.assert(
      fc.property(shape, item, fc.boolean(), (shape, item, isWordy) => {
        const values = new Values();
        const { text, isSo } = meant(shape, values, isWordy);
        const used = Object.fromEntries(
          names.filter((name) => text.includes(`#${name}`)).map((name) => [`#${name}`, name]),
        );
        const bindings = new Bindings(
          { ExpressionAttributeNames: used, ExpressionAttributeValues: values.all },
          [text],
        );
        expect({
          text,
          item,
          isSo: holds(parseCondition(text, 'ConditionExpression'), item, bindings),
        }).toEqual({
          text,
          item,
          isSo: isSo(item),
        });
      }),
      { seed: 8, numRuns: 1_000 },
    );
  });

  it.each([
    ['#a LIKE :v', '"LIKE"'],
    ['#a = :v AND', '"<EOF>"'],
    ['(#a = :v', '"<EOF>"'],
    ['#a = :v)', '")"'],
    ['exists(#a)', '"exists"'],
    ['#a ; :v', '";"'],
    ['#a IN :v', '":v"'],
    ['NOT', '"<EOF>"'],
  ])('names what it does not understand in %s', (text, named) => {
    expect(() => parseCondition(text, 'ConditionExpression')).toThrow(named);
    expect(() => parseCondition(text, 'ConditionExpression')).toThrow(
      expect.objectContaining({ name: 'ValidationException' }),
    );
  });

  it('compare nothing with an attribute that is not there, but that it is unequal', () => {
    const bindings = new Bindings({ ExpressionAttributeValues: { ':v': 1 } }, [':v']);
    for (const sign of ['=', '<', '<=', '>', '>=']) {
      expect(holds(parseCondition(`a ${sign} :v`, 'ConditionExpression'), {}, bindings)).toBe(false);
    }
    expect(holds(parseCondition('a <> :v', 'ConditionExpression'), {}, bindings)).toBe(true);
  });

  it('take exactly the placeholders that are used', () => {
    expect(() => new Bindings({ ExpressionAttributeNames: { '#a': 'a', '#b': 'b' } }, ['#a = :v'])).toThrow(
      '#b',
    );
    expect(() => new Bindings({ ExpressionAttributeNames: { '#a': 'a' } }, ['#a = :v'])).toThrow(':v');
  });
});

describe('updates', () => {
  const itemAfter = (text: string, before: Item, values: Record<string, Value> = {}) =>
    updated(before, parseUpdate(text), new Bindings({ ExpressionAttributeValues: values }, [text]));

  it.each<[string, Item, Record<string, Value>, Item]>([
    ['SET a = :v, b = a', { a: 1 }, { ':v': 2 }, { a: 2, b: 1 }],
    ['SET a = a + :v REMOVE b', { a: 1, b: 1 }, { ':v': 2 }, { a: 3 }],
    ['SET a = a - :v', { a: 1 }, { ':v': 2 }, { a: -1 }],
    ['SET a = if_not_exists(a, :v)', { a: 1 }, { ':v': 2 }, { a: 1 }],
    ['SET a = if_not_exists(b, :v) + :v', {}, { ':v': 2 }, { a: 4 }],
    ['SET a = list_append(a, :v)', { a: ['x'] }, { ':v': ['y'] }, { a: ['x', 'y'] }],
    ['set m.n = :v remove l[0]', { m: {}, l: ['x', 'y'] }, { ':v': 2 }, { m: { n: 2 }, l: ['y'] }],
    [
      'ADD n :v, s :s',
      { n: 1, s: new Set(['x']) },
      { ':v': 2, ':s': new Set(['x', 'y']) },
      { n: 3, s: new Set(['x', 'y']) },
    ],
    ['ADD n :v', {}, { ':v': 2 }, { n: 2 }],
    ['DELETE s :s', { s: new Set(['x', 'y']) }, { ':s': new Set(['x']) }, { s: new Set(['y']) }],
    ['DELETE s :s', { s: new Set(['x']) }, { ':s': new Set(['x']) }, {}],
  ])('%s', (text, before, values, expected) => {
    const original = structuredClone(before);
    expect(itemAfter(text, before, values)).toEqual(expected);
    expect(before).toEqual(original);
  });

  it.each<[string, Record<string, Value>, string]>([
    ['PUT a = :v', { ':v': 1 }, '"PUT"'],
    ['SET a = :v SET b = :v', { ':v': 1 }, '"SET"'],
    ['SET a = b', {}, 'does not exist'],
    ['SET m.n = :v', { ':v': 1 }, 'document path'],
    ['SET a = twice(a)', {}, '"twice"'],
    ['ADD a 1', {}, '"1"'],
    ['ADD a :v', { ':v': 'x' }, 'ADD'],
  ])('refuses %s', (text, values, named) => {
    expect(() => itemAfter(text, {}, values)).toThrow(named);
  });
});
