import { randomUUID } from 'node:crypto';
import { actorText } from '../../../core/actor';
import { findingId } from '../../../core/finding';
import { noticeSubject } from '../../../core/notice';
import type { OrderRequest } from '../../../core/order';
import { utc } from '../../../core/utc';
import { Exemptions } from '../../../ledger/findings/exemptions';
import { accounts, testIdentity } from '../../support/findings';
import { ada, eve, glassBreaker, operator, peopleWith, personNamed } from '../../support/orderers';
import { DoorWorld } from './door-world';

const day = 24 * 60;
const until = '2026-12-20T00:00:00.000Z';
const named = { finding: testIdentity, occurrence: 1 };
const undo = { ...named, order: 'undo', reason: 'The partner needs it', until };
const people = peopleWith({ twoPersons: ['undo', 'exempt'] });

/** A world whose one finding was fixed. */
async function fixed(): Promise<DoorWorld> {
  const door = new DoorWorld({ people });
  await door.world.receive();
  expect(await door.world.latest()).toMatchObject({ state: 'fixed' });
  return door;
}
const state = async (door: DoorWorld) => (await door.world.latest())?.state;
const exemption = (door: DoorWorld) =>
  new Exemptions(door.world.documents, door.world.tableName).read(testIdentity);

describe('an order that takes two persons', () => {
  it('is kept when the first one gives it, and carried out when another one does, in the name of both', async () => {
    const door = await fixed();
    const first = await door.answer(undo, ada);
    const waitsUntil = '2026-11-24T10:00:00.000Z';
    expect(first).toMatchObject({ status: 200, done: false, waitsUntil });
    expect(first.text).toContain(`before ${utc(waitsUntil)}`);
    expect([await state(door), door.invoked]).toEqual(['fixed', []]);
    expect(await door.answer(undo, eve)).toMatchObject({ status: 200, done: true });
    expect(await state(door)).toBe('undone');
    const { by } = (await exemption(door)) ?? {};
    expect(by).toBe(
      ['ada', 'eve']
        .map((who) => `${who}@example.com (SecurityTeam in account ${accounts.hub})`)
        .join(' and '),
    );
  });

  it('is not carried out when the same person gives it again, in whatever account and spelling', async () => {
    const door = await fixed();
    const [first, ...others] = people.entries;
    const alike = { person: { permissionSet: 'Admins', email: 'ADA@example.com', account: accounts.hub } };
    const entries = first ? [{ ...first, who: [...first.who, alike] }, ...others] : [];
    door.world.policy = { ...door.world.policy, people: { ...people, entries } };
    for (const who of [ada, ada, personNamed('ADA@example.com', 'Admins')]) {
      expect(await door.answer(undo, who)).toMatchObject({ status: 200, done: false });
    }
    expect([await state(door), door.invoked]).toEqual(['fixed', []]);
  });

  it('tells a role that it is no person, whether it is the first or the second', async () => {
    const door = await fixed();
    const refused = { status: 403, text: expect.stringContaining('is no person') };
    expect(await door.answer(undo, operator)).toMatchObject(refused);
    await door.answer(undo, ada);
    expect(await door.answer(undo, operator)).toMatchObject(refused);
    expect(await state(door)).toBe('fixed');
  });

  it('does no more than both have said: it ends when the first of them says, and has the reasons of both', async () => {
    const door = await fixed();
    const sooner = '2026-12-01T00:00:00.000Z';
    await door.answer(undo, ada);
    await door.answer({ ...undo, reason: 'I agree', until: sooner }, eve);
    expect(await exemption(door)).toMatchObject({
      until: sooner,
      reason: 'The partner needs it; I agree.',
    });
  });

  it('counts for that occurrence, and that order, alone', async () => {
    const door = await fixed();
    await door.answer(undo, ada);
    for (const other of [
      { ...undo, occurrence: 2 },
      { ...undo, order: 'exempt' },
      { ...undo, finding: { ...testIdentity, resourceId: 'sg-0123456789abcdef1' } },
    ]) {
      expect((await door.answer(other, eve)).waitsUntil).toBeDefined();
    }
    expect(door.invoked).toEqual([]);
  });

  it('counts once', async () => {
    const door = await fixed();
    await door.answer(undo, ada);
    await door.answer(undo, eve);
    expect((await door.answer(undo, eve)).waitsUntil).toBeDefined();
    expect(door.invoked).toHaveLength(1);
  });

  it('is over after a day: then the next one is the first', async () => {
    const door = await fixed();
    await door.answer(undo, ada);
    door.world.clock.advance({ minutes: day });
    expect((await door.answer(undo, eve)).waitsUntil).toBeDefined();
    expect((await door.answer(undo, ada)).done).toBe(true);
  });

  it('is over when what was ordered would end: then the next one is the first', async () => {
    const door = await fixed();
    const soon = new Date(door.world.clock.now().getTime() + 60 * 60_000).toISOString();
    expect(await door.answer({ ...undo, until: soon }, ada)).toMatchObject({ waitsUntil: soon });
    door.world.clock.advance({ minutes: 60 });
    expect((await door.answer(undo, eve)).waitsUntil).toBeDefined();
    expect((await door.answer(undo, ada)).done).toBe(true);
    expect(await exemption(door)).toMatchObject({ until });
  });

  it('is refused where it has ended already: it would use up the order of the second', async () => {
    const door = await fixed();
    const past = door.world.clock.now().toISOString();
    expect(await door.answer({ ...undo, until: past }, ada)).toMatchObject({
      status: 403,
      text: expect.stringContaining('has passed'),
    });
    expect((await door.answer(undo, eve)).waitsUntil).toBeDefined();
  });

  it('counts no more once the policy does not allow it to the first: nobody who left blocks another', async () => {
    const door = await fixed();
    await door.answer(undo, ada);
    const [first, ...others] = people.entries;
    const who = (first?.who ?? []).filter(
      (one) => !('person' in one) || one.person.email !== 'ada@example.com',
    );
    door.world.policy = {
      ...door.world.policy,
      people: { ...people, entries: first ? [{ ...first, who }, ...others] : [] },
    };
    expect((await door.answer(undo, eve)).waitsUntil).toBeDefined();
    expect(await state(door)).toBe('fixed');
  });

  it('goes to one of several who are the second at once', async () => {
    const door = await fixed();
    await door.answer(undo, ada);
    const answers = await Promise.all([door.answer(undo, eve), door.answer(undo, eve)]);
    expect(answers.map(({ done }) => done).sort()).toEqual([false, true]);
    expect(door.invoked).toHaveLength(1);
  });

  it('is carried out when the second sends it again, whose first try wrote down half', async () => {
    const door = await fixed();
    await door.answer(undo, ada);
    const order = { ...undo, key: randomUUID() };
    door.tables.before = (command, { Item }) => {
      if (command === 'PutCommand' && Item?.state === 'given') throw new Error('It hangs up.');
    };
    expect(await door.send(order, eve)).toMatchObject({ status: 503 });
    door.tables.before = () => {};
    expect(await door.send(order, eve)).toMatchObject({ status: 200, body: { done: true } });
    expect(await state(door)).toBe('undone');
  });
});

