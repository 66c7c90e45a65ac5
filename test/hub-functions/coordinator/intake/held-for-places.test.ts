import { states } from '../../../../core/states';
import { accounts, testIdentity, testPolicy } from '../../../support/findings';
import { World } from '../world';

it('a message leaves the queue only when its finding is in a recorded state, also after a death that interrupted what waited for a place', async () => {
  const { world } = World.inMemory();
  const off = { ...testPolicy, accounts: {}, limits: { ...testPolicy.limits, openFindings: 1 } };
  world.policy = off;
  await world.receive({ ...testIdentity, accountId: accounts.on, resourceId: 'sg-00000000000000001' });
  await world.receive();
  expect(await world.latest()).toMatchObject({ state: 'held', heldBy: 'places' });
  // More places, for a moment: it is taken, and its worker dies.
  world.policy = { ...off, limits: { ...off.limits, openFindings: 5 } };
  const { remediate } = world;
  world.remediate = async () => {
    throw new Error('The process died.');
  };
  await world.receive().catch(() => undefined);
  world.remediate = remediate;
  world.policy = off;
  world.clock.advance({ minutes: 10 });
  const handled = await world.receive().then(
    () => true,
    () => false,
  );
  const record = await world.latest();
  const recorded = record !== undefined && states[record.state].recorded;
  // Either it is looked at, or it goes back to wait: what is received is not recorded.
  expect({ handled, state: record?.state, recorded }).toMatchObject({ handled: true, recorded: true });
});
