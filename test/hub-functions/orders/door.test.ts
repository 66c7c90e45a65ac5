import { randomUUID } from 'node:crypto';
import { policyDigest } from '../../../config/policy-digest';
import { planDigest } from '../../../core/plan-digest';
import { PolicyNames } from '../../../ledger/organization/policy-names';
import { accounts, testIdentity, testPlan } from '../../support/findings';
import { ada, eve, operator, ownersOf, personNamed, roleOf } from '../../support/orderers';
import { DoorWorld, organization, unit } from './door-world';

const finding = { ...testIdentity, accountId: accounts.approval };
const named = { finding, occurrence: 1 };
const approve = { ...named, order: 'approve', plan: planDigest(testPlan) };
const pause = { order: 'pause', scope: 'organization', reason: 'An incident' };

/** A world whose one finding waits for an approval. */
async function waiting(policy: ConstructorParameters<typeof DoorWorld>[0] = {}): Promise<DoorWorld> {
  const door = new DoorWorld(policy);
  await door.world.receive(finding);
  expect(await door.world.latest(finding)).toMatchObject({ state: 'waiting' });
  return door;
}
const applies = (door: DoorWorld) => door.world.applies.length;

describe('an order', () => {
  it('is carried out by the coordinator, in the name of whom AWS has verified', async () => {
    const door = await waiting();
    expect(await door.answer(approve, ada)).toMatchObject({
      status: 200,
      done: true,
      text: 'Approved, and fixed.',
    });
    expect(door.world.reports.at(-1)).toMatchObject({ state: 'fixed' });
    expect(door.world.logged).toContainEqual({
      message: 'Carried out an order',
      details: expect.objectContaining({ by: `ada@example.com (SecurityTeam in account ${accounts.hub})` }),
    });
  });

  it('goes to the coordinator by its key alone', async () => {
    const door = await waiting();
    const key = randomUUID();
    await door.send({ ...approve, key });
    expect(door.invoked).toEqual([{ orderKey: key }]);
  });

  it('has no name but the verified one: a claimed one is ignored, and logged', async () => {
    const door = new DoorWorld();
    await door.answer({ ...pause, by: 'arn:aws:iam::111111111111:user/ceo' }, ada);
    const [stop] = await door.world.parts().stopSwitch.stops();
    expect(stop?.by).toBe(`ada@example.com (SecurityTeam in account ${accounts.hub})`);
    expect(door.logs('A claimed name is ignored')).toEqual([
      expect.objectContaining({ claimed: '"arn:aws:iam::111111111111:user/ceo"', actor: stop?.by }),
    ]);
  });

  it.each([
    ['nobody', {}],
    ['a service', { accountId: accounts.hub, userArn: 'lambda.amazonaws.com' }],
    ['a caller of another account than its ARN', { ...operator, accountId: accounts.on }],
    [
      'a federated user',
      { accountId: accounts.hub, userArn: `arn:aws:sts::${accounts.hub}:federated-user/x` },
    ],
  ])('of %s is refused and logged, and nothing is written', async (_, who) => {
    const door = new DoorWorld();
    expect(await door.answer(pause, who)).toMatchObject({ status: 403, done: false });
    expect(door.logs('Refused a caller')).toHaveLength(1);
    expect(door.tables.items('ledger')).toEqual([]);
  });
});

