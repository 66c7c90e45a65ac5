import { failedResult } from '../../../../hub-functions/coordinator/member/remediation-result';
import { waitsForAccount } from '../../../../ledger/limits/waits-for';
import { testIdentity } from '../../../support/findings';
import { World } from '../world';

/** A fix whose undo gave no answer, and changed nothing. */
async function undoUnconfirmed(): Promise<World> {
  const { world } = World.inMemory();
  await world.receive();
  const { remediate } = world;
  world.remediate = async (assignment) =>
    assignment.mode === 'undo'
      ? { ...failedResult('The remediation function gave no answer.', 'TimeoutError'), unconfirmed: true }
      : remediate(assignment);
  await world.order({
    order: 'undo',
    finding: testIdentity,
    occurrence: 1,
    by: 'ada',
    reason: 'Needed.',
    until: '2026-12-01T00:00:00.000Z',
  });
  world.remediate = remediate;
  world.clock.advance({ minutes: 30 });
  return world;
}
const exemption = (world: World) => world.parts().exemptions.read(testIdentity);

describe('an undo whose end is unconfirmed, and that changed nothing', () => {
  it('is over once a look sees that the fix stands', async () => {
    const world = await undoUnconfirmed();
    expect(await world.latest()).toMatchObject({ state: 'undone', undoing: true });
    await world.receive();
    expect({ state: (await world.latest())?.state, exempt: await exemption(world) }).toEqual({
      state: 'fixed',
      exempt: undefined,
    });
  });

  it('is over as well where the look before it failed', async () => {
    const world = await undoUnconfirmed();
    const { remediate } = world;
    world.remediate = async () => failedResult('Rate exceeded.', 'Throttling');
    await world.receive();
    const between = await world.latest();
    world.remediate = remediate;
    world.clock.advance({ minutes: 5 });
    await world.sweep();
    expect({
      between: between?.state,
      state: (await world.latest())?.state,
      exempt: await exemption(world),
    }).toEqual({
      between: expect.any(String),
      state: 'fixed',
      exempt: undefined,
    });
  });

  it('is remembered while its worker dies, the look fails and the plan is held, whatever state that leads to', async () => {
    const world = await undoUnconfirmed();
    const { remediate } = world;
    world.remediate = async () => {
      throw new Error('The process died.');
    };
    await world.receive().catch(() => undefined);
    world.clock.advance({ minutes: 30 });
    world.remediate = async () => ({
      ...failedResult('No role.', 'AccessDenied'),
      unreachable: waitsForAccount(testIdentity.accountId, 'read'),
    });
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'held', undoing: true });
    world.remediate = remediate;
    await world.receive();
    expect({ state: (await world.latest())?.state, exempt: await exemption(world) }).toEqual({
      state: 'fixed',
      exempt: undefined,
    });
  });

  it('is over, and exempts, once a look sees the danger', async () => {
    const world = await undoUnconfirmed();
    world.open = true;
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'undone' });
    expect(await world.latest()).not.toHaveProperty('undoing');
    expect(await exemption(world)).toBeDefined();
  });
});
