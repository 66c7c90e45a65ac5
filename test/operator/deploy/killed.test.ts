import { deploy } from '../../../operator/deploy/deploy';
import { destroy } from '../../../operator/deploy/destroy';
import { diagnosisOf } from '../../../operator/doctor/doctor';
import { quietHost } from '../fake-hub';
import { allStacks, FakeCloudFormation } from './fake-cloudformation';

const well = diagnosisOf([{ check: 'roles', condition: 'well', text: 'well' }], []);

const partsOf = (cloud: FakeCloudFormation) => ({
  access: cloud.access,
  host: quietHost(),
  home: { account: '222222222222', region: 'eu-west-1' },
  cdk: cloud.cdk,
  stacks: allStacks,
  pause: async () => {},
});

const deployed = (cloud: FakeCloudFormation) =>
  deploy({
    ...partsOf(cloud),
    makeWay: async () => {},
    retry: async () => ({ failed: 0, left: 0 }),
    doctor: { pilot: async () => well, all: async () => well },
  });

const destroyed = (cloud: FakeCloudFormation) =>
  destroy({ ...partsOf(cloud), take: [], bucketName: 'staunch-config-222222222222' });

const nothing = () => new FakeCloudFormation();

function everything(): FakeCloudFormation {
  const cloud = new FakeCloudFormation();
  for (const stack of allStacks) cloud.statuses.set(stack, 'UPDATE_COMPLETE');
  return cloud;
}

/** The order in which stacks came to their first change, which is what relies on what. */
const orderOf = ({ done }: FakeCloudFormation) => [...new Set(done.map((line) => line.split(' ')[1]))];

describe.each([
  ['a first deployment', nothing, deployed],
  ['a deployment of another version', everything, deployed],
  ['a removal', everything, destroyed],
  ['a removal where there is nothing', nothing, destroyed],
])('%s that is killed between any two steps, and called again', (_what, begin, run) => {
  it('ends as one that nobody has disturbed, with everything in the same order', async () => {
    const undisturbed = begin();
    expect((await run(undisturbed)).ok).toBe(true);
    expect(undisturbed.steps).toBeGreaterThan(2);

    for (let step = 1; step <= undisturbed.steps; step += 1) {
      for (const after of [false, true]) {
        const cloud = begin();
        cloud.kill(step, after);
        expect(await Promise.race([run(cloud), cloud.killed])).toBe('killed');

        const again = await run(cloud);

        const where = `killed ${after ? 'after' : 'before'} step ${step}`;
        expect([where, again.ok, [...cloud.statuses].sort()]).toEqual([
          where,
          true,
          [...undisturbed.statuses].sort(),
        ]);
        expect([where, orderOf(cloud)]).toEqual([where, orderOf(undisturbed)]);
      }
    }
  });
});
