import type { Sandbox } from '../../sandbox/sandbox';
import { plantBuckets, readBuckets, testsOfBuckets } from './hundred-buckets';
import { plantGroups, readGroups, testsOfGroups } from './hundred-groups';
import { eventsOf, patience, placesThatHeal, settled, startTestSandbox, unrecorded } from './support';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  const places = placesThatHeal(sandbox);
  await unrecorded(sandbox, places, async () => {
    await plantGroups(sandbox, places);
    await plantBuckets(sandbox, places);
  });
  await settled(sandbox);
  await readGroups();
  await readBuckets();
}, patience * 4);

afterAll(() => sandbox?.stop());

describe('the fixes of all of them', () => {
  it('needed no permission that a function lacks', () => {
    expect(eventsOf(sandbox, 'denied')).toEqual([]);
    expect(eventsOf(sandbox, 'invoked').filter(({ error }) => error !== undefined)).toEqual([]);
  });
});

describe('a hundred security groups with random rules', testsOfGroups);

describe('a hundred buckets with random ACLs, policies and settings', testsOfBuckets);
