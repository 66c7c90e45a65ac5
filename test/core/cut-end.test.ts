import fc from 'fast-check';
import stringWidth from 'string-width';
import { cutEnd } from '../../core/cut-end';

describe('cutEnd', () => {
  it.each([
    ['whole', 5, 'whole'],
    ['whole', 4, 'who…'],
    ['支払い', 5, '支払…'],
    ['支払い', 4, '支…'],
    ['abc', 0, '…'],
  ])('%s in %d', (value, columns, expected) => {
    expect(cutEnd(value, columns)).toBe(expected);
  });

  it('is never wider than it may be, and begins as the text does', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (value, columns) => {
        const cut = cutEnd(value, columns);
        expect(stringWidth(cut)).toBeLessThanOrEqual(columns);
        expect(cut === value || value.startsWith(cut.slice(0, -1))).toBe(true);
      }),
      { seed: 20261126, numRuns: 1000 },
    );
  });
});