describe('an order that is sent again', () => {
  it('has the same answer, and no other effect', async () => {
    const door = await waiting();
    const order = { ...approve, key: randomUUID() };
    const first = await door.send(order);
    expect(await door.send(order)).toEqual(first);
    expect([applies(door), door.invoked.length]).toEqual([1, 1]);
  });

  it('has one effect when it is sent twice at once', async () => {
    const door = await waiting();
    const order = { ...approve, key: randomUUID() };
    const [one, other] = await Promise.all([door.send(order), door.send(order)]);
    expect(one).toEqual(other);
    expect(applies(door)).toBe(1);
  });

  it.each([
    ['by somebody else', approve, ada],
    ['with another order', { ...approve, order: 'retry' }, operator],
    ['with another reason', { ...approve, reason: 'Because' }, operator],
  ])('%s is refused, and nothing is done', async (_, other, who) => {
    const door = await waiting();
    const key = randomUUID();
    await door.send({ ...approve, key });
    const before = door.tables.items('ledger').length;
    const { status, body } = await door.send({ ...other, key }, who);
    expect([status, 'text' in body && body.text]).toEqual([
      409,
      expect.stringContaining('belongs to another'),
    ]);
    expect(door.logs('Refused a key')).toHaveLength(1);
    expect([door.tables.items('ledger').length, door.invoked.length]).toEqual([before, 1]);
  });

  it('is the same by another session of the same role, and not by another person', async () => {
    const door = await waiting();
    const order = { ...pause, key: randomUUID() };
    const first = await door.send(order, roleOf(accounts.hub, 'operator', 'monday'));
    expect(await door.send(order, roleOf(accounts.hub, 'operator', 'tuesday'))).toEqual(first);
    const own = { ...pause, key: randomUUID() };
    await door.send(own, ada);
    expect(await door.send(own, eve)).toMatchObject({ status: 409 });
  });

  it('while the coordinator works on it is answered later, and not given to it again', async () => {
    const door = await waiting();
    const order = { ...approve, key: randomUUID() };
    let finish = () => {};
    const begun = new Promise<void>((tell) => {
      door.world.remediate = async (assignment) => {
        tell();
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        return door.world.play(assignment);
      };
    });
    door.isHurried = true;
    let work = Promise.resolve();
    door.invoke = (event) => {
      work = door.coordinate(event);
      return work;
    };
    const working = { status: 202, body: { version: 2, key: order.key, working: true } };
    expect(await door.send(order)).toEqual(working);
    await begun;
    expect(await door.send(order)).toEqual(working);
    door.world.remediate = async (assignment) => door.world.play(assignment);
    finish();
    await work;
    expect(await door.send(order)).toMatchObject({ status: 200, body: { done: true } });
    expect([door.invoked.length, applies(door)]).toEqual([1, 1]);
  });

  it('is carried out when the coordinator could not be invoked before', async () => {
    const door = await waiting();
    const order = { ...approve, key: randomUUID() };
    door.invoke = async () => {
      throw new Error('Rate exceeded');
    };
    expect(await door.send(order)).toMatchObject({
      status: 503,
      body: { done: false, text: expect.stringContaining('with the same key') },
    });
    door.invoke = (event) => door.coordinate(event);
    expect(await door.send(order)).toMatchObject({ status: 200, body: { done: true } });
    expect(applies(door)).toBe(1);
  });

  it('is not carried out any more once its giver may not order it', async () => {
    const door = await waiting();
    const order = { ...approve, key: randomUUID() };
    door.invoke = async () => {
      throw new Error('Rate exceeded');
    };
    await door.send(order, ada);
    door.invoke = (event) => door.coordinate(event);
    door.world.policy = { ...door.world.policy, people: { entries: [], twoPersons: [] } };
    expect(await door.send(order, ada)).toMatchObject({ status: 403 });
    expect([applies(door), (await door.kept.read(order.key))?.state]).toEqual([0, 'given']);
  });
});

