import type { Sandbox } from '../../sandbox/sandbox';
import { plantBuckets, readBuckets, testsOfBuckets } from './many-buckets';
import { plantGroups, readGroups, testsOfGroups } from './many-groups';
import {
  eventsOf,
  leaveSandbox,
  patience,
  placesThatHeal,
  settled,
  sharedSandbox,
  unrecorded,
} from './support';

/**
 * Plants random security groups and buckets in one sandbox, lets Staunch work on all of them, and holds what came of each against
 * what must.
 * @param count how many of each
 */
export function testRandomResources(count: number): void {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await sharedSandbox();
    const places = placesThatHeal(sandbox);
    await unrecorded(sandbox, places, async () => {
      await plantGroups(sandbox, places, count);
      await plantBuckets(sandbox, places, count);
    });
    await settled(sandbox);
    await readGroups();
    await readBuckets();
  }, patience * 4);

  afterAll(leaveSandbox);

  describe('the fixes of all of them', () => {
    it('needed no permission that a function lacks', () => {
      expect(eventsOf(sandbox, 'denied')).toEqual([]);
      expect(eventsOf(sandbox, 'invoked').filter(({ error }) => error !== undefined)).toEqual([]);
    });
  });

  describe(`${count} security groups with random rules`, testsOfGroups);

  describe(`${count} buckets with random ACLs, policies and settings`, testsOfBuckets);
}
