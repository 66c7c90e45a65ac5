import { testPolicy } from '../../support/findings';
import type { Call } from '../call';
import type { World } from '../world';
import type { Scenario } from './scenario';

const isScanned = (last: Call | undefined): boolean => last?.command === 'Scan';

const likeEveryDay = {
  variant: 'simple',
  policy: { slack: { ...testPolicy.slack, summary: '10:05' } },
  ends: ['fixed'],
  isLikeForAllTypes: true,
} as const;

/** A day is over on which something was fixed; from here on calls may be disturbed. */
async function untilItsEnd(world: World): Promise<void> {
  await world.message();
  // The first day is the one after the first sweep: one of these comes to its end.
  for (let minute = 1; minute <= 3; minute += 1) await world.pass({ minutes: 1 });
  await world.hub.pass(5 * 60_000);
  // The ledger has several pages, and takes more than one sweep.
  world.aws.dynamoDb.mostScanned = 3;
  world.act();
  world.slowAt(isScanned, 21);
}

/** The sweep that comes to the end of the ledger, and two of the minutes after it. */
async function untilItIsTold(world: World): Promise<void> {
  await world.pass({ minutes: 1 });
  world.calm();
  for (let minute = 1; minute <= 2; minute += 1) await world.pass({ minutes: 1 });
}

/** The summaries of days. */
export const summaries: readonly Scenario[] = [
  {
    ...likeEveryDay,
    name: 'a day that one sweep after the other sums up',
    async run(world) {
      await untilItsEnd(world);
      await world.hub.sweep();
      await untilItIsTold(world);
    },
  },
  {
    ...likeEveryDay,
    name: 'a day that two sweeps sum up at once',
    async run(world) {
      await untilItsEnd(world);
      await Promise.all([world.hub.sweep(), world.hub.sweep()]);
      await untilItIsTold(world);
    },
  },
];
