import { manyInterleavings } from '../hub-functions/notifier/support/many-interleavings';

const runs = 10_000;

describe(`${runs} random interleavings of reports, clicks and a poster that fails and dies`, () => {
  it('leave no button that is stale, lose nothing, and erase no decision', async () => {
    const { wrong, clicks, won, deaths } = await manyInterleavings(1_000_000, runs);
    console.log(`${runs} runs: ${clicks} clicks, of which ${won} won, and ${deaths} deaths of a process.`);
    expect(wrong.slice(0, 20)).toEqual([]);
  }, 3_600_000);
});
