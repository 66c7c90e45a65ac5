import { failedResult } from '../../../../hub-functions/coordinator/member/remediation-result';
import { accounts, answer, testIdentity } from '../../../support/findings';
import { World } from '../world';

const by = 'arn:aws:iam::111111111111:user/ada';
const retry = (world: World, more: object = {}) =>
  world.order({ order: 'retry', finding: testIdentity, occurrence: 1, by, ...more });
const denied = async () => failedResult('The role cannot be assumed.', 'AccessDenied');
const playing = (world: World) => {
  world.remediate = async (assignment) => world.play(assignment);
};

describe('an order to retry', () => {
  it('looks at once at what failed, whatever its pause, and fixes it', async () => {
    const { world } = World.inMemory();
    world.remediate = denied;
    await world.receive();
    playing(world);
    expect(await retry(world)).toEqual({ version: 2, done: true, text: 'Tried again: it is fixed.' });
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('begins the tries of what was given up anew', async () => {
    const { world } = World.inMemory();
    world.remediate = async () => answer('refused', { reason: 'It cannot be done.' });
    await world.receive();
    world.remediate = denied;
    expect(await retry(world)).toMatchObject({
      done: false,
      text: expect.stringMatching(/^Tried again, and not fixed: .*cannot be assumed/),
    });
    expect(await world.latest()).toMatchObject({
      state: 'failed',
      tries: 1,
      nextAttemptAt: '2026-11-23T10:01:00.000Z',
    });
    playing(world);
    expect(await retry(world)).toMatchObject({ done: true });
  });

  it('overrules neither the stop switch nor a growing pause', async () => {
    const { world } = World.inMemory();
    await world.order({ order: 'pause', scope: 'organization', reason: 'x', by });
    await world.receive();
    expect((await retry(world)).text).toMatch(/^Tried again, and not fixed: it is held\. .*paused/);
    expect(world.modes).not.toContain('apply');
    await world.order({ order: 'resume', scope: 'organization', by });
    for (const occurrence of [1, 2]) {
      if (occurrence > 1) world.open = true;
      await world.receive();
    }
    world.open = true;
    await world.receive();
    expect(await world.latest()).toMatchObject({ occurrence: 3, heldBy: 'conflict' });
    const applies = world.applies.length;
    expect(await retry(world, { occurrence: 3 })).toMatchObject({ done: false });
    expect(world.applies).toHaveLength(applies);
  });

  it.each([
    ['is fixed', accounts.on, /It is fixed: there is nothing to try again/],
    ['waits for approval', accounts.approval, /waiting for approval: there is nothing to try again/],
    ['is reported', accounts.off, /reported: there is nothing to try again/],
  ])('is refused for what %s', async (_what, accountId, text) => {
    const { world } = World.inMemory();
    const finding = { ...testIdentity, accountId };
    await world.receive(finding);
    const before = await world.latest(finding);
    const looks = world.asked.length;
    expect(await retry(world, { finding })).toMatchObject({ done: false, text: expect.stringMatching(text) });
    expect([world.asked.length, await world.latest(finding)]).toEqual([looks, before]);
  });

  it.each([
    ['no such finding', { finding: { ...testIdentity, resourceId: 'sg-00000000000000000' } }, /no finding/],
    ['an occurrence that does not exist', { occurrence: 7 }, /no occurrence 7/],
    ['a control that does not exist', { finding: { ...testIdentity, control: 'nothing' } }, /no control/],
    ['a Region that is not watched', { finding: { ...testIdentity, region: 'us-east-1' } }, /not watched/],
    ['an account outside', { finding: { ...testIdentity, accountId: '000000000000' } }, /not there/],
  ])('is refused for %s', async (_what, more, text) => {
    const { world } = World.inMemory();
    world.remediate = denied;
    await world.receive();
    expect(await retry(world, more)).toMatchObject({ done: false, text: expect.stringMatching(text) });
  });

  it('is refused for an occurrence that is not the latest', async () => {
    const { world } = World.inMemory();
    await world.receive();
    world.open = true;
    await world.receive();
    expect((await retry(world)).text).toContain('Only the latest occurrence can be ordered about.');
  });
});
