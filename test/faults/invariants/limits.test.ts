import { FixLimits } from '../../../ledger/limits/fix-limits';
import { play } from '../play';
import { replayInterleaving } from '../replay';
import { queue } from '../resource-types/queue';
import { isAboutToFix } from '../scenarios/moments';
import type { Scenario } from '../scenarios/scenario';
import { violationsOf } from './registry';

/** A function that is so slow to read that its calls are cut off: it never comes to its write. */
const slowReading: Scenario = {
  name: 'a slow reading',
  variant: 'simple',
  async run(world) {
    world.slowAt(isAboutToFix(world), 56);
    await world.message();
  },
  ends: ['fixed'],
};

/** The owner closes it before the fix, which then has nothing to write. */
const mended: Scenario = {
  name: 'a mended resource',
  variant: 'simple',
  async run(world) {
    world.ownerAt(isAboutToFix(world), 'mend');
    await world.message();
  },
  ends: ['fixed', 'already-compliant'],
};

afterEach(() => {
  vi.restoreAllMocks();
});

const played = async (scenario: Scenario) => violationsOf(scenario, await play(scenario, queue));

describe.each([slowReading, mended])('a slot for $name', (scenario) => {
  it('is given back', async () => {
    expect(await played(scenario)).toEqual([]);
  });

  it('is found when it leaks', async () => {
    vi.spyOn(FixLimits.prototype, 'giveBack').mockResolvedValue(undefined);
    expect(await played(scenario)).toEqual([
      expect.stringMatching(/^A slot of \d+ stays taken for Attempt 1#\d#1, which wrote nothing\.$/),
      expect.stringMatching(/^A slot of organization stays taken for Attempt 1#\d#1, which wrote nothing\.$/),
    ]);
  });
});

it('lets a slot stay taken for a write that was cut off: nobody can tell it from one that was made', async () => {
  expect(await replayInterleaving('key', 2579, [[155, { kind: 'fails-after' }]])).toEqual([]);
});
