import { utc } from '../../../../core/utc';
import { Exemptions } from '../../../../ledger/findings/exemptions';
import { accounts, answer, testIdentity } from '../../../support/findings';
import { deathsUpTo, dyingDocuments } from '../dying-documents';
import { World } from '../world';

const until = '2026-12-23T10:00:00.000Z';
const finding = { ...testIdentity, accountId: accounts.approval };
const order = { order: 'exempt', finding, occurrence: 1, reason: 'It has to be so', until, by: 'ada' };

async function waiting(): Promise<World> {
  const { world } = World.inMemory();
  await world.receive(finding);
  expect(await world.latest(finding)).toMatchObject({ state: 'waiting' });
  world.asked.length = 0;
  return world;
}
const read = (world: World) => new Exemptions(world.documents, world.tableName).read(finding);

describe('an order to exempt', () => {
  it('leaves the resource as it is, and the finding exempt until then, and tells people why', async () => {
    const world = await waiting();
    expect(await world.order(order)).toMatchObject({
      done: true,
      text: expect.stringContaining(utc(until)),
    });
    expect(await world.latest(finding)).toMatchObject({
      state: 'exempt',
      lookAgainAt: until,
      reason: `Exempted by ada: It has to be so. It is not fixed before ${utc(until)}.`,
    });
    expect(world.asked).toEqual([]);
    expect(world.reports.map(({ state }) => state)).toEqual(['waiting', 'exempt']);
    expect(await read(world)).toMatchObject({ by: 'ada', until, exempted: true });
  });

  it('keeps what was seen of it, and says nothing anew when a message comes', async () => {
    const world = await waiting();
    const before = await world.latest(finding);
    await world.order(order);
    const { plan, violations, planDigest } = (await world.latest(finding)) ?? {};
    expect({ plan, violations, planDigest }).toEqual({
      plan: before?.plan,
      violations: before?.violations,
      planDigest: before?.planDigest,
    });
    await world.receive(finding);
    expect(await world.latest(finding)).toMatchObject({ state: 'exempt' });
    expect(world.reports).toHaveLength(2);
  });

  it('ends by itself: then it waits again', async () => {
    const world = await waiting();
    await world.order(order);
    world.clock.advance({ minutes: 31 * 24 * 60 });
    await world.sweep();
    expect(await world.latest(finding)).toMatchObject({ state: 'waiting' });
  });

  it('ends an approval that was given before', async () => {
    const world = await waiting();
    const { planDigest: plan } = (await world.latest(finding)) ?? {};
    await world.order({ order: 'pause', scope: 'organization', reason: 'x', by: 'ada' });
    await world.order({ ...order, order: 'approve', plan });
    expect(await world.latest(finding)).toMatchObject({ state: 'held' });
    await world.order(order);
    await world.order({ order: 'resume', scope: 'organization', by: 'ada' });
    world.clock.advance({ minutes: 31 * 24 * 60 });
    await world.sweep();
    expect(await world.latest(finding)).toMatchObject({ state: 'waiting' });
    expect(world.applies).toEqual([]);
  });

  it('may be given again, with another end', async () => {
    const world = await waiting();
    await world.order(order);
    const sooner = '2026-12-01T00:00:00.000Z';
    expect(await world.order({ ...order, until: sooner })).toMatchObject({ done: true });
    expect(await world.latest(finding)).toMatchObject({ state: 'exempt', lookAgainAt: sooner });
  });

  it('holds for the next occurrence too, as an undo does', async () => {
    const world = await waiting();
    await world.order(order);
    world.open = false;
    await world.hearMended(finding);
    world.open = true;
    await world.receive(finding);
    expect(await world.latest(finding)).toMatchObject({ state: 'exempt', occurrence: 2 });
  });

  it.each([
    ['has passed', { until: '2026-11-23T09:59:59Z' }, /has passed/],
    ['is more than a year ahead', { until: '2027-11-30T00:00:00Z' }, /days ahead/],
  ])('is refused when its end %s', async (_, more, text) => {
    const world = await waiting();
    expect(await world.order({ ...order, ...more })).toMatchObject({
      done: false,
      text: expect.stringMatching(text),
    });
    expect(await read(world)).toBeUndefined();
  });

  it.each([
    ['fixed', /undo the fix/],
    ['already-compliant', /nothing of it is left/],
    ['gone', /nothing of it is left/],
  ])('is refused for what is %s', async (state, text) => {
    const world = await waiting();
    if (state === 'fixed') {
      const { planDigest: plan } = (await world.latest(finding)) ?? {};
      await world.order({ ...order, order: 'approve', plan });
    } else {
      world.open = state === 'gone' ? undefined : false;
      await world.hearMended(finding);
    }
    expect(await world.latest(finding)).toMatchObject({ state });
    expect(await world.order(order)).toMatchObject({ done: false, text: expect.stringMatching(text) });
    expect(await read(world)).toBeUndefined();
  });

  it('is refused for what was undone: that is exempt already', async () => {
    const world = await waiting();
    const { planDigest: plan } = (await world.latest(finding)) ?? {};
    await world.order({ ...order, order: 'approve', plan });
    await world.order({ ...order, order: 'undo' });
    expect(await world.order(order)).toMatchObject({
      done: false,
      text: expect.stringContaining('undo it again'),
    });
    expect(await world.latest(finding)).toMatchObject({ state: 'undone' });
  });

  it('is refused while nobody knows how far a fix came', async () => {
    const world = await waiting();
    const { planDigest: plan } = (await world.latest(finding)) ?? {};
    world.remediate = async (assignment) =>
      assignment.mode === 'apply' ? answer('failed', { applied: 1, reason: 'No.' }) : world.play(assignment);
    await world.order({ ...order, order: 'approve', plan });
    expect(await world.latest(finding)).toMatchObject({ state: 'failed', fixBegun: true });
    expect(await world.order(order)).toMatchObject({
      done: false,
      text: expect.stringContaining('not known'),
    });
    expect(await read(world)).toBeUndefined();
  });

  it.each([
    ['another occurrence', { occurrence: 2 }],
    ['another resource', { finding: { ...finding, resourceId: 'sg-00000000000000001' } }],
    ['a control that is not there', { finding: { ...finding, control: 'nothing' } }],
    ['a Region that is not watched', { finding: { ...finding, region: 'us-east-1' } }],
  ])('is refused for %s', async (_, more) => {
    const world = await waiting();
    expect(await world.order({ ...order, ...more })).toMatchObject({ done: false });
    expect(await world.latest(finding)).toMatchObject({ state: 'waiting' });
  });

  it.each(deathsUpTo(8))('that dies is completed when it is given again: %j', async ({ at, when }) => {
    const world = await waiting();
    await world.order(order, dyingDocuments(world.documents, at, when)).catch(() => {});
    world.clock.advance({ minutes: 10 });
    await world.sweep();
    expect(['waiting', 'exempt']).toContain((await world.latest(finding))?.state);
    expect(await world.order(order)).toMatchObject({ done: true });
    expect(await world.latest(finding)).toMatchObject({ state: 'exempt' });
    expect(world.applies).toEqual([]);
  });
});
