import { sampledSingleFaults } from '../../faults/runs';

// The first half is in `test/faults/single-faults.test.ts`.
it('a fault at any call, of the other half of the sample, leaves everything as it should be', async () => {
  expect(await sampledSingleFaults(1)).toEqual([]);
}, 600_000);
