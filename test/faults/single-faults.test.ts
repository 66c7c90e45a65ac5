import { sampledSingleFaults } from './runs';

// Every fault at every call is in `test/deep/`.
it('a fault at any call leaves everything as it should be', async () => {
  expect(await sampledSingleFaults()).toEqual([]);
}, 600_000);
