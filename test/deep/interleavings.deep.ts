import { randomInterleavings } from '../faults/runs';

it('whatever happens at the same time leaves everything as it should be', async () => {
  expect(await randomInterleavings(2_000, 1_000)).toEqual([]);
}, 3_600_000);
