import fc from 'fast-check';
import stringWidth from 'string-width';
import { cutMiddle } from '../../core/cut-middle';

describe('cutMiddle', () => {
  it.each([
    ['whole', 5, 'whole'],
    ['acl-public-read-622304125025', 15, 'acl-pub…4125025'],
    ['abc', 2, 'a…'],
    ['abc', 1, '…'],
    ['😀😀😀', 6, '😀😀😀'],
    ['😀😀😀', 5, '😀…😀'],
    ['😀😀😀', 2, '…'],
    ['支払い本番環境アカウント', 11, '支払…ウント'],
    ['e\u0301e\u0301e\u0301', 3, 'e\u0301e\u0301e\u0301'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    ['👩‍🚀 rocket', 4, '👩‍🚀…t'],
  ])('%s in %d', (value, columns, expected) => {
    expect(cutMiddle(value, columns)).toBe(expected);
  });

  it('is never wider than it may be, and cuts no character in two', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (value, columns) => {
        const cut = cutMiddle(value, columns);
        expect(stringWidth(cut)).toBeLessThanOrEqual(columns);
        expect(cut).not.toMatch(/\p{Cs}/u);
      }),
      { seed: 20261126, numRuns: 1000 },
    );
  });
});
