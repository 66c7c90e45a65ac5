import { manyInterleavings } from '../support/many-interleavings';

/** So many in `npm test`; twenty times as many in `npm run test:deep`. */
const runs = 500;

describe(`${runs} random interleavings of reports, clicks and a poster that fails and dies`, () => {
  it('leave no button that is stale, lose nothing, and erase no decision', async () => {
    const { wrong, won, deaths } = await manyInterleavings(1, runs);
    expect(wrong.slice(0, 20)).toEqual([]);
    // The runs are worth something.
    expect(won).toBeGreaterThan(runs / 2);
    expect(deaths).toBeGreaterThan(runs / 4);
  }, 600_000);
});
