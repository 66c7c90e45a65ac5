import * as fc from 'fast-check';
import { areApart, isWithin } from '../../../../resources/kit/policy/patterns';

const hostile = `${'*a'.repeat(20)}b`;
const letters = (more: string) => fc.string({ unit: fc.constantFrom(...`ab${more}`), maxLength: 8 });

/** What a pattern means, as a regular expression, which is only for short ones. */
const inRegExp = (pattern: string) =>
  new RegExp(`^${pattern.replace(/[*?]/g, (one) => (one === '*' ? '.*' : '[^*]'))}$`);

describe('patterns of actions and resources', () => {
  it('are compared in no time, whatever they are: a stranger writes them', () => {
    expect(isWithin('a'.repeat(2_000), hostile)).toBe(false);
    expect(isWithin(`${'a'.repeat(2_000)}b`, hostile)).toBe(true);
    expect(areApart('a'.repeat(2_000), hostile)).toBe(true);
  });

  it('mean what a regular expression makes of them', () => {
    void fc.assert(
      fc.property(letters('*?'), letters('*?'), (pattern, wider) => {
        expect(isWithin(pattern, wider)).toBe(wider === pattern || inRegExp(wider).test(pattern));
      }),
      { seed: 20_261_128, numRuns: 3_000 },
    );
  });

  it('are apart where one of them is a text that the other does not mean', () => {
    void fc.assert(
      fc.property(letters(''), letters('*?'), (text, pattern) => {
        expect(areApart(text, pattern)).toBe(!inRegExp(pattern).test(text));
      }),
      { seed: 20_261_128, numRuns: 1_000 },
    );
    expect(areApart('a*', 'b*')).toBe(false);
  });
});
