import fc from 'fast-check';
import { wrappedText } from '../../../cli/table/wrapped-text';

describe('text on a terminal', () => {
  it.each([
    ['prose', 'a sentence that is too long', 'a sentence that is\n  too long'],
    ['prose with an indent', '  a sentence that is long', '  a sentence that\n    is long'],
    ['an item', '  - tcp 22 from 0.0.0.0/0', '  - tcp 22 from\n    0.0.0.0/0'],
    ['a title', '  why    it is on to all', '  why    it is on\n         to all'],
    ['what fits', 'it fits', 'it fits'],
    ['a long word', 'in 222222222222#eu-west-1#x it is', 'in\n  222222222222#eu-west-1#x\n  it is'],
    ['an empty line', 'a\n\nb', 'a\n\nb'],
    [
      'a command to paste',
      '  npm run -s staunch -- approve photos --accept-loss',
      '  npm run -s staunch -- approve photos --accept-loss',
    ],
    [
      'colours',
      '\u001b[31ma sentence that is\u001b[39m too long',
      '\u001b[31ma sentence that is\u001b[39m\n  too long',
    ],
  ])('is broken between words: %s', (_, text, lines) => {
    expect(wrappedText(text, 18)).toBe(lines);
  });

  it('is never broken where nobody watches', () => {
    fc.assert(fc.property(fc.string(), (text) => wrappedText(text, Number.POSITIVE_INFINITY) === text));
  });

  it('keeps every word, and no line is longer than the terminal, but for one word', () => {
    const words = fc.array(fc.stringMatching(/^[a-z.,-]{1,25}$/), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(words, fc.nat({ max: 8 }), fc.integer({ min: 20, max: 100 }), (some, indent, columns) => {
        const text = ' '.repeat(indent) + some.join(' ');
        const lines = wrappedText(text, columns).split('\n');
        expect(lines.join(' ').split(/\s+/).filter(Boolean)).toEqual(some);
        expect(lines.filter((line) => line.length > columns && line.trim().includes(' '))).toEqual([]);
      }),
    );
  });
});