describe('who may what', () => {
  it('is refused with what would allow it, and recorded, and the coordinator hears nothing of it', async () => {
    const door = await waiting();
    const order = { ...approve, key: randomUUID() };
    const developer = roleOf(accounts.approval, 'Developer');
    const refused = await door.answer(order, developer);
    expect(refused).toMatchObject({ status: 403, done: false });
    expect(refused.text).toContain('has approve in may');
    expect(await door.kept.read(order.key)).toMatchObject({
      state: 'refused',
      actor: { account: accounts.approval, name: 'Developer' },
      answer: { text: refused.text },
    });
    expect(door.logs('Refused an order')).toEqual([expect.objectContaining({ why: refused.text })]);
    expect(door.invoked).toEqual([]);
    const [item] = door.tables.items('ledger').filter(({ state }) => state === 'refused');
    const day = 24 * 60 * 60;
    expect(Number(item?.expiresAt) - Math.ceil(Date.parse(String(item?.at)) / 1000)).toBe(day);
    expect(await door.answer(order, developer)).toEqual(refused);
  });

  it('lets owners decide in their own account, and in no other', async () => {
    const door = await waiting();
    expect(await door.answer(approve, ownersOf(accounts.on))).toMatchObject({ status: 403 });
    expect(await door.answer(approve, ownersOf(accounts.approval))).toMatchObject({ done: true });
  });

  it.each([
    ['an account that is not in the organization', '000000000000', /not in the organization/],
    ['a unit that is not there', 'ou-root-nowhere1', /There is no organizational unit/],
  ])('refuses a pause of %s', async (_, scope, text) => {
    const door = new DoorWorld();
    expect(await door.answer({ ...pause, scope })).toMatchObject({
      status: 403,
      text: expect.stringMatching(text),
    });
  });

  it.each([['organization'], [accounts.on], [unit], ['r-root']])('allows a pause of %s', async (scope) => {
    const door = new DoorWorld();
    expect(await door.answer({ ...pause, scope })).toMatchObject({ status: 200, done: true });
  });

  it('is not told without a tree of the organization: only what is about all of it is ordered then', async () => {
    const door = await waiting();
    door.tree = undefined;
    const before = door.tables.items('ledger').length;
    expect(await door.answer(approve)).toMatchObject({
      status: 503,
      text: expect.stringContaining('no tree'),
    });
    expect(door.tables.items('ledger')).toHaveLength(before);
    expect(await door.answer(pause)).toMatchObject({ status: 200, done: true });
  });

  it('is not told while the names of the policy are not bound', async () => {
    const named = { flag: 'off', source: 'organization.yaml:14', controls: {} } as const;
    const door = new DoorWorld({ accounts: { on: named } });
    const names = new PolicyNames(door.world.documents, 'ledger');
    const bound = { accounts: { on: accounts.on }, units: {} };
    const unknown = { status: 503, text: expect.stringContaining('not known yet') };
    expect(await door.answer({ ...pause, scope: accounts.on })).toMatchObject(unknown);
    await names.write({ digest: 'of another policy', bound }, 0);
    expect(await door.answer({ ...pause, scope: accounts.on })).toMatchObject(unknown);
    await names.write({ digest: policyDigest(door.world.policy), bound }, 1);
    expect(await door.answer({ ...pause, scope: accounts.on })).toMatchObject({ status: 200 });
  });

  it('is refused to everybody where the account is closed', async () => {
    const door = await waiting();
    const closed = { ...organization.accounts.get(accounts.approval), closed: true };
    door.tree = {
      ...organization,
      accounts: new Map([...organization.accounts, [accounts.approval, closed as never]]),
    };
    expect(await door.answer(approve)).toMatchObject({
      status: 403,
      text: expect.stringContaining('closed'),
    });
  });
});

describe('what changes nothing', () => {
  it('whoami: tells everybody whom the hub takes them for, and what they may', async () => {
    const door = new DoorWorld();
    const owner = await door.answer({ order: 'whoami' }, ownersOf(accounts.on));
    expect(owner.text).toBe(
      `You are role StaunchOwners of account ${accounts.on} (calls itself "somebody").`,
    );
    expect(owner.rights?.map(({ right }) => right)).toContain('approve');
    const nobody = await door.answer({ order: 'whoami' }, roleOf(accounts.on, 'Developer'));
    expect(nobody).toMatchObject({ status: 200, rights: [] });
  });

  it('policy: tells it to who may preview, and to nobody else', async () => {
    const door = new DoorWorld();
    const told = await door.answer({ order: 'policy' });
    expect(JSON.parse(told.policy ?? '')).toEqual(door.world.policy);
    const refused = await door.answer({ order: 'policy' }, ownersOf(accounts.on));
    expect(refused).toMatchObject({ status: 403, text: expect.stringContaining('preview') });
    expect(refused.policy).toBeUndefined();
    expect(door.invoked).toEqual([]);
  });

  it('without people in the policy, principals of the hub preview and pause, and nothing else', async () => {
    const door = await waiting({ people: undefined });
    const hub = personNamed('ada@example.com');
    expect(await door.answer({ order: 'policy' }, hub)).toMatchObject({ status: 200 });
    expect(await door.answer(pause, hub)).toMatchObject({ status: 200 });
    expect(await door.answer({ order: 'resume', scope: 'organization' }, hub)).toMatchObject({ status: 403 });
    expect(await door.answer(approve, hub)).toMatchObject({ status: 403 });
    expect(await door.answer(pause, ownersOf(accounts.on))).toMatchObject({ status: 403 });
  });
});