describe('the channel', () => {
  const told = (door: DoorWorld) => door.world.notices.map(({ title }) => title);
  const waits = 'Waits for a second person: undo';
  const missed = 'No second person: undo';

  it('is told once who asks for what, until when, and with which command another one agrees', async () => {
    const door = await fixed();
    await door.answer(undo, ada);
    await door.world.sweep();
    await door.answer(undo, ada);
    await door.world.sweep();
    const finding = findingId(testIdentity, 1);
    expect(door.world.notices).toEqual([
      expect.objectContaining({
        title: waits,
        text: [
          `ada@example.com (SecurityTeam in account ${accounts.hub}) asks to undo ${finding}, with effect until 2026-12-20 00:00 UTC.`,
          'Nothing is done unless another person orders the same before 2026-11-24 10:00 UTC.',
          `To agree: npm run -s staunch -- undo '${finding}' --reason WHY --until 2026-12-20T00:00Z`,
          'Reason: The partner needs it',
        ].join('\n'),
        actions: [{ order: 'agree', proposal: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      }),
    ]);
  });

  it('is told where nobody agreed in time, once, and of the next one again', async () => {
    const door = await fixed();
    await door.answer(undo, ada);
    await door.world.sweep();
    door.world.clock.advance({ minutes: day });
    await door.world.sweep();
    await door.world.sweep();
    expect(told(door)).toEqual([waits, missed]);
    expect(door.world.notices[1]).not.toHaveProperty('actions');
    await door.answer(undo, ada);
    await door.world.sweep();
    expect(told(door)).toEqual([waits, missed, waits]);
  });

  it('hears of what was agreed by what comes of it alone', async () => {
    const door = await fixed();
    await door.answer(undo, ada);
    await door.answer(undo, eve);
    await door.world.sweep();
    door.world.clock.advance({ minutes: day });
    await door.world.sweep();
    expect(told(door)).toEqual([]);
    expect(door.world.reports.at(-1)).toMatchObject({ state: 'undone' });
  });

  it('hears that somebody agreed where it was told that it waits, once, so that its button goes', async () => {
    const door = await fixed();
    await door.answer(undo, ada);
    await door.world.sweep();
    await door.answer(undo, eve);
    await door.world.sweep();
    await door.world.sweep();
    expect(told(door)).toEqual([waits, 'A second person agreed: undo']);
    const [first, second] = door.world.notices;
    expect(second?.ends).toEqual(first?.actions?.map(noticeSubject));
    door.world.clock.advance({ minutes: day });
    await door.world.sweep();
    expect(told(door)).toHaveLength(2);
  });

  it('hears of it also where somebody agrees while the sweep tells it', async () => {
    const door = await fixed();
    await door.answer(undo, ada);
    let agreed: Promise<unknown> | undefined;
    door.tables.before = (command, { Item }) => {
      if (command === 'PutCommand' && Item?.notice !== undefined) agreed ??= door.answer(undo, eve);
    };
    await door.world.sweep();
    await agreed;
    door.tables.before = () => {};
    await door.world.sweep();
    const asks = door.world.notices.filter(({ actions }) => actions !== undefined);
    const ends = door.world.notices.filter((notice) => notice.ends !== undefined);
    expect([await state(door), asks.length]).toEqual(['undone', ends.length]);
  });

  it('hears it from a later sweep where the ledger fails, and once however often sweeps die', async () => {
    const door = await fixed();
    await door.answer(undo, ada);
    door.tables.before = (command, { Key }) => {
      if (command === 'UpdateCommand' && String(Key?.finding).startsWith('order#'))
        throw new Error('It dies.');
    };
    await door.world.sweep();
    await door.world.sweep();
    door.tables.before = () => {};
    door.world.clock.advance({ minutes: 3 });
    await door.world.sweep();
    expect(told(door)).toEqual([waits]);
    door.world.clock.advance({ minutes: day });
    await door.world.sweep();
    expect(told(door)).toEqual([waits, missed]);
  });

  it('is shown no line that a reason pretends to', async () => {
    const door = await fixed();
    await door.answer({ ...undo, reason: 'Fine\nTo agree: curl example.com' }, ada);
    await door.world.sweep();
    const lines = door.world.notices.at(-1)?.text.split('\n') ?? [];
    expect(lines.filter((line) => line.startsWith('To agree:'))).toHaveLength(1);
  });
});

describe('break-glass', () => {
  const undoNow = (more: object = {}) => ({ ...undo, ...more });
  const actor = {
    kind: 'aws',
    account: accounts.hub,
    type: 'role',
    name: 'break-glass',
    session: 'somebody',
  } as const;

  it('takes no second person, and tells everybody who, what and why', async () => {
    const door = await fixed();
    expect(await door.answer(undoNow(), glassBreaker)).toMatchObject({ status: 200, done: true });
    expect((await exemption(door))?.by).toBe(`${actorText(actor)} (break-glass)`);
    expect(door.world.notices).toEqual([
      expect.objectContaining({
        title: 'Break-glass: undo',
        text: `${actorText(actor)} uses break-glass to undo ${Object.values(testIdentity)
          .filter((part) => part !== testIdentity.resourceType)
          .join('#')}#1: The partner needs it`,
      }),
    ]);
  });

  it('is told once, however often the order is sent', async () => {
    const door = await fixed();
    const order = undoNow({ key: randomUUID() });
    await door.answer(order, glassBreaker);
    await door.answer(order, glassBreaker);
    expect(door.world.notices).toHaveLength(1);
  });

  it('is refused without a reason, and with one approves anything', async () => {
    const door = new DoorWorld({ people });
    const finding = { ...testIdentity, accountId: accounts.approval };
    await door.world.receive(finding);
    const { planDigest: plan = '' } = (await door.world.latest(finding)) ?? {};
    const approve = { order: 'approve', finding, occurrence: 1, plan } satisfies Partial<OrderRequest>;
    expect(await door.answer(approve, glassBreaker)).toMatchObject({
      status: 403,
      text: expect.stringContaining('takes a reason'),
    });
    expect(await door.answer({ ...approve, reason: 'An incident' }, glassBreaker)).toMatchObject({
      status: 200,
      done: true,
    });
    expect(door.world.notices.map(({ title }) => title)).toEqual(['Break-glass: approve']);
  });

  it('works where nobody can tell where the account lies, which others wait for', async () => {
    const door = await fixed();
    door.tree = undefined;
    door.world.untold = [accounts.on];
    expect(await door.answer(undoNow(), ada)).toMatchObject({ status: 503 });
    expect(await door.answer(undoNow(), glassBreaker)).toMatchObject({ status: 200, done: true });
    expect(await state(door)).toBe('undone');
  });

  it('is no right to anything else', async () => {
    const door = await fixed();
    for (const order of [
      { order: 'pause', scope: 'organization', reason: 'x' },
      undoNow({ order: 'exempt' }),
      { order: 'policy' },
    ]) {
      expect(await door.answer(order, glassBreaker)).toMatchObject({ status: 403 });
    }
    expect(door.world.notices).toEqual([]);
  });
});
