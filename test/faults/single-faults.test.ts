import { sampledSingleFaults } from './runs';

// The other half is in `test/deep/each-change/`, and every fault at every call in `test/deep/`.
it('a fault at any call, of half of the sample, leaves everything as it should be', async () => {
  expect(await sampledSingleFaults(0)).toEqual([]);
}, 600_000);
