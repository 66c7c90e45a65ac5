import { accounts } from '../../support/findings';
import type { Call } from '../call';
import { isWrite } from '../writes';
import { isAboutToFix, isAsked, isMadeWrite } from './moments';
import type { Scenario } from './scenario';

const freeze = {
  id: '0123456789abcdef',
  fromSaid: 'then',
  toSaid: 'later',
  reason: 'A release.',
  organizationalUnits: [],
  accounts: [],
  source: 'organization.yaml:20',
};

/** Fixes under `on`, and what forbids them. */
export const fixes: readonly Scenario[] = [
  { name: 'a fix', variant: 'simple', run: (world) => world.message(), ends: ['fixed'] },
  { name: 'a fix of several parts', variant: 'several', run: (world) => world.message(), ends: ['fixed'] },
  {
    name: 'a fix that stops half-way, and is planned anew with another plan',
    variant: 'several',
    async run(world) {
      let writes = 0;
      // The guardrail comes and goes.
      world.aws.authorization.isDenied = (_, action) =>
        /:(Put|Authorize|Revoke)/.test(action) && ++writes === 2;
      const isRefused = (last: Call | undefined) => last?.refusal !== undefined && isWrite(last);
      world.actAt(isRefused);
      world.ownerAt(isRefused, 'worsen');
      await world.message();
    },
    ends: ['fixed'],
  },
  {
    name: 'a flag that is off',
    variant: 'several',
    accountId: accounts.off,
    async run(world) {
      world.forbid('off');
      world.actAt(isAsked);
      await world.message();
    },
    ends: ['reported'],
    isLikeForAllTypes: true,
  },
  {
    name: 'a freeze',
    variant: 'simple',
    policy: {
      freezes: [{ ...freeze, from: '2026-11-23T09:00:00.000Z', to: '2026-11-23T10:30:00.000Z' }],
    },
    async run(world) {
      world.bans.push({
        why: 'frozen',
        from: 0,
        fromTime: 0,
        toTime: Date.parse('2026-11-23T10:30:00.000Z'),
      });
      world.actAt(isAsked);
      await world.message();
      await world.rest();
      world.calmAt(isAboutToFix(world));
      await world.pass({ minutes: 31 });
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
  {
    name: 'a freeze that begins during a fix',
    variant: 'several',
    policy: {
      freezes: [{ ...freeze, from: '2026-11-23T10:00:10.000Z', to: '2026-11-23T10:30:00.000Z' }],
    },
    async run(world) {
      const fromTime = Date.parse('2026-11-23T10:00:10.000Z');
      world.bans.push({ why: 'frozen', from: 0, fromTime, toTime: Date.parse('2026-11-23T10:30:00.000Z') });
      world.actAt(isMadeWrite);
      world.slowAt(isMadeWrite, 10);
      await world.message();
      await world.rest();
      world.calmAt(isAboutToFix(world));
      await world.pass({ minutes: 31 });
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
  {
    name: 'a pause during a fix, and its end',
    variant: 'several',
    async run(world) {
      let resume = async (): Promise<unknown> => undefined;
      world.actAt(isMadeWrite);
      const paused = world.at(isMadeWrite, async () => {
        resume = await world.pause();
      });
      await world.message();
      await paused();
      await world.rest();
      await world.pass({ minutes: 10 });
      world.calmAt(isAboutToFix(world));
      await resume();
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
  {
    name: 'a message from an account that left and came back',
    variant: 'simple',
    async run(world) {
      const { organizations } = world.aws;
      const { accountId } = world.identity;
      const resume = await world.pause();
      await world.message();
      organizations.removeAccount(accountId);
      // The tree that is kept has to be read again.
      await world.hub.pass(10 * 60_000);
      await resume();
      await world.rest();
      organizations.addAccount(accountId);
      await world.hub.pass(10 * 60_000);
      world.act();
      world.calmAt(isAboutToFix(world));
      await world.message();
    },
    ends: ['fixed'],
    occurrences: 2,
    isAway: true,
    isLikeForAllTypes: true,
  },
  {
    name: 'another try of a fix that was refused',
    variant: 'simple',
    async run(world) {
      let isRefused = true;
      world.aws.authorization.isDenied = (_, action) =>
        isRefused && /:(Put|Authorize|Revoke|Set)/.test(action);
      await world.message();
      await world.rest();
      isRefused = false;
      world.act();
      world.calmAt(isAboutToFix(world));
      await world.retry();
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
  {
    name: 'a repeated message about what is fixed',
    variant: 'simple',
    async run(world) {
      await world.message();
      world.act();
      await world.message();
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
];
