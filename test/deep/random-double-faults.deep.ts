import { randomDoubleFaults } from '../faults/runs';

it('two faults anywhere leave everything as it should be', async () => {
  expect(await randomDoubleFaults(2_000, 2)).toEqual([]);
}, 3_600_000);
