import { everySingleFault } from '../faults/runs';

it('every fault at every call leaves everything as it should be', async () => {
  expect(await everySingleFault({ share: 0, of: 1 })).toEqual([]);
}, 1_200_000);
