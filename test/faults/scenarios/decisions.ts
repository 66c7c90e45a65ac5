import { accounts } from '../../support/findings';
import { isAboutToFix } from './moments';
import type { Scenario } from './scenario';

const approval = { accountId: accounts.approval, needsApproval: true } as const;

/** People's decisions about plans that wait for them. */
export const decisions: readonly Scenario[] = [
  {
    ...approval,
    name: 'an approval',
    variant: 'several',
    async run(world) {
      world.forbid('not approved');
      await world.message();
      await world.rest();
      world.act();
      await world.approve();
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
  {
    name: 'an approval of a lossy fix',
    variant: 'lossy',
    needsApproval: true,
    async run(world) {
      world.forbid('not approved');
      await world.message();
      await world.rest();
      world.act();
      world.calmAt(isAboutToFix(world));
      await world.approve();
    },
    ends: ['fixed'],
  },
  {
    ...approval,
    name: 'a denial',
    variant: 'simple',
    async run(world) {
      world.forbid('not approved');
      await world.message();
      await world.rest();
      world.act();
      await world.deny();
      await world.message();
      await world.pass({ hours: 2 });
    },
    ends: ['denied'],
    isLikeForAllTypes: true,
  },
  {
    ...approval,
    name: 'an approval after a denial',
    variant: 'simple',
    async run(world) {
      world.forbid('not approved');
      await world.message();
      await world.rest();
      await world.deny();
      world.act();
      world.calmAt(isAboutToFix(world));
      await world.approve();
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
  {
    ...approval,
    name: 'a denial after an approval that is held',
    variant: 'simple',
    async run(world) {
      world.forbid('not approved');
      await world.message();
      await world.rest();
      const resume = await world.pause();
      await world.approve();
      world.act();
      await world.deny();
      await resume();
      world.calm();
      await world.rest();
      await world.message();
    },
    ends: ['denied'],
    isLikeForAllTypes: true,
  },
  {
    ...approval,
    name: 'an approval that expires while it is held',
    variant: 'simple',
    async run(world) {
      world.forbid('not approved');
      await world.message();
      await world.rest();
      const resume = await world.pause();
      await world.approve();
      await world.rest();
      world.act();
      const at = world.aws.clock.milliseconds;
      world.bans.push({ why: 'expired', from: 0, fromTime: at + 24 * 60 * 60_000, toTime: Infinity });
      await world.pass({ hours: 25 });
      await resume();
    },
    ends: ['waiting'],
    isLikeForAllTypes: true,
  },
];
