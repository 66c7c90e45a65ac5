import fc from 'fast-check';
import { JsonBeginning } from '../../../operator/evaluate/json-beginning';

/** Whether a text can be the beginning of one JSON value, handed over in parts of a few bytes. */
function goesOn(text: string, size = 3): boolean {
  const bytes = Buffer.from(text);
  const beginning = new JsonBeginning();
  for (let from = 0; from < bytes.length; from += size) {
    if (!beginning.goesOn(bytes.subarray(from, from + size))) return false;
  }
  return true;
}

describe('the beginning of one JSON value', () => {
  it('is every beginning of every value', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.nat(),
        fc.constantFrom(0, 2),
        fc.integer({ min: 1, max: 9 }),
        (value, at, indent, size) => {
          const text = JSON.stringify(value, null, indent);
          expect(goesOn(text.slice(0, at % (text.length + 1)), size)).toBe(true);
          expect(goesOn(` ${text}\r\n`, size)).toBe(true);
        },
      ),
      { numRuns: 2_000, seed: 20261126 },
    );
  });

  it('is none of two values, one after another', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(goesOn(`${JSON.stringify(one)}\n${JSON.stringify(other)}`)).toBe(false);
      }),
      { numRuns: 2_000, seed: 20261126 },
    );
  });

  it.each([
    'no JSON',
    '{"GroupId":"sg-1\n',
    '{"GroupId":\n{"GroupId":"sg-2"}\n{',
    '{"a":1,\n{',
    '[1 2',
    '[1,,',
    '[}',
    '{]',
    '{"a" 1',
    '{1',
    '{:',
    ']',
    ',',
    ':',
    '@',
  ])('is not %j', (text) => {
    expect(goesOn(text)).toBe(false);
  });
});
