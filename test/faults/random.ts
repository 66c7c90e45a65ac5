/**
 * Pseudo-random numbers from 0 up to 1, the same sequence for the same seed, and unlike sequences for neighbouring seeds: the
 * mixing of SplitMix, https://doi.org/10.1145/2714064.2660195, in 32 bits.
 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
