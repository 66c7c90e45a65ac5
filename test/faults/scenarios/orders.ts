import { accounts } from '../../support/findings';
import { ada, eve, glassBreaker, peopleWith } from '../../support/orderers';
import type { World } from '../world';
import { isAboutToFix, isMinuteLater } from './moments';
import type { Scenario } from './scenario';

const waits = { accountId: accounts.approval, variant: 'simple', needsApproval: true } as const;

/** A finding waits for an approval; from here on calls may be disturbed. */
async function untilItWaits(world: World): Promise<void> {
  world.forbid('not approved');
  await world.message();
  await world.rest();
  world.act();
}

/** What only the door for people's orders does. */
export const orders: readonly Scenario[] = [
  {
    ...waits,
    name: 'an exemption of what waits',
    async run(world) {
      await untilItWaits(world);
      await world.exempt();
      await world.message();
      await world.rest();
    },
    ends: ['exempt'],
    isLikeForAllTypes: true,
  },
  {
    name: 'an exemption of what is held, and its end',
    variant: 'simple',
    async run(world) {
      const resume = await world.pause();
      await world.message();
      await world.rest();
      world.act();
      await world.exempt({ hours: 1 });
      await resume();
      world.calm();
      await world.pass({ hours: 2 });
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
  {
    name: 'an undo by two persons',
    variant: 'several',
    policy: { people: peopleWith({ twoPersons: ['undo'] }) },
    async run(world) {
      await world.message();
      await world.rest();
      world.act();
      // What came to nothing takes both of them again.
      for (const who of [ada, eve, ada]) if ((await world.undo({ who }))?.done) break;
    },
    ends: ['undone'],
    isLikeForAllTypes: true,
  },
  {
    ...waits,
    name: 'an approval as break-glass',
    async run(world) {
      await untilItWaits(world);
      world.calmAt(isAboutToFix(world));
      await world.approve({ who: glassBreaker, reason: 'An incident' });
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
  {
    ...waits,
    name: 'an approval that a client sends twice at once',
    async run(world) {
      await untilItWaits(world);
      await world.approve({ times: 2 });
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
  {
    name: 'an undo that a client sends twice at once',
    variant: 'simple',
    async run(world) {
      await world.message();
      await world.rest();
      world.act();
      await world.undo({ times: 2 });
    },
    ends: ['undone'],
    isLikeForAllTypes: true,
  },
  {
    ...waits,
    name: 'an approval and an exemption at once',
    async run(world) {
      await untilItWaits(world);
      world.calmAt(isMinuteLater(world));
      await Promise.all([world.approve({ who: ada }), world.exempt({ who: eve })]);
    },
    ends: ['fixed', 'exempt'],
    mayRefuse: true,
    isLikeForAllTypes: true,
  },
];
