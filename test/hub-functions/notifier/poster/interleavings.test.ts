import { interleaving } from '../support/interleavings';

/** So many in `npm test`; twenty times as many in `npm run test:deep`. */
const runs = 500;

describe(`${runs} random interleavings of reports, clicks and a poster that fails and dies`, () => {
  it('leave no button that is stale, lose nothing, and erase no decision', async () => {
    const wrong: string[] = [];
    const counts = { clicks: 0, won: 0, deaths: 0 };
    for (let seed = 1; seed <= runs; seed += 1) {
      const { clicks, won, deaths, ...lists } = await interleaving(seed);
      counts.clicks += clicks;
      counts.won += won;
      counts.deaths += deaths;
      for (const [kind, list] of Object.entries(lists)) {
        if (list.length > 0) wrong.push(`seed ${seed}, ${kind}: ${list.join('; ')}`);
      }
    }
    expect(wrong.slice(0, 20)).toEqual([]);
    // The runs are worth something.
    expect(counts.won).toBeGreaterThan(runs / 2);
    expect(counts.deaths).toBeGreaterThan(runs / 4);
  }, 120_000);
});
