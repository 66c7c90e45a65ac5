import { everySingleFault } from '../faults/runs';

it('every fault at every call leaves everything as it should be (the other half of the scenarios)', async () => {
  expect(await everySingleFault({ share: 1, of: 2 })).toEqual([]);
}, 7_200_000);
