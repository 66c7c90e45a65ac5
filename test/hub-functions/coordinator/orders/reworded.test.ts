import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Plan } from '../../../../core/plan';
import { earlierPlanDigest } from '../../../../core/plan-digest';
import type { Flag } from '../../../../core/report';
import { itemOf } from '../../../../ledger/findings/record-item';
import { testIdentity, testPlan, testPolicy } from '../../../support/findings';
import { World } from '../world';

const flag = (said: Flag) => ({
  ...testPolicy,
  accounts: {},
  default: { flag: said, source: 'policy.yaml:9', controls: {} },
});
const lossy: Plan = { ...testPlan, lossy: true, losses: ['HTTPS goes too.'] };

/** A world whose one plan was shown; another release may make another one of it. */
async function shown(plan: Plan): Promise<{ world: World; release: (next: Plan) => void }> {
  const { world } = World.inMemory();
  let made = plan;
  const { remediate } = world;
  world.remediate = async (assignment) => {
    const answer = await remediate(assignment);
    return answer.plan ? { ...answer, plan: made } : answer;
  };
  world.policy = flag('approval');
  await world.receive();
  return {
    world,
    release: (next) => {
      made = next;
    },
  };
}

async function decide(world: World, order: 'approve' | 'deny'): Promise<void> {
  const { planDigest } = (await world.latest()) ?? {};
  const by = { by: 'ada', ...(order === 'deny' && { reason: 'The partner needs it.' }) };
  await world.order({ version: 1, order, finding: testIdentity, occurrence: 1, plan: planDigest, ...by });
}

const reworded = (plan: Plan): Plan => ({
  ...plan,
  changes: plan.changes.map((change) => ({ ...change, text: `${change.text} (reworded)` })),
});
const seen = async (world: World) => ({
  state: (await world.latest())?.state,
  applies: world.applies.length,
});

describe('what somebody denied, under a flag that is on by then', () => {
  it.each([
    ['words the same change otherwise', testPlan, reworded(testPlan)],
    ['words the losses of the same change otherwise', lossy, { ...lossy, losses: ['HTTPS is lost.'] }],
  ])('stays as it is where a release %s', async (_what, plan, next) => {
    const { world, release } = await shown(plan);
    await decide(world, 'deny');
    world.policy = { ...flag('on'), lossy: 'apply' };
    release(next);
    await world.receive();
    expect(await seen(world)).toEqual({ state: 'denied', applies: 0 });
  });

  it('is fixed where another change would be made', async () => {
    const { world, release } = await shown(testPlan);
    await decide(world, 'deny');
    world.policy = flag('on');
    release({ ...testPlan, changes: [{ action: 'revoke', text: 'Another.', cidr: '::/0' }] });
    await world.receive();
    await world.sweepOut();
    expect(await seen(world)).toEqual({ state: 'fixed', applies: 1 });
  });

  it('stays as it is where the version before recorded it, by digests that have its sentences', async () => {
    const { world, release } = await shown(testPlan);
    await decide(world, 'deny');
    const record = await world.latest();
    if (record?.state !== 'denied' || !record.decision) throw new Error('It is not denied.');
    const digest = earlierPlanDigest(testPlan);
    const decision = { ...record.decision, plan: digest, seen: digest };
    const before = { ...record, decision, planDigest: digest, seenDigest: digest };
    await world.documents.send(new PutCommand({ TableName: world.tableName, Item: itemOf(before) }));
    world.policy = flag('on');
    await world.receive();
    release(reworded(testPlan));
    await world.receive();
    expect(await seen(world)).toEqual({ state: 'denied', applies: 0 });
  });
});

describe('what somebody approved', () => {
  it('waits again where something else goes with the same change by now', async () => {
    const { world, release } = await shown(lossy);
    release({ ...lossy, losses: ['HTTPS and SSH go too.'] });
    await decide(world, 'approve');
    expect(await seen(world)).toEqual({ state: 'waiting', applies: 0 });
  });

  it('is fixed where its sentence alone is another one', async () => {
    const { world, release } = await shown(testPlan);
    release(reworded(testPlan));
    await decide(world, 'approve');
    expect(await seen(world)).toEqual({ state: 'fixed', applies: 1 });
  });
});
