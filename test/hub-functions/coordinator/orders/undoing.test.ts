import { gunzipSync } from 'node:zlib';
import { findingId } from '../../../../core/finding';
import { utc } from '../../../../core/utc';
import { Exemptions } from '../../../../ledger/findings/exemptions';
import {
  accounts,
  answer,
  fixedState,
  testIdentity,
  testPlan,
  testPolicy,
  testState,
} from '../../../support/findings';
import { Crash, deathsUpTo, dyingDocuments } from '../dying-documents';
import { World } from '../world';

let exemptions: Exemptions;

async function newWorld(): Promise<World> {
  const { world } = World.inMemory();
  exemptions = new Exemptions(world.documents, world.tableName);
  return world;
}

/** A world whose one resource was dangerous, and is fixed. */
async function fixedWorld(): Promise<World> {
  const world = await newWorld();
  await world.receive();
  expect(await world.latest()).toMatchObject({ state: 'fixed' });
  world.asked.length = 0;
  return world;
}

const by = 'arn:aws:sts::111111111111:assumed-role/security/ada';
const inDays = (world: World, days: number) =>
  new Date(world.clock.now().getTime() + days * 86_400_000).toISOString();
const undoOrder = (world: World, more: Record<string, unknown> = {}) => ({
  order: 'undo',
  finding: testIdentity,
  occurrence: 1,
  reason: 'The partner needs it',
  until: inDays(world, 30),
  by,
  ...more,
});

