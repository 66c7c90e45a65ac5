import { differentSingleFaults } from './runs';

it('a fault at any call leaves everything as it should be (another third of the scenarios)', async () => {
  expect(await differentSingleFaults({ share: 2, of: 3 })).toEqual([]);
}, 600_000);
