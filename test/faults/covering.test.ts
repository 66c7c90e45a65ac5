import { covering } from './covering';
import { randomFrom } from './random';

const words = ['ab', 'ba', 'bc', 'c', 'abc', 'd', 'dd'];
const letters = (word: string) => [...word];

describe('a sample that covers', () => {
  it('has every trait that occurs, in fewer things, in their order', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const sample = covering(words, letters, randomFrom(seed));
      expect(new Set(sample.flatMap(letters))).toEqual(new Set(['a', 'b', 'c', 'd']));
      expect(sample.length).toBeLessThanOrEqual(4);
      expect(sample).toEqual(words.filter((word) => sample.includes(word)));
    }
  });

  it('is the same for the same seed, and not for every seed', () => {
    const samples = [1, 1, 2, 3, 4, 5].map((seed) => covering(words, letters, randomFrom(seed)).join(' '));
    expect(samples[0]).toBe(samples[1]);
    expect(new Set(samples).size).toBeGreaterThan(1);
  });
});
