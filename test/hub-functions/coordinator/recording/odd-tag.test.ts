import { exemptUntilIn } from '../../../../resources/kit/exempt-until';
import type { Moto } from '../../../../sandbox/moto/moto';
import { startTestMoto } from '../../../support/moto';
import { World } from '../world';

let moto: Moto;
beforeAll(async () => {
  moto = await startTestMoto();
}, 60_000);
afterAll(() => moto.stop());

const wellFormed = (text = '') => Buffer.from(text).toString() === text;

it('a tag whose value AWS allows (256 characters, some beyond the first 65,536) leaves no finding stuck', async () => {
  const world = await World.on(moto.endpoint, 'ledger');
  const tag = exemptUntilIn([{ Key: 'staunch:exempt-until', Value: `x${'🚀'.repeat(200)}` }]);
  expect(Array.from(`x${'🚀'.repeat(200)}`).length).toBeLessThanOrEqual(256);
  world.remediate = async (assignment) => ({ ...world.play(assignment), ...tag });
  const outcome = await world.receive().then(
    () => 'handled',
    (error: unknown) => `comes back: ${String(error).slice(0, 300)}`,
  );
  expect({ wellFormed: wellFormed(tag.exemptUntil), outcome, state: (await world.latest())?.state }).toEqual({
    wellFormed: true,
    outcome: 'handled',
    state: 'fixed',
  });
}, 60_000);

it('under a flag that is off, a danger with such a tag is reported once', async () => {
  const world = await World.on(moto.endpoint, 'ledger-off');
  world.policy = { ...world.policy, accounts: {} };
  const tag = exemptUntilIn([{ Key: 'staunch:exempt-until', Value: `x${'🚀'.repeat(200)}` }]);
  world.remediate = async (assignment) => ({ ...world.play(assignment), ...tag });
  const states: (string | undefined)[] = [];
  for (let look = 0; look < 3; look += 1) {
    await world.receive().catch(() => undefined);
    states.push((await world.latest())?.state);
    world.clock.advance({ minutes: 10 });
  }
  const record = await world.latest();
  expect({ states, reason: record?.reason, reports: world.reports.map(({ state }) => state) }).toMatchObject({
    reports: ['reported'],
  });
}, 120_000);
