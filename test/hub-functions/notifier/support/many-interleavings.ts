import { interleaving } from './interleavings';

/** What many runs came to. */
export interface ManyInterleavings {
  /** What was wrong, with the seed that shows it. */
  wrong: string[];
  clicks: number;
  won: number;
  deaths: number;
}

/** So many random interleavings, by seeds from one on. */
export async function manyInterleavings(first: number, runs: number): Promise<ManyInterleavings> {
  const all: ManyInterleavings = { wrong: [], clicks: 0, won: 0, deaths: 0 };
  for (let seed = first; seed < first + runs; seed += 1) {
    const { clicks, won, deaths, ...lists } = await interleaving(seed);
    all.clicks += clicks;
    all.won += won;
    all.deaths += deaths;
    for (const [kind, list] of Object.entries(lists)) {
      if (list.length > 0) all.wrong.push(`seed ${seed}, ${kind}: ${list.join('; ')}`);
    }
  }
  return all;
}
