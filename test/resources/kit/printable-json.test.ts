import fc from 'fast-check';
import { printableJson } from '../../../resources/kit/printable';

const esc = String.fromCharCode(0x1b);
const rightToLeft = String.fromCodePoint(0x202e);

/** Text as a stranger may choose it. */
const hostile = fc.string({ unit: 'binary' });

describe('printableJson', () => {
  it('shows what is hidden as its escape', () => {
    expect(printableJson({ Sid: `a${rightToLeft}${esc}` })).toBe('{"Sid":"a\\u202e\\u001b"}');
  });

  it('means the same as the value, on lines without control characters', () => {
    fc.assert(
      fc.property(fc.dictionary(hostile, hostile), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = printableJson(value, indent);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 2_000, seed: 20261123 },
    );
  });
});
