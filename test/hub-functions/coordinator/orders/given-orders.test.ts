import { randomUUID } from 'node:crypto';
import type { Actor } from '../../../../core/actor';
import { orderSchema } from '../../../../core/order';
import { planDigest } from '../../../../core/plan-digest';
import { nameOfScope } from '../../../../ledger/limits/stop';
import type { KeptOrder } from '../../../../ledger/orders/orders';
import { accounts, testIdentity, testPlan } from '../../../support/findings';
import { peopleWith } from '../../../support/orderers';
import { DoorWorld, unit } from '../../orders/door-world';
import { deathsUpTo, dyingDocuments } from '../dying-documents';

const operator: Actor = {
  kind: 'aws',
  account: accounts.hub,
  type: 'role',
  name: 'operator',
  session: 'somebody',
};
const owner: Actor = { ...operator, account: accounts.on, name: 'StaunchOwners' };

type More = Partial<Omit<KeptOrder, 'order' | 'state'>> & { order?: object; state?: KeptOrder['state'] };

/** An order as the orders function writes it down. @returns its key */
async function given(door: DoorWorld, more: More = {}): Promise<string> {
  const key = randomUUID();
  const said = { version: 2, key, order: 'pause', scope: accounts.on, reason: 'An incident', ...more.order };
  const base = { version: 0, key, actor: operator, digest: '', at: door.world.clock.now().toISOString() };
  const parts = { ...base, tries: 0, ...more, order: orderSchema.parse(said) };
  // Whatever state it is to be in has its parts.
  await door.kept.write({ state: 'given', ...parts } as KeptOrder, 0);
  return key;
}
function answerIn(kept: KeptOrder | undefined) {
  if (kept && 'answer' in kept) return kept.answer;
  throw new Error('It is not answered.');
}
const stops = (door: DoorWorld) => door.world.parts().stopSwitch.stops();
const logged = (door: DoorWorld) => door.world.logged.map(({ message }) => message);

describe('the coordinator, invoked', () => {
  it('carries out the order of a key, and writes its answer', async () => {
    const door = new DoorWorld();
    const orderKey = await given(door);
    await door.coordinate({ orderKey });
    expect(await stops(door)).toMatchObject([{ scope: accounts.on }]);
    expect(await door.kept.read(orderKey)).toMatchObject({
      state: 'answered',
      answer: { done: true },
      tries: 1,
    });
  });

  it.each<[string, unknown]>([
    [
      'an order as it was given before',
      { order: { order: 'pause', scope: 'organization', reason: 'x', by: 'ceo' } },
    ],
    ['the older form of that', { version: 1, order: 'pause', scope: 'organization', reason: 'x', by: 'ceo' }],
    ['nothing', undefined],
    ['a text', 'pause'],
    ['a key beside an order', { orderKey: randomUUID(), order: { order: 'pause' } }],
    ['a key that is none', { orderKey: 'proposal#x' }],
    ['a list', [{ orderKey: randomUUID() }]],
  ])('with %s, does nothing, and logs what it was', async (_, event) => {
    const door = new DoorWorld();
    await door.coordinate(event);
    expect(door.world.logged).toEqual([
      {
        message: expect.stringContaining('nothing was done'),
        details: { said: JSON.stringify(event) ?? 'undefined' },
      },
    ]);
    expect(door.tables.items('ledger')).toEqual([]);
  });

  it('with the key of no order does nothing, and logs it', async () => {
    const door = new DoorWorld();
    await door.coordinate({ orderKey: randomUUID() });
    expect(logged(door)).toEqual([expect.stringContaining('nothing was done')]);
  });

  it.each(['refused', 'proposed', 'answered'] as const)(
    'with the key of an order that is %s does nothing',
    async (state) => {
      const door = new DoorWorld();
      const answer = { version: 2 as const, done: false, text: 'No.' };
      const orderKey = await given(door, { state, answer } as More);
      const before = await door.kept.read(orderKey);
      await door.coordinate({ orderKey });
      expect(await stops(door)).toEqual([]);
      expect(await door.kept.read(orderKey)).toEqual(before);
    },
  );

  it('leaves an item that cannot be understood as it is, and says so', async () => {
    const door = new DoorWorld();
    const orderKey = await given(door);
    const [item] = door.tables.items('ledger');
    door.tables.put('ledger', { ...item, order: '{"order":"destroy"}' });
    await door.coordinate({ orderKey });
    expect(logged(door)).toEqual(['An order cannot be read: nothing was done']);
  });

  it.each(['findings', 'whoami', 'policy'])(
    'carries out no %s: that is answered where it arrives',
    async (order) => {
      const door = new DoorWorld();
      const orderKey = await given(door, { order: { order } });
      await door.coordinate({ orderKey });
      expect(await door.kept.read(orderKey)).toMatchObject({ state: 'refused' });
    },
  );
});

