import { randomDoubleFaults, randomInterleavings } from './runs';

it('two faults leave everything as it should be', async () => {
  expect(await randomDoubleFaults(50, 1)).toEqual([]);
}, 300_000);

it('whatever happens at the same time leaves everything as it should be', async () => {
  expect(await randomInterleavings(50, 1)).toEqual([]);
}, 300_000);
