/**
 * Pseudo-random numbers from 0 up to 1, the same sequence for the same seed: a linear congruential generator with the
 * constants of Numerical Recipes, good enough to mix test data.
 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