describe('an order that the coordinator has', () => {
  it('is left to who has it before its lease is over, and is carried out then', async () => {
    const door = new DoorWorld();
    const until = '2026-11-23T10:05:00.000Z';
    const orderKey = await given(door, { state: 'taken', holder: 'dead', until } as More);
    await door.coordinate({ orderKey });
    expect(await stops(door)).toEqual([]);
    door.world.clock.advance({ minutes: 5 });
    await door.coordinate({ orderKey });
    expect(await stops(door)).toHaveLength(1);
    expect(await door.kept.read(orderKey)).toMatchObject({ state: 'answered' });
  });

  it('is carried out by one when two come at once', async () => {
    const door = new DoorWorld();
    const orderKey = await given(door);
    await Promise.all([door.coordinate({ orderKey }), door.coordinate({ orderKey })]);
    expect(door.world.notices).toHaveLength(1);
    expect(logged(door)).toContain('Another invocation carries out the order');
  });

  it('is given again at once after an error, and completed when its key comes again', async () => {
    const door = new DoorWorld();
    const orderKey = await given(door);
    let puts = 0;
    door.tables.before = (command) => {
      // It is taken with the first.
      if (command === 'PutCommand' && ++puts === 2) throw new Error('It hangs up.');
    };
    await expect(door.coordinate({ orderKey })).rejects.toThrow('It hangs up.');
    expect(await door.kept.read(orderKey)).toMatchObject({ state: 'given', tries: 1 });
    await door.coordinate({ orderKey });
    expect(await door.kept.read(orderKey)).toMatchObject({ state: 'answered', tries: 2 });
  });

  it('stays given while somebody works on the finding, and is carried out after that', async () => {
    const door = new DoorWorld();
    const { world } = door;
    world.remediate = async () => {
      throw new Error('It dies.');
    };
    await world.receive().catch(() => {});
    const order = {
      order: 'exempt',
      finding: testIdentity,
      occurrence: 1,
      reason: 'x',
      until: '2026-12-01T00:00:00Z',
    };
    const orderKey = await given(door, { order });
    await door.coordinate({ orderKey });
    expect(await door.kept.read(orderKey)).toMatchObject({ state: 'given' });
    world.remediate = async (assignment) => world.play(assignment);
    world.clock.advance({ minutes: 10 });
    await door.coordinate({ orderKey });
    expect(await door.kept.read(orderKey)).toMatchObject({ state: 'answered', answer: { done: true } });
  });

  it.each(deathsUpTo(7))('has one effect and an answer, when its process dies: %j', async ({ at, when }) => {
    const door = new DoorWorld();
    const orderKey = await given(door);
    const dying = door.givenOrders(dyingDocuments(door.world.documents, at, when));
    await dying.take({ orderKey }, () => 180_000).catch(() => {});
    door.world.clock.advance({ minutes: 5 });
    await door.coordinate({ orderKey });
    expect(await door.kept.read(orderKey)).toMatchObject({ state: 'answered', answer: { done: true } });
    expect(await stops(door)).toHaveLength(1);
    await door.world.sweep();
    expect(new Set(door.world.notices.map(({ noticeId }) => noticeId)).size).toBe(1);
  });
});

describe('who may order is asked again where it takes effect:', () => {
  it('an order of owners whose account is another one is refused', async () => {
    const door = new DoorWorld();
    const orderKey = await given(door, { actor: owner, order: { scope: accounts.approval } });
    await door.coordinate({ orderKey });
    expect(await door.kept.read(orderKey)).toMatchObject({ state: 'refused' });
    expect(await stops(door)).toEqual([]);
    expect(logged(door)).toContain('Refused an order');
  });

  it('an order that takes two persons, and has one, is refused', async () => {
    const door = new DoorWorld();
    const people = door.world.policy.people;
    door.world.policy = {
      ...door.world.policy,
      ...(people && { people: { ...people, twoPersons: ['pause'] } }),
    };
    const orderKey = await given(door);
    await door.coordinate({ orderKey });
    expect(await door.kept.read(orderKey)).toMatchObject({
      state: 'refused',
      answer: { text: 'It takes two persons.' },
    });
  });

  it('an order about an account that nobody can locate stays given', async () => {
    const door = new DoorWorld();
    door.world.untold = [accounts.on];
    const orderKey = await given(door);
    await door.coordinate({ orderKey });
    expect(await door.kept.read(orderKey)).toMatchObject({ state: 'given' });
    expect(await stops(door)).toEqual([]);
  });
});

