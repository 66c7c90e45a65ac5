import fc from 'fast-check';
import { cut } from '../../core/cut';

/** Text with characters beyond the first 65,536, and with halves of such. */
const texts = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('🚀', '\uD83D', '\uDE80', 'x')))
  .map((parts) => parts.join(''));

describe('a text that is cut', () => {
  it('is well-formed, as long as is allowed at most, and begins as the text does', () => {
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('…', ''),
        (text, length, ending) => {
          const shown = cut(text, length, ending);
          expect(shown.length).toBeLessThanOrEqual(length);
          expect(Buffer.from(shown).toString()).toBe(shown);
          if (text.length <= length) expect(shown).toBe(Buffer.from(text).toString());
          else {
            const kept = shown.slice(0, shown.length - ending.length);
            expect(shown.endsWith(ending)).toBe(true);
            expect(Buffer.from(text).toString().startsWith(kept)).toBe(true);
            // A character of two code units may have had no room.
            expect(kept.length).toBeGreaterThanOrEqual(length - ending.length - 1);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
