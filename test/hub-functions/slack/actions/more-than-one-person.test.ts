import { randomUUID } from 'node:crypto';
import { type Order, orderSchema } from '../../../../core/order';
import { subjectDigest } from '../../../../core/order-digest';
import { planDigest } from '../../../../core/plan-digest';
import type { SlackAction } from '../../../../core/slack-action';
import { testIdentity, testPlan } from '../../../support/findings';
import { ada } from '../../../support/orderers';
import { ActionsWorld, approve, breakers, waiting } from '../support/actions-world';

describe('a second person', () => {
  const undo = {
    order: 'undo' as const,
    finding: testIdentity,
    occurrence: 1,
    reason: 'The partner needs it',
    until: '2026-12-20T00:00:00.000Z',
  };
  const subject = subjectDigest(orderSchema.parse({ version: 2, key: randomUUID(), ...undo }) as Order);

  async function proposed(): Promise<ActionsWorld> {
    const world = new ActionsWorld();
    const { people } = world.door.world.policy;
    world.door.world.policy = {
      ...world.door.world.policy,
      people: { entries: people?.entries ?? [], twoPersons: ['undo'] },
    };
    await world.door.world.receive();
    await world.click({ order: 'undo', finding: testIdentity, occurrence: 1 }, undo);
    expect(world.told).toMatchObject([{ text: expect.stringContaining('It takes two persons') }]);
    world.told.length = 0;
    return world;
  }

  it('agrees by a button, and it is done', async () => {
    const world = await proposed();
    await world.click({ order: 'agree', proposal: subject }, { user: 'U0BOB00001' });
    expect(await world.state(testIdentity)).toBe('undone');
    expect(world.told).toHaveLength(1);
  });

  it('is another one: not who proposed it, not the same person of Identity Center, not one without an address', async () => {
    const world = await proposed();
    await world.click({ order: 'agree', proposal: subject });
    expect(await world.state(testIdentity)).toBe('fixed');
    delete world.members.U0BOB00001?.email;
    await world.click({ order: 'agree', proposal: subject }, { user: 'U0BOB00001' });
    expect(await world.state(testIdentity)).toBe('fixed');
    expect(world.told).toMatchObject([
      { text: expect.stringContaining('You have proposed it already') },
      { text: expect.stringContaining('You have proposed it already') },
    ]);
  });

  it('may come by the command line as well', async () => {
    const world = await proposed();
    expect((await world.door.answer(undo, ada)).done).toBe(true);
    expect(await world.state(testIdentity)).toBe('undone');
  });

  it('agrees with nothing that does not wait any more', async () => {
    const world = new ActionsWorld();
    await world.click({ order: 'agree', proposal: subject });
    expect(world.told).toMatchObject([{ text: expect.stringContaining('does not wait') }]);
  });

  it('is asked why, where he may approve as break-glass alone', async () => {
    const world = await ActionsWorld.waiting({ people: breakers('approve') });
    await world.click(approve);
    expect(world.told).toMatchObject([{ text: expect.stringContaining('It takes two persons') }]);
    world.told.length = 0;
    const order = { ...approve, version: 2, key: randomUUID(), unlessDecided: true };
    const proposal = subjectDigest(orderSchema.parse(order) as Order);
    await world.click({ order: 'agree', proposal }, { user: 'U0BOB00001' });
    expect(await world.state()).toBe('waiting');
    expect(world.told).toMatchObject([{ buttons: [{ ...approve, breakGlass: true }] }]);
  });

  it('stands alone where the first has left the group that let him', async () => {
    const world = await proposed();
    // Bob proposes anew after Alice's has ended.
    world.door.world.clock.advance({ minutes: 24 * 60 });
    await world.click(
      { order: 'undo', finding: testIdentity, occurrence: 1 },
      { ...undo, user: 'U0BOB00001' },
    );
    world.groups.S0SECURITY1 = [];
    world.told.length = 0;
    await world.click({ order: 'agree', proposal: subject });
    expect(await world.state(testIdentity)).toBe('fixed');
    expect(world.told).toMatchObject([{ text: expect.stringContaining('Proposed.') }]);
  });
});

