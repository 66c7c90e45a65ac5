import { isWrite } from '../writes';
import { isAboutToFix } from './moments';
import type { Scenario } from './scenario';

/** Undoing fixes. */
export const undos: readonly Scenario[] = [
  {
    name: 'an undo',
    variant: 'several',
    async run(world) {
      await world.message();
      await world.rest();
      world.act();
      await world.undo();
    },
    ends: ['undone'],
  },
  {
    name: 'an undo of a fix that deleted a policy',
    variant: 'whole',
    async run(world) {
      await world.message();
      await world.rest();
      world.act();
      await world.undo();
    },
    ends: ['undone'],
  },
  {
    name: 'an undo of a fix that stopped half-way',
    variant: 'several',
    async run(world) {
      let writes = 0;
      world.aws.authorization.isDenied = (_, action) =>
        /:(Put|Authorize|Revoke)/.test(action) && ++writes === 2;
      await world.message();
      world.act();
      // A type whose fix is one write has made none but that one.
      world.aws.authorization.isDenied = () => false;
      await world.undo();
    },
    ends: ['undone'],
  },
  {
    name: 'an undo of a fix with two plans',
    variant: 'several',
    async run(world) {
      let writes = 0;
      world.aws.authorization.isDenied = (_, action) =>
        /:(Put|Authorize|Revoke)/.test(action) && ++writes === 2;
      world.ownerAt((last) => last?.refusal !== undefined && isWrite(last), 'worsen');
      await world.message();
      await world.rest();
      world.act();
      // A type whose fix is one write has made none but that one.
      world.aws.authorization.isDenied = () => false;
      await world.undo();
    },
    ends: ['undone'],
  },
  {
    name: 'an exemption by an undo, and its end',
    variant: 'simple',
    async run(world) {
      await world.message();
      await world.rest();
      await world.undo({ hours: 2 });
      world.act();
      await world.message();
      world.calmAt(isAboutToFix(world));
      await world.pass({ hours: 3 });
    },
    ends: ['fixed'],
    isLikeForAllTypes: true,
  },
];
