import fc from 'fast-check';
import { printable, printableLines } from '../../../resources/kit/printable';

const esc = String.fromCharCode(0x1b);
const bell = String.fromCharCode(7);
const rightToLeft = String.fromCodePoint(0x202e);

/** Text as a stranger may choose it. */
const hostile = fc.string({ unit: 'binary' });

describe('printable', () => {
  it.each([
    ['colour', `${esc}[31mred${esc}[0m`, 'red'],
    ['a link', `${esc}]8;;http://a.example${bell}here${esc}]8;;${bell}`, 'here'],
    ['the window title', `${esc}]0;owned${bell}web`, 'web'],
    ['an eight-bit escape', `${String.fromCharCode(0x9b)}2Jweb`, 'web'],
    ['line ends, which would look like lines of ours', 'web\r\n  state  fixed', 'web   state  fixed'],
    ['a change of the direction of writing', `a${rightToLeft}b`, 'a b'],
  ])('takes away %s', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('leaves ordinary text as it is', () => {
    expect(printable('Öffentlich: 0.0.0.0/0 → "web" (日本)')).toBe('Öffentlich: 0.0.0.0/0 → "web" (日本)');
  });

  it('leaves nothing that controls a terminal, whatever the text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(printable(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 2_000, seed: 20261123 },
    );
  });
});

describe('printableLines', () => {
  it('keeps lines and how they are indented, and nothing that controls a terminal', () => {
    expect(printableLines(`Two errors:\n  one ${esc}[2J\r\n\n    two${rightToLeft}`)).toBe(
      'Two errors:\n  one\n\n    two',
    );
  });
});
