import { TrailsSeen } from '../../../../hub-functions/coordinator/intake/trails-seen';
import type { WatchedPlace } from '../../../../ledger/coverage/place-coverage';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const elsewhere = { ...place, region: 'us-east-1' };
const minute = 60_000;

/** Noting on a table that may fail. */
function seeing() {
  const world = { time: 0, isDown: false, warned: 0, written: [] as WatchedPlace[] };
  const seen = new TrailsSeen({
    coverage: {
      noteTrailEvent: async (noted) => {
        if (world.isDown) throw new Error('DynamoDB is down');
        world.written.push(noted);
        return true;
      },
    },
    log: {
      warn: () => {
        world.warned += 1;
      },
    },
    now: () => new Date(world.time),
  });
  return { world, seen };
}

describe('events of CloudTrail that arrive', () => {
  it('are written once an hour for each place', async () => {
    const { world, seen } = seeing();
    for (const time of [0, 1, 59]) {
      world.time = time * minute;
      await seen.note(place);
      await seen.note(elsewhere);
    }
    expect(world.written).toEqual([place, elsewhere]);
    world.time = 60 * minute;
    await seen.note(place);
    expect(world.written).toEqual([place, elsewhere, place]);
  });

  it('hold nothing up where the table fails, and the next one is written', async () => {
    const { world, seen } = seeing();
    world.isDown = true;
    await seen.note(place);
    expect(world.warned).toBe(1);
    world.isDown = false;
    await seen.note(place);
    expect(world.written).toEqual([place]);
  });
});
