import { isAboutToFix, isAsked } from './moments';
import type { Scenario } from './scenario';

const unit = 'ou-root-protected';

/** Owners who change the resource meanwhile. */
export const owners: readonly Scenario[] = [
  {
    name: 'an owner who mends it before the fix',
    variant: 'several',
    async run(world) {
      world.actAt(isAboutToFix(world));
      world.ownerAt(isAboutToFix(world), 'mend');
      await world.message();
      await world.harmlessMessage();
    },
    ends: ['already-compliant', 'fixed'],
  },
  {
    name: 'an owner who mends what waits',
    variant: 'lossy',
    async run(world) {
      world.forbid('not approved');
      await world.message();
      await world.rest();
      world.owner('mend');
      world.act();
      await world.harmlessMessage();
    },
    ends: ['already-compliant'],
  },
  {
    name: 'an owner who changes something else meanwhile',
    variant: 'several',
    async run(world) {
      world.actAt(isAboutToFix(world));
      world.ownerAt(isAboutToFix(world), 'unrelated');
      world.calmAt(isAboutToFix(world, 2));
      await world.message();
    },
    ends: ['fixed'],
  },
  {
    name: 'an account that is moved into a protected unit before the fix',
    variant: 'simple',
    policy: {
      default: { flag: 'on', source: 'organization.yaml:9', controls: {} },
      accounts: {},
      organizationalUnits: { [unit]: { flag: 'off', source: 'organization.yaml:12', controls: {} } },
    },
    async run(world) {
      world.aws.organizations.addUnit(unit);
      world.forbid('moved');
      world.actAt(isAsked);
      const moved = world.at(isAsked, async () =>
        world.aws.organizations.moveAccount(world.identity.accountId, unit),
      );
      await world.message();
      await moved();
    },
    ends: ['reported'],
    isLikeForAllTypes: true,
  },
  {
    name: 'a danger that is put back',
    variant: 'several',
    async run(world) {
      await world.message();
      await world.rest();
      world.act();
      world.owner('reopen');
      world.calmAt(isAboutToFix(world));
      await world.message();
    },
    ends: ['fixed'],
    occurrences: 2,
    isLikeForAllTypes: true,
  },
];
