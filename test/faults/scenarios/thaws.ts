import { ada, eve } from '../../support/orderers';
import type { World } from '../world';
import { isAboutToFix, isListKept, isMinuteLater } from './moments';
import type { Scenario } from './scenario';

/** No backlog is fixed without a person. */
const frozen = { variant: 'simple', policy: { thaw: { account: 0, organization: 0 } } } as const;

/** A finding is frozen, and people were told of it. */
async function untilItIsFrozen(world: World): Promise<void> {
  world.forbid('frozen');
  await world.lateMessage();
  await world.rest();
}

/** Backlog: what is frozen, and how it is released. */
export const thaws: readonly Scenario[] = [
  {
    ...frozen,
    name: 'backlog that is frozen',
    async run(world) {
      world.act();
      await untilItIsFrozen(world);
      world.calm();
      await world.message();
      await world.pass({ hours: 2 });
    },
    ends: ['held'],
    isLikeForAllTypes: true,
  },
  {
    ...frozen,
    name: 'a thaw',
    variant: 'several',
    async run(world) {
      await untilItIsFrozen(world);
      world.act();
      await world.thaw();
      await world.rest();
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
  {
    ...frozen,
    name: 'a thaw that a client sends twice at once, while a message arrives',
    async run(world) {
      await untilItIsFrozen(world);
      world.act();
      world.calmAt(isMinuteLater(world));
      await Promise.all([world.thaw({ times: 2 }), world.message()]);
      await world.rest();
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
  {
    ...frozen,
    name: 'two thaws at once',
    async run(world) {
      await untilItIsFrozen(world);
      world.act();
      world.calmAt(isMinuteLater(world));
      await Promise.all([world.thaw({ who: ada }), world.thaw({ who: eve })]);
      await world.rest();
    },
    ends: ['fixed'],
    mayRefuse: true,
    isLikeForAllTypes: true,
  },
  {
    name: 'a little backlog, which is released without a person',
    variant: 'simple',
    async run(world) {
      // Until then it comes to the same as what stays frozen.
      world.actAt(isListKept(3));
      world.calmAt(isAboutToFix(world));
      await world.lateMessage();
      await world.rest();
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
];