describe('an approval that was given before a denial, and comes to the coordinator after it', () => {
  const finding = { ...testIdentity, accountId: accounts.approval };
  const decision = { finding, occurrence: 1, plan: planDigest(testPlan) };

  it('fixes nothing: the denial was decided last', async () => {
    const door = new DoorWorld();
    await door.world.receive(finding);
    const late = await given(door, { order: { ...decision, order: 'approve' } });
    door.world.clock.advance({ minutes: 1 });
    await door.coordinate({ orderKey: await given(door, { order: { ...decision, order: 'deny' } }) });
    await door.coordinate({ orderKey: late });
    expect(await door.kept.read(late)).toMatchObject({
      state: 'answered',
      answer: { done: false, text: expect.stringContaining('was denied after this was ordered') },
    });
    expect([await door.world.latest(finding), door.world.applies]).toMatchObject([{ state: 'denied' }, []]);
  });
});

describe('a pause that is there', () => {
  const forever = { order: 'pause', scope: accounts.on, reason: 'An incident' };
  const soonOver = { ...forever, reason: 'Over at once', until: '2026-11-23T10:00:01.000Z' };
  /** Owners may pause, and end no pause. */
  const onlyPausing = () => ({
    entries: peopleWith().entries.map((entry) => ({
      ...entry,
      may: entry.may.filter((right) => right !== 'thaw' || !entry.who.some((who) => 'owners' in who)),
    })),
  });

  it('is not ended sooner by who may pause alone', async () => {
    const door = new DoorWorld({ people: peopleWith(onlyPausing()) });
    await door.coordinate({ orderKey: await given(door, { order: forever }) });
    const orderKey = await given(door, { actor: owner, order: soonOver });
    await door.coordinate({ orderKey });
    expect(await door.kept.read(orderKey)).toMatchObject({
      state: 'answered',
      answer: { done: false, text: expect.stringContaining('the right thaw') },
    });
    expect(await stops(door)).toMatchObject([{ reason: 'An incident' }]);
    expect(door.world.notices).toHaveLength(1);
  });

  it('is not ended sooner by one of two persons whom it takes to end it', async () => {
    const door = new DoorWorld({ people: peopleWith({ twoPersons: ['thaw'] }) });
    await door.coordinate({ orderKey: await given(door, { order: forever }) });
    await door.coordinate({ orderKey: await given(door, { order: soonOver }) });
    expect(await stops(door)).toMatchObject([{ reason: 'An incident' }]);
  });

  it('is ended sooner by who may end it', async () => {
    const door = new DoorWorld();
    await door.coordinate({ orderKey: await given(door, { order: forever }) });
    await door.coordinate({ orderKey: await given(door, { order: soonOver }) });
    expect(await stops(door)).toMatchObject([{ reason: 'Over at once' }]);
  });

  it.each<[string, string, object, string[]]>([
    ['who may resume everything', accounts.approval, {}, ['everywhere', 'unit', 'other']],
    [
      'owners',
      accounts.approval,
      { actor: { ...owner, account: accounts.approval } },
      ['everywhere', 'unit'],
    ],
    ['owners of an account elsewhere', accounts.on, { actor: owner }, ['everywhere']],
  ])('is named to %s after a resumption, as far as it is theirs', async (_, scope, giver, named) => {
    const door = new DoorWorld();
    const scopes = { everywhere: 'organization', unit, other: accounts.off };
    for (const each of [...Object.values(scopes), scope])
      await door.coordinate({ orderKey: await given(door, { order: { ...forever, scope: each } }) });
    const orderKey = await given(door, { order: { order: 'resume', scope }, ...giver });
    await door.coordinate({ orderKey });
    const { text } = answerIn(await door.kept.read(orderKey));
    const told = Object.entries(scopes).filter(([, id]) => text.includes(nameOfScope(id)));
    expect(told.map(([name]) => name)).toEqual(named);
  });

  it('stays where the order to resume was given before it, and carried out again after it', async () => {
    const door = new DoorWorld();
    await door.coordinate({ orderKey: await given(door, { order: forever }) });
    const orderKey = await given(door, { order: { order: 'resume', scope: accounts.on } });
    let puts = 0;
    door.tables.before = (command, { Item }) => {
      // It is taken, and told; then the coordinator dies.
      if (command === 'PutCommand' && String(Item?.finding).startsWith('order#') && ++puts > 1)
        throw new Error('It hangs up.');
    };
    await expect(door.coordinate({ orderKey })).rejects.toThrow('It hangs up.');
    door.tables.before = () => {};
    expect(await stops(door)).toEqual([]);
    door.world.clock.advance({ minutes: 10 });
    await door.coordinate({ orderKey: await given(door, { order: { ...forever, reason: 'Another' } }) });
    await door.coordinate({ orderKey });
    expect(await door.kept.read(orderKey)).toMatchObject({
      state: 'answered',
      answer: { done: false, text: expect.stringContaining('paused again') },
    });
    expect(await stops(door)).toMatchObject([{ reason: 'Another' }]);
  });
});