describe('break-glass', () => {
  const bob = { user: 'U0BOB00001' };

  it('is asked why by a button that opens a form; with a reason it is done, and everybody is told', async () => {
    const world = await ActionsWorld.waiting({ people: breakers() });
    await world.click(approve, bob);
    expect(await world.state()).toBe('waiting');
    expect(world.done).toEqual([]);
    expect(await world.working()).toEqual([undefined]);
    expect(world.told).toEqual([
      {
        user: 'who clicked',
        text: expect.stringContaining('Bob Example (Slack U0BOB00001) may approve this by break-glass alone'),
        buttons: [{ ...approve, breakGlass: true, card: world.card.cardId }],
      },
    ]);
    await world.click({ ...approve, breakGlass: true } as SlackAction, {
      ...bob,
      reason: 'Nobody is awake.',
    });
    expect(await world.state()).toBe('fixed');
    // What he alone saw goes; nothing is put in its place.
    expect(world.done).toEqual(['withdrawn', 'order approve']);
    expect(world.door.world.notices).toMatchObject([
      {
        title: 'Break-glass: approve',
        text: expect.stringMatching(/^Bob Example .* uses break-glass to approve .*: Nobody is awake\.$/),
      },
    ]);
  });

  it('keeps of a denied, lossy plan that it is both', async () => {
    const world = await ActionsWorld.waiting({ people: breakers() });
    const overruling = { ...approve, lossy: true, overrules: true } as SlackAction;
    await world.click(overruling, bob);
    expect(world.told).toMatchObject([{ buttons: [{ ...overruling, breakGlass: true }] }]);
  });

  it('says how else, where a button cannot carry the name', async () => {
    const finding = { ...waiting, resourceId: '\u0001'.repeat(256) };
    const world = await ActionsWorld.waiting({ people: breakers() });
    const plan = '"'.repeat(128);
    await world.click({ order: 'approve', finding, occurrence: 1, plan }, bob);
    expect(world.told).toEqual([
      { user: 'who clicked', text: expect.stringContaining('by the command line') },
    ]);
  });

  it('approves each by itself: all at once would take one reason for all of them', async () => {
    const world = await ActionsWorld.waiting({ people: breakers() });
    const { key: _key, kind: _kind, ...message } = world.message(approve, bob);
    const findings = [{ finding: waiting, occurrence: 1, plan: planDigest(testPlan) }];
    await world.process().take({ ...message, kind: 'approve-each', key: randomUUID(), findings }, true);
    expect(world.told).toMatchObject([{ text: expect.stringContaining('approve the finding by itself') }]);
    expect(await world.state()).toBe('waiting');
  });
});

describe('a user group', () => {
  const bob = { user: 'U0BOB00001' };
  const asked = (world: ActionsWorld) =>
    world.calls.filter((method) => method === 'usergroups.users.list').length;

  it('is asked for once a minute, and who has left it is out after that', async () => {
    const world = await ActionsWorld.waiting();
    const actions = world.process();
    const clicks = (action: SlackAction) => actions.take(world.message(action, bob), true);
    await clicks({ ...approve, plan: 'another' } as SlackAction);
    world.groups.S0SECURITY1 = [];
    world.door.world.clock.advance({ seconds: 59.999 });
    await clicks({ ...approve, plan: 'another' } as SlackAction);
    expect(asked(world)).toBe(1);
    world.door.world.clock.advance({ seconds: 0.001 });
    await clicks(approve);
    expect(asked(world)).toBe(2);
    expect(await world.state()).toBe('waiting');
    expect(world.told.at(-1)).toMatchObject({ text: expect.stringContaining('may not approve here') });
  });

  it('is asked for again where the clock was set back', async () => {
    const world = await ActionsWorld.waiting();
    const actions = world.process();
    await actions.take(world.message({ ...approve, plan: 'another' } as SlackAction, bob), true);
    world.groups.S0SECURITY1 = [];
    world.door.world.clock.advance({ seconds: -1 });
    await actions.take(world.message(approve, bob), true);
    expect(await world.state()).toBe('waiting');
  });

  it('that Slack did not tell of is asked for with the next click', async () => {
    const world = await ActionsWorld.waiting();
    const actions = world.process();
    world.errors['usergroups.users.list'] = 'missing_scope';
    await actions.take(world.message(approve, bob), true);
    expect(await world.state()).toBe('waiting');
    delete world.errors['usergroups.users.list'];
    await actions.take(world.message(approve, bob), true);
    expect(await world.state()).toBe('fixed');
  });
});