describe('an order to undo', () => {
  it('opens the finding again, exempt until the expiry, and reports it with its reason', async () => {
    const world = await fixedWorld();
    const until = inDays(world, 30);
    expect(await world.order(undoOrder(world))).toMatchObject({
      done: true,
      text: `Undone. The resource is exposed again, and is not fixed again before ${utc(until)}.`,
    });
    expect(world.modes).toEqual(['undo']);
    expect(world.asked[0]).toMatchObject({ occurrence: 1, attempt: 2 });
    expect(world.open).toBe(true);
    expect(await world.latest()).toMatchObject({ state: 'undone', occurrence: 1, lookAgainAt: until });
    expect(world.reports.at(-1)).toMatchObject({
      state: 'undone',
      reason: expect.stringContaining('The partner needs it.'),
    });
    expect(world.reports.at(-1)?.reason).toContain(by);
  });

  it('keeps the resource from being fixed again, whatever messages come, and says nothing more of it', async () => {
    const world = await fixedWorld();
    await world.order(undoOrder(world));
    const reports = world.reports.length;
    await world.receive();
    world.clock.advance({ minutes: 60 * 24 * 20 });
    await world.sweep();
    await world.receive();
    expect(world.modes).not.toContain('apply');
    expect([world.open, world.reports.length]).toEqual([true, reports]);
  });

  it('lets the resource be fixed once the expiry has passed, without any message', async () => {
    const world = await fixedWorld();
    await world.order(undoOrder(world));
    world.clock.advance({ minutes: 60 * 24 * 30 + 1 });
    await world.sweep();
    expect([world.open, (await world.latest())?.state]).toEqual([false, 'fixed']);
  });

  it('holds for the next occurrence too, when the owner closed it meanwhile and opens it again', async () => {
    const world = await fixedWorld();
    await world.order(undoOrder(world));
    world.open = false;
    await world.hearMended();
    expect(await world.latest()).toMatchObject({ state: 'already-compliant' });
    world.open = true;
    await world.receive();
    expect(await world.latest()).toMatchObject({ state: 'undone', occurrence: 2 });
    expect(world.modes).not.toContain('apply');
  });

  it('may be repeated, with another expiry', async () => {
    const world = await fixedWorld();
    await world.order(undoOrder(world));
    const later = inDays(world, 60);
    world.remediate = async () => answer('undone', { state: world.state, applied: 0 });
    expect(await world.order(undoOrder(world, { until: later }))).toMatchObject({
      done: true,
      text: `It was undone already; its exemption now ends ${utc(later)}.`,
    });
    expect(await world.latest()).toMatchObject({ state: 'undone', lookAgainAt: later });
    expect(await exemptions.read(testIdentity)).toMatchObject({ until: later });
  });

  it.each([
    ['changed', { differences: ['tcp 8443 from 10.0.0.0/8 was added since.'] }],
    ['refused', { reason: 'MalformedPolicy: Invalid principal in policy' }],
    ['failed', { reason: 'AccessDenied: no', errorCode: 'AccessDenied' }],
  ] as const)('that comes to nothing because it %s leaves everything as it was', async (outcome, more) => {
    const world = await fixedWorld();
    const before = await world.latest();
    world.remediate = async () => ({ ...answer(outcome), violations: [], ...more }) as never;
    const told = await world.order(undoOrder(world));
    expect(told).toMatchObject({ done: false, text: expect.stringMatching(/^Nothing was undone\./) });
    if ('differences' in more) expect(told.differences).toEqual(more.differences);
    if ('reason' in more) expect(told.text).toContain(more.reason);
    expect(await world.latest()).toEqual({ ...before, attempt: 2, version: expect.any(Number) });
    expect(await exemptions.read(testIdentity)).toBeUndefined();
    expect(world.reports).toHaveLength(1);
  });

  it('that stops half-way keeps the exemption, and is completed by ordering it again', async () => {
    const world = await fixedWorld();
    world.remediate = async () => {
      world.open = true;
      return answer('failed', { applied: 1, reason: 'InternalError: try again' });
    };
    expect(await world.order(undoOrder(world))).toMatchObject({
      done: false,
      text: expect.stringContaining('Undone only in part'),
    });
    expect(await world.latest()).toMatchObject({ state: 'undone' });
    world.remediate = async (assignment) => world.play(assignment);
    await world.sweep();
    expect(world.open).toBe(true);
    expect(await world.order(undoOrder(world))).toMatchObject({ done: true });
  });

  it('may exempt to the end of the day that lies 365 days ahead, and not a moment longer', async () => {
    const world = await fixedWorld();
    const latest = '2027-11-24T00:00:00.000Z';
    const until = new Date(Date.parse(latest) + 1).toISOString();
    expect(await world.order(undoOrder(world, { until }))).toMatchObject({
      done: false,
      text: expect.stringContaining('more than 365 days ahead'),
    });
    expect(await world.order(undoOrder(world, { until: latest }))).toMatchObject({ done: true });
  });

  it('works where the flag is off by now: people decide', async () => {
    const world = await fixedWorld();
    world.policy = { ...testPolicy, accounts: {} };
    expect(await world.order(undoOrder(world))).toMatchObject({ done: true });
    expect(await world.latest()).toMatchObject({ state: 'undone', flag: 'off' });
  });

  it('leaves no message on the queue while every flag is off', async () => {
    const world = await fixedWorld();
    await world.order(undoOrder(world));
    world.policy = { ...testPolicy, accounts: {} };
    await expect(world.receive()).resolves.toBeUndefined();
    expect(await world.latest()).toMatchObject({ state: 'undone' });
  });

  it.each([
    ['no such finding', { finding: { ...testIdentity, resourceId: 'sg-00000000000000000' } }, /no finding/],
    ['an occurrence that does not exist', { occurrence: 7 }, /no occurrence 7/],
    ['an expiry that has passed', { until: '2020-01-01T00:00:00Z' }, /has passed/],
    ['an expiry too far ahead', { until: '2090-01-01T00:00:00Z' }, /more than 365 days/],
    ['a control that does not exist', { finding: { ...testIdentity, control: 'nothing' } }, /no control/],
    ['a Region that is not watched', { finding: { ...testIdentity, region: 'us-east-1' } }, /not watched/],
    [
      'an account outside the organization',
      { finding: { ...testIdentity, accountId: '000000000000' } },
      /not there/,
    ],
  ])('is refused for %s, and asks nothing of the account', async (_name, more, text) => {
    const world = await fixedWorld();
    expect(await world.order(undoOrder(world, more))).toEqual({
      version: 2,
      done: false,
      text: expect.stringMatching(text),
    });
    expect(world.asked).toEqual([]);
    expect(await world.latest()).toMatchObject({ state: 'fixed' });
  });

  it('is refused while somebody works on the finding', async () => {
    const world = await newWorld();
    const told: string[] = [];
    world.remediate = async (assignment) => {
      if (assignment.mode === 'apply') told.push((await world.order(undoOrder(world))).text);
      return world.play(assignment);
    };
    await world.receive();
    expect(told).toEqual([expect.stringContaining('Somebody works on it right now.')]);
    expect([world.modes, world.open]).toEqual([['plan', 'apply'], false]);
  });

  it('waits a little for whoever works on the finding', async () => {
    const world = await fixedWorld();
    const seen = await world.ledger.latest(testIdentity);
    if (!seen) throw new Error('There is no finding.');
    const lease = { holder: 'other', until: new Date(world.clock.now().getTime() + 2_500).toISOString() };
    await world.ledger.replace(seen, { ...seen, lease });
    world.whilePausing = (milliseconds) => world.clock.advance({ minutes: milliseconds / 60_000 });
    expect(await world.order(undoOrder(world))).toMatchObject({ done: true });
  });

  it('is refused when the resource was fixed again since, and says which fix is the last', async () => {
    const world = await fixedWorld();
    world.open = true;
    await world.receive();
    expect(await world.latest()).toMatchObject({ occurrence: 2, state: 'fixed' });
    expect((await world.order(undoOrder(world))).text).toContain(
      `The resource was fixed again since: undo ${findingId(testIdentity, 2)}`,
    );
    expect(world.open).toBe(false);
  });

  it('asks the saved states also of what was found compliant: a fix may not have been heard of', async () => {
    const world = await newWorld();
    world.remediate = async (assignment) => {
      const result = world.play(assignment);
      return assignment.mode === 'apply' ? { ...answer('failed'), unconfirmed: true } : result;
    };
    await world.receive();
    world.policy = { ...testPolicy, accounts: {} };
    world.clock.advance({ minutes: 5 });
    await world.sweep();
    expect((await world.latest())?.state).toBe('already-compliant');
    expect(await world.order(undoOrder(world))).toMatchObject({ done: true });
    expect((await world.latest())?.state).toBe('undone');
  });

  it('is refused where no fix was ever begun, asks nothing of the account, and leaves it as it was', async () => {
    const world = await newWorld();
    const finding = { ...testIdentity, accountId: accounts.off };
    await world.receive(finding);
    const before = await world.latest(finding);
    expect((await world.order(undoOrder(world, { finding }))).text).toContain('No fix of it was ever begun');
    expect(world.modes).toEqual(['plan']);
    expect(await world.latest(finding)).toEqual({ ...before, attempt: 2, version: expect.any(Number) });
  });

  it('hands over what was saved of the fix, and nothing else', async () => {
    const world = await fixedWorld();
    await world.order(undoOrder(world));
    const [asked] = world.asked;
    if (asked?.mode !== 'undo') throw new Error('No undo was asked for.');
    const { steps, after } = JSON.parse(gunzipSync(Buffer.from(asked.history, 'base64')).toString());
    expect([steps, after]).toEqual([
      [{ before: testState, changes: testPlan.changes, made: testPlan.changes }],
      fixedState,
    ]);
  });

  it('opens no occurrence behind the back of an order that came between a look and what it led to', async () => {
    const world = await fixedWorld();
    let ordered = false;
    world.remediate = async (assignment) => {
      if (assignment.mode === 'plan' && !ordered) {
        ordered = true;
        expect(await world.order(undoOrder(world))).toMatchObject({ done: true });
      }
      return world.play(assignment);
    };
    await world.receive();
    expect(await world.latest()).toMatchObject({ occurrence: 1, state: 'undone' });
    expect(world.modes).not.toContain('apply');
  });

  it('that nobody heard the end of is looked into: what it changed is undone, what it did not is fixed', async () => {
    for (const changed of [true, false]) {
      const world = await fixedWorld();
      world.remediate = async (assignment) => {
        if (assignment.mode !== 'undo') return world.play(assignment);
        if (changed) world.open = true;
        return { ...answer('failed', { reason: 'Timed out.' }), unconfirmed: true };
      };
      expect((await world.order(undoOrder(world))).text).toContain('The end of the undo is unconfirmed');
      world.clock.advance({ minutes: 5 });
      await world.receive();
      expect(await world.latest()).toMatchObject({ state: changed ? 'undone' : 'fixed', occurrence: 1 });
      expect((await exemptions.read(testIdentity)) !== undefined).toBe(changed);
      expect(world.modes).not.toContain('apply');
    }
  });

  it('that stopped half-way while the resource still complies is not called fixed', async () => {
    const world = await fixedWorld();
    world.fixStands = false;
    world.remediate = async (assignment) =>
      assignment.mode === 'undo' ? answer('failed', { applied: 1, reason: 'No.' }) : world.play(assignment);
    await world.order(undoOrder(world));
    await world.receive();
    expect(await world.latest()).toMatchObject({
      state: 'undone',
      reason: expect.stringContaining('stopped half-way'),
    });
    expect(await exemptions.read(testIdentity)).toBeDefined();
  });

  it('exempts the resource, and none that takes its place', async () => {
    const world = await fixedWorld();
    await world.order(undoOrder(world));
    world.open = undefined;
    await world.hearMended();
    expect((await world.latest())?.state).toBe('gone');
    world.open = true;
    await world.receive();
    expect([world.open, (await world.latest())?.state]).toEqual([false, 'fixed']);
  });

  it('keeps a half-applied fix from being completed', async () => {
    const world = await newWorld();
    world.remediate = async (assignment) => {
      const result = world.play(assignment);
      return assignment.mode === 'apply' ? answer('failed', { applied: 1, reason: 'Half.' }) : result;
    };
    await world.receive();
    const dying = dyingDocuments(world.documents, 15, 'before');
    await world.order(undoOrder(world), dying).catch(() => undefined);
    expect(await exemptions.read(testIdentity)).toBeDefined();
    world.asked.length = 0;
    world.fixStands = false;
    world.clock.advance({ minutes: 10 });
    await world.sweep();
    expect(world.modes).not.toContain('apply');
    expect(await world.latest()).toMatchObject({ state: 'undone' });
  });
});

describe('an undo whose coordinator dies', () => {
  it.each(deathsUpTo(24))(
    '$when its call number $at to the ledger is not fixed again, and is completed by ordering it again',
    async ({ at, when }) => {
      const world = await fixedWorld();
      const order = undoOrder(world);
      const tableDocuments = dyingDocuments(world.documents, at, when);
      await world.order(order, tableDocuments).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      const opened = world.open;

      world.clock.advance({ minutes: 10 });
      await world.sweep();
      await world.receive();
      // What was given back stays; what was not stays fixed.
      expect(world.open).toBe(opened);
      expect(await world.latest()).toMatchObject({ state: opened ? 'undone' : 'fixed' });
      expect(world.modes).not.toContain('apply');

      expect(await world.order(order)).toMatchObject({ done: true });
      expect([world.open, (await world.latest())?.state]).toEqual([true, 'undone']);
      await world.receive();
      expect(world.open).toBe(true);
    },
  );
});
