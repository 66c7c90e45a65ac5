import { everyDoubleFault } from '../faults/runs';

/** How many calls after the first one the second fault may be. */
const window = 20;

it('two faults close to each other leave everything as it should be', async () => {
  expect(await everyDoubleFault(2, window)).toEqual([]);
}, 3_600_000);
