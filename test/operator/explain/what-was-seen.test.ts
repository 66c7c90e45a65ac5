import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { CompiledPolicy } from '../../../config/compiled';
import { failedResult } from '../../../hub-functions/coordinator/member/remediation-result';
import type { FindingRecord } from '../../../ledger/findings/record';
import { itemOf } from '../../../ledger/findings/record-item';
import { explained } from '../../decision/support/explained';
import { World } from '../../hub-functions/coordinator/world';
import { testIdentity, testPlan, testPolicy } from '../../support/findings';

const said = (flag: 'off' | 'approval' | 'on', tags: boolean): CompiledPolicy => ({
  ...testPolicy,
  accounts: {},
  default: { flag, source: 'policy.yaml:9', controls: {} },
  exemptionRules: {
    maximumDays: 365,
    ...(tags && { byTag: { organizationalUnits: ['r-root'], maximumDays: 30, source: 'policy.yaml:40' } }),
  },
});

/** The state that is foretold, or what is done in place of recording one. */
async function stateForetold(world: World) {
  const { course } = await explained(world);
  return course.do === 'record' ? course.state : course.do;
}

/** A world of a resource that its owners tagged, under a policy that takes no tags. */
function tagged(flag: 'approval' | 'on', plan = testPlan): World {
  const { world } = World.inMemory();
  world.policy = said(flag, false);
  const { remediate } = world;
  world.remediate = async (assignment) => {
    const answer = await remediate(assignment);
    return { ...answer, ...(answer.plan && { plan }), exemptUntil: '2026-11-30' };
  };
  return world;
}

describe('explain, of a resource whose tag was seen', () => {
  it('still knows of the tag after its plan was denied', async () => {
    const world = tagged('approval');
    await world.receive();
    const { planDigest } = (await world.latest()) ?? {};
    await world.order({
      version: 1,
      order: 'deny',
      finding: testIdentity,
      occurrence: 1,
      plan: planDigest,
      by: 'ada',
      reason: 'No.',
    });
    expect((await world.latest())?.state).toBe('denied');
    world.policy = said('approval', true);
    const foretold = await stateForetold(world);
    await world.receive();
    expect({ foretold, decided: (await world.latest())?.state }).toEqual({
      foretold: 'exempt',
      decided: 'exempt',
    });
  });

  it('still knows of the tag, and that the plan is lossy, after a look that failed', async () => {
    const world = tagged('on', { ...testPlan, lossy: true, losses: ['HTTPS goes too.'] });
    await world.receive();
    expect((await world.latest())?.state).toBe('waiting');
    const { remediate } = world;
    world.remediate = async () => failedResult('Rate exceeded.', 'Throttling');
    world.clock.advance({ minutes: 1 });
    await world.receive();
    world.remediate = remediate;
    world.clock.advance({ minutes: 10 });
    const foretold = await stateForetold(world);
    await world.receive();
    expect({ foretold, decided: (await world.latest())?.state }).toEqual({
      foretold: 'waiting',
      decided: 'waiting',
    });
  });
});

describe('explain foretells what the coordinator decides', () => {
  it('of a finding whose work stopped half-way more often than is tried', async () => {
    const { world } = World.inMemory();
    const { remediate } = world;
    world.remediate = async () => {
      throw new Error('The process died.');
    };
    for (let death = 0; death < 10; death += 1) {
      await world.receive().catch(() => undefined);
      world.clock.advance({ minutes: 10 });
    }
    world.remediate = remediate;
    const foretold = await stateForetold(world);
    await world.receive();
    const record = await world.latest();
    expect({ foretold, decided: record?.state, reason: record?.reason }).toEqual({
      foretold: 'given-up',
      decided: 'given-up',
      reason: expect.any(String),
    });
  });

  it('of a finding whose record cannot be understood: nothing is changed', async () => {
    const { world } = World.inMemory();
    await world.receive();
    expect((await world.latest())?.state).toBe('fixed');
    world.open = true;
    world.clock.advance({ minutes: 61 });
    // What a newer version, which was rolled back, may have written: a key that another state has by now.
    const item = (await world.latest()) as FindingRecord;
    await world.documents.send(
      new PutCommand({
        TableName: world.tableName,
        Item: { ...itemOf(item), errorCode: 'Throttling' },
      }),
    );
    const foretold = await stateForetold(world);
    const outcome = await world.receive().then(
      () => 'handled',
      (error: unknown) => String(error),
    );
    expect({ outcome, applies: world.applies.length }).toMatchObject({
      outcome: expect.stringContaining('RecordError'),
      applies: 1,
    });
    expect(foretold).toBe('failed');
  });
});
