import { randomUUID } from 'node:crypto';
import type { People } from '../../../config/compiled';
import { type Order, orderSchema } from '../../../core/order';
import { subjectDigest } from '../../../core/order-digest';
import { planDigest } from '../../../core/plan-digest';
import { rights } from '../../../core/right';
import type { SlackAction } from '../../../core/slack-action';
import { NotAnsweredError } from '../../../hub-functions/slack/actions/actions';
import { SlackUnavailableError } from '../../../hub-functions/slack/api';
import { listDigestOf } from '../../../ledger/cards/list-digest';
import { withReport } from '../../../ledger/cards/with-report';
import { accounts, testIdentity, testPlan } from '../../support/findings';
import { ada } from '../../support/orderers';
import { ActionsWorld, approve, channel, waiting } from './support/actions-world';

const about = { finding: waiting, occurrence: 1 };
const denying: SlackAction = { ...about, order: 'deny', plan: planDigest(testPlan) };
/** Alice may all by an entry, Bob by break-glass alone. */
const breakers = (...twoPersons: People['twoPersons']): People => {
  const source = 'organization.yaml:60';
  return {
    entries: [{ who: [{ slackUser: 'U0ALICE0001' }], may: [...rights], source }],
    twoPersons,
    breakGlass: { who: [{ slackUser: 'U0BOB00001' }], source },
  };
};
const applies = (world: ActionsWorld) => world.door.world.applies.length;

describe('a click on Approve', () => {
  it('fixes the resource, in the name of whom Slack knows; the message says so before anything is done', async () => {
    const world = await ActionsWorld.waiting();
    await world.click(approve);
    expect(await world.state()).toBe('fixed');
    expect(world.done).toEqual(['shown', 'order approve']);
    expect(JSON.stringify(world.shown)).toContain('Alice Example (Slack U0ALICE0001)');
    expect(JSON.stringify(world.shown)).not.toContain('staunch:approve');
    expect(world.door.world.logged).toContainEqual({
      message: 'Carried out an order',
      details: expect.objectContaining({ by: 'Alice Example (Slack U0ALICE0001)' }),
    });
    expect(world.hints).toContain(channel);
    expect(world.told).toEqual([]);
  });

  it('in a list is done although the list cannot be shown anew', async () => {
    const world = await ActionsWorld.waiting();
    world.errors['views.update'] = 'away';
    await world.click(approve, { listed: { view: 'V1', card: world.card.cardId, page: 0 } });
    expect(await world.state()).toBe('fixed');
  });

  it('in the list of a digest leaves the digest as it is: the finding has no message of its own', async () => {
    const world = await ActionsWorld.waiting();
    await world.cards.change(world.card.cardId, (card) => ({ ...card, digest: 'the digest' }));
    await world.click(approve, { listed: { view: 'V1', card: 'the digest', page: 0 } });
    expect(await world.state()).toBe('fixed');
    expect(world.shown).toEqual([]);
  });

  it('is shown late without erasing what the message showed meanwhile: it is changed once more', async () => {
    const world = await ActionsWorld.waiting();
    world.whileShowing = async () => {
      await world.cards.change(world.card.cardId, (card) => ({ ...card, shown: 'what came of it' }));
    };
    await world.click(approve);
    expect((await world.cards.read(world.card.cardId))?.shown).toBeUndefined();
  });

  it('of a member of a group that the policy names fixes it, and of one who has left the group does not', async () => {
    const world = await ActionsWorld.waiting();
    world.groups.S0SECURITY1 = [];
    await world.click(approve, { user: 'U0BOB00001' });
    expect(await world.state()).toBe('waiting');
    expect(world.told).toMatchObject([
      { text: expect.stringContaining('Bob Example (Slack U0BOB00001) may not approve here.') },
    ]);
    world.groups.S0SECURITY1 = ['U0BOB00001'];
    await world.click(approve, { user: 'U0BOB00001' });
    expect(await world.state()).toBe('fixed');
  });

  it('of an owner counts for his own account, and not for another one', async () => {
    const world = await ActionsWorld.waiting();
    await world.click(approve, { user: 'U0OWNER0001' });
    expect(await world.state()).toBe('waiting');
    expect(world.told).toMatchObject([{ text: expect.stringContaining('counts for account') }]);
    const { people } = world.door.world.policy;
    world.door.world.policy = {
      ...world.door.world.policy,
      people: {
        twoPersons: [],
        entries: (people?.entries ?? []).map((entry) =>
          entry.where ? { ...entry, where: { accounts: [accounts.approval] } } : entry,
        ),
      },
    };
    await world.click(approve, { user: 'U0OWNER0001' });
    expect(await world.state()).toBe('fixed');
  });

  it.each<[string, object, string]>([
    ['a guest', { is_restricted: true }, 'Guests of the workspace'],
    ['a guest of one channel', { is_ultra_restricted: true }, 'Guests of the workspace'],
    ['somebody deactivated', { deleted: true }, 'deactivated'],
    ['a bot', { is_bot: true }, 'Bots'],
    ['a stranger of a shared channel', { is_stranger: true }, 'another workspace'],
    ['somebody of another workspace', { team_id: 'T9999999999' }, 'another workspace'],
  ])('of %s does nothing, whatever the policy says, and is told so', async (_who, more, text) => {
    const world = await ActionsWorld.waiting();
    Object.assign(world.members.U0ALICE0001 ?? {}, more);
    await world.click(approve);
    expect(await world.state()).toBe('waiting');
    expect(world.told).toEqual([{ user: 'who clicked', text: expect.stringContaining(text) }]);
    expect(world.done).toEqual([]);
    expect(await world.working()).toEqual([undefined]);
  });

  it('of nobody, or where Slack says nothing for want of a scope, does nothing', async () => {
    const world = await ActionsWorld.waiting();
    await world.click(approve, { user: 'U0NOBODY001' });
    world.errors['users.info'] = 'missing_scope';
    await world.click(approve);
    expect(world.told).toMatchObject([
      { text: expect.stringContaining('user_not_found') },
      { text: expect.stringContaining('missing_scope') },
    ]);
    expect(await world.state()).toBe('waiting');
  });

  it('who may not is refused before the card says that anybody works on it, and the refusal is recorded', async () => {
    const world = await ActionsWorld.waiting();
    const key = randomUUID();
    await world.click(approve, { user: 'U0OWNER0001', key });
    expect(world.shown).toEqual([]);
    expect(await world.door.kept.read(key)).toMatchObject({
      state: 'refused',
      actor: { kind: 'slack', user: 'U0OWNER0001' },
    });
  });

  it('of a change that is not the one shown changes nothing, and gives the buttons back', async () => {
    const world = await ActionsWorld.waiting();
    await world.click({ ...approve, plan: 'another' } as SlackAction);
    expect(await world.state()).toBe('waiting');
    expect(world.told).toMatchObject([
      { text: expect.stringContaining('not the one that was shown any more') },
    ]);
    expect(await world.working()).toEqual([undefined]);
  });

  it('comes back where Slack does not say who it is, and is done then', async () => {
    const world = await ActionsWorld.waiting();
    world.errors['users.info'] = 'away';
    const message = world.message(approve);
    await expect(world.process().take(message, true)).rejects.toThrow(SlackUnavailableError);
    delete world.errors['users.info'];
    await world.process().take(message, false);
    expect(await world.state()).toBe('fixed');
  });

  it('is done although the message cannot be shown as worked on', async () => {
    const world = await ActionsWorld.waiting();
    world.errors.response_url = 'status_404';
    await world.click(approve);
    expect(await world.state()).toBe('fixed');
  });
});

describe('two clicks at once', () => {
  it('have one effect; the later one is told who was faster', async () => {
    const world = await ActionsWorld.waiting();
    await Promise.all([
      world.click(approve),
      world.click(
        { ...about, order: 'deny', plan: 'plan' in approve ? approve.plan : '' },
        {
          user: 'U0BOB00001',
          reason: 'no',
        },
      ),
    ]);
    expect(world.done.filter((what) => what.startsWith('order'))).toHaveLength(1);
    expect(applies(world) + Number((await world.state()) === 'denied')).toBe(1);
    expect(world.told).toEqual([
      { user: 'who clicked', text: expect.stringMatching(/\(Slack U0[A-Z0-9]+\) was faster/) },
    ]);
  });

  it.each<[string, SlackAction, SlackAction, string]>([
    ['Approve', denying, approve, 'denied'],
    ['Deny', approve, denying, 'held'],
    ['Approve', approve, approve, 'held'],
  ])(
    'a later one on %s, on a message as it was before, decides nothing and is told who was faster',
    async (_label, first, second, state) => {
      const world = await ActionsWorld.waiting();
      // What is approved waits for its time.
      await world.door.answer({ order: 'pause', scope: 'organization', reason: 'A release' }, ada);
      await world.click(first, { reason: 'It is meant.' });
      world.door.world.clock.advance({ minutes: 6 });
      const { user, reason } = { user: 'U0BOB00001', reason: 'I know better.' };
      await world.click(second, { user, reason });
      expect(await world.state()).toBe(state);
      expect(await world.door.world.latest(waiting)).toMatchObject({
        decision: { by: 'Alice Example (Slack U0ALICE0001)' },
      });
      expect(world.told).toEqual([
        {
          user: 'who clicked',
          text: expect.stringMatching(
            /^It was decided before, so nothing was done: Alice Example \(Slack U0ALICE0001\) (approved|denied) it at .* UTC\.$/,
          ),
        },
      ]);
      expect(await world.working()).toEqual([undefined]);
    },
  );

  it('of one person, delivered twice, have one effect', async () => {
    const world = await ActionsWorld.waiting();
    const message = world.message(approve);
    const both = [world.process().take(message, true), world.process().take(message, false)];
    await Promise.allSettled(both);
    await world.process().take(message, false);
    expect(applies(world)).toBe(1);
    expect(await world.state()).toBe('fixed');
    expect(world.told).toEqual([]);
  });

  it('after it was decided elsewhere: who clicks is told who decided, and when', async () => {
    const world = await ActionsWorld.waiting();
    await world.door.answer({ ...about, order: 'approve', plan: (approve as { plan: string }).plan }, ada);
    const report = world.door.world.reports.at(-1);
    await world.cards.change(world.card.cardId, (card) => ({
      ...card,
      findings: card.findings.map((shown) => ({
        ...shown,
        decisions: report?.decision ? [report.decision] : [],
      })),
    }));
    await world.click(approve);
    expect(world.told).toEqual([
      {
        user: 'who clicked',
        text: expect.stringMatching(
          /^It is fixed: there is nothing to decide\. ada@example\.com .* approved it at /,
        ),
      },
    ]);
    expect(await world.working()).toEqual([undefined]);
  });
});

describe('what stops half-way', () => {
  it('is done once, wherever it stops, when the message comes again', async () => {
    // At the n-th write of the ledger, until all of them are behind.
    for (let stopAt = 1; stopAt < 60; stopAt += 1) {
      const world = await ActionsWorld.waiting();
      const message = world.message(approve);
      let writes = 0;
      let isStopped = false;
      world.door.tables.before = () => {
        writes += 1;
        if (writes !== stopAt) return;
        isStopped = true;
        throw new Error('It hangs up.');
      };
      await world
        .process()
        .take(message, true)
        .catch(() => {});
      world.door.tables.before = () => {};
      for (let again = 0; again < 3; again += 1) {
        await world
          .process()
          .take(message, false)
          .catch(() => {});
        world.door.world.clock.advance({ minutes: 10 });
        await world.door.world.sweep();
      }
      expect({ stopAt, state: await world.state(), applies: applies(world) }).toEqual({
        stopAt,
        state: 'fixed',
        applies: 1,
      });
      if (!isStopped) return;
    }
    throw new Error('There is no end of writes.');
  }, 60_000);

  it('comes back where the coordinator has no answer yet, and is not told as refused', async () => {
    const world = await ActionsWorld.waiting();
    world.door.invoke = async () => {
      throw new Error('throttled');
    };
    const message = world.message(approve);
    await expect(world.process().take(message, true)).rejects.toThrow(NotAnsweredError);
    expect(await world.working()).toEqual(['Alice Example (Slack U0ALICE0001)']);
    expect(world.told).toEqual([]);
    world.door.invoke = (event) => world.door.coordinate(event);
    await world.process().take(message, false);
    expect(await world.state()).toBe('fixed');
  });
});

describe('deny, exempt, undo and retry', () => {
  it('carry what was said in the form', async () => {
    const world = await ActionsWorld.waiting();
    await world.click(
      { ...about, order: 'deny', plan: (approve as { plan: string }).plan },
      { reason: 'It is meant.' },
    );
    expect(await world.state()).toBe('denied');
    // Until the card is told of it, it says that somebody works on it.
    world.door.world.clock.advance({ minutes: 6 });
    const until = new Date(world.now().getTime() + 86_400_000).toISOString();
    await world.click({ ...approve, overrules: true } as SlackAction);
    expect(await world.state()).toBe('fixed');
    world.door.world.clock.advance({ minutes: 6 });
    await world.click({ ...about, order: 'undo' }, { reason: 'The partner needs it.', until });
    expect(await world.state()).toBe('undone');
    expect(world.told).toEqual([]);
  });

  it('without what they take do nothing', async () => {
    const world = await ActionsWorld.waiting();
    await world.click({ ...about, order: 'undo' });
    expect(world.told).toMatchObject([{ text: expect.stringContaining('cannot be understood') }]);
    expect(world.done).toEqual([]);
  });
});

describe('approve all that is shown', () => {
  const ids = ['sg-00000000000000001', 'sg-00000000000000002', 'sg-00000000000000003'];
  const all = (world: ActionsWorld): SlackAction => ({
    order: 'approve-all',
    card: world.card.cardId,
    list: listDigestOf(world.card),
  });

  it('gives one order a finding, each by itself, and one summary', async () => {
    const world = await ActionsWorld.waiting({}, ids);
    await world.click(all(world));
    expect(world.sent).toMatchObject([
      { kind: 'approve-each', findings: ids.map(() => ({ occurrence: 1 })) },
    ]);
    const [each] = world.sent;
    if (!each) throw new Error('nothing was sent');
    await world.process().take(each, true);
    await world.process().take(each, false);
    // The three are one resource here, which the first order fixes.
    const states = await Promise.all(ids.map((resourceId) => world.state({ ...waiting, resourceId })));
    expect(new Set(states)).toEqual(new Set(['fixed', 'already-compliant']));
    expect(world.done.filter((what) => what === 'order approve')).toHaveLength(6);
    expect(world.door.invoked).toHaveLength(3);
    expect(world.shown).toHaveLength(1);
    expect(world.told.map(({ text }) => text)).toEqual(['Approved 3 of 3.', 'Approved 3 of 3.']);
  });

  it('that is delivered again after it was handed on says nothing else', async () => {
    const world = await ActionsWorld.waiting({}, ids);
    const message = world.message(all(world));
    await world.process().take(message, true);
    const [each] = world.sent;
    if (!each) throw new Error('nothing was sent');
    await world.process().take(each, true);
    for (const report of world.door.world.reports.filter(({ state }) => state !== 'waiting')) {
      const told = { report, diff: [], diffOmitted: 0, approvers: { users: [], groups: [] } };
      await world.cards.change(world.card.cardId, (card) => withReport(card, told, false).card);
    }
    await world.process().take(message, false);
    expect(world.told.map(({ text }) => text)).toEqual(['Approved 3 of 3.']);
  });

  it('says of each that was not approved why, and gives its button back', async () => {
    const world = await ActionsWorld.waiting({}, ids);
    await world.click(all(world));
    const [each] = world.sent;
    if (each?.kind !== 'approve-each') throw new Error('nothing was sent');
    const findings = each.findings.map((one, index) => (index === 1 ? { ...one, plan: 'another' } : one));
    await world.process().take({ ...each, findings }, true);
    expect(world.told).toMatchObject([
      {
        text: expect.stringMatching(
          /^Approved 2 of 3\.\n• .*sg-00000000000000002#1: The plan is not the one/,
        ),
      },
    ]);
  });

  it('does nothing where the message does not show the same any more', async () => {
    const world = await ActionsWorld.waiting({}, ids);
    await world.click({ ...all(world), list: '0123456789abcdef' } as SlackAction);
    expect(world.sent).toEqual([]);
    expect(world.told).toMatchObject([{ text: expect.stringContaining('not the same any more') }]);
  });
});

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

describe('a view', () => {
  it('of a list is filled with what the card stands for', async () => {
    const world = await ActionsWorld.waiting();
    const { key: _key, kind: _kind, ...message } = world.message({ order: 'list', card: world.card.cardId });
    await world.process().take({ ...message, kind: 'fill', view: 'V1' }, true);
    expect(world.views).toHaveLength(1);
    expect(world.views[0]).toMatchObject({ view_id: 'V1', view: { callback_id: 'staunch:list' } });
    expect(JSON.stringify(world.views)).toContain(waiting.resourceId);
  });

  it('of a lossy fix is filled with what goes with it', async () => {
    const world = await ActionsWorld.waiting();
    await world.cards.change(world.card.cardId, (card) => ({
      ...card,
      findings: card.findings.map((shown) => ({
        ...shown,
        report: {
          ...shown.report,
          ...(shown.report.plan && {
            plan: { ...shown.report.plan, lossy: true, losses: ['The <!channel> rule goes.'] },
          }),
        },
      })),
    }));
    const { key: _key, kind: _kind, ...message } = world.message({ ...approve, lossy: true } as SlackAction);
    await world.process().take({ ...message, kind: 'fill', view: 'V1' }, true);
    expect(JSON.stringify(world.views[0]?.view.blocks)).toContain('• The <!channel> rule goes.');
    expect(JSON.stringify(world.views[0]?.view.blocks)).not.toContain('mrkdwn');
  });

  it('that was closed meanwhile is no error', async () => {
    const world = await ActionsWorld.waiting();
    world.errors['views.update'] = 'not_found';
    const { key: _key, kind: _kind, ...message } = world.message({ order: 'list', card: world.card.cardId });
    await world.process().take({ ...message, kind: 'fill', view: 'V1' }, true);
    expect(world.logged).toMatchObject([{ message: 'A view was not filled' }]);
  });
});

describe('a refusal', () => {
  const lossy = { ...approve, lossy: true } as SlackAction;
  const fill = (world: ActionsWorld, action: SlackAction, user: string) => {
    const { key: _key, kind: _kind, ...message } = world.message(action, { user });
    return world.process().take({ ...message, kind: 'fill', view: 'V1' }, true);
  };
  const expectRefusal = (world: ActionsWorld, text: string) => {
    expect(world.views).toHaveLength(1);
    const [shown] = world.views;
    expect(shown).toMatchObject({ view_id: 'V1', view: { title: { text: 'Nothing was done' } } });
    expect(shown?.view).not.toHaveProperty('submit');
    expect(shown?.view.blocks).toEqual([
      { type: 'section', text: expect.objectContaining({ text: expect.stringContaining(text) }) },
    ]);
    expect(world.told).toEqual([]);
  };

  it.each<[string, (world: ActionsWorld) => SlackAction]>([
    ['form', () => lossy],
    ['list', (world) => ({ order: 'list', card: world.card.cardId })],
  ])('of a guest is shown in the %s that was opened for him', async (_what, action) => {
    const world = await ActionsWorld.waiting();
    await fill(world, action(world), 'U0GUEST0001');
    expectRefusal(world, 'Guests of the workspace decide nothing. Nothing was done.');
  });

  it('of who may not is shown in the form, before he sends it off', async () => {
    const world = await ActionsWorld.waiting();
    await fill(world, lossy, 'U0OWNER0001');
    expectRefusal(world, 'may not approve here');
  });

  it('of what was decided meanwhile says in the form who decided', async () => {
    const world = await ActionsWorld.waiting();
    await world.cards.change(world.card.cardId, (card) => ({
      ...card,
      findings: card.findings.map((shown) => ({
        ...shown,
        report: { ...shown.report, state: 'denied' as const },
        decisions: [{ what: 'denied' as const, by: 'Bob', at: '2026-11-23T10:05:00.000Z' }],
      })),
    }));
    await fill(world, lossy, 'U0ALICE0001');
    expectRefusal(world, 'Bob denied it at 2026-11-23 10:05 UTC.');
  });

  it('of what somebody works on says in the form who was faster', async () => {
    const world = await ActionsWorld.waiting();
    await world.cards.working([{ finding: waiting, occurrence: 1 }], {
      what: 'approve',
      by: 'Bob',
      at: world.now().toISOString(),
      until: new Date(world.now().getTime() + 60_000).toISOString(),
    });
    await fill(world, lossy, 'U0ALICE0001');
    expectRefusal(world, 'Bob was faster');
  });

  it('of what is not there any more, or is another change, is shown in the form', async () => {
    const gone = await ActionsWorld.waiting();
    gone.card = { ...gone.card, cardId: 'gone' };
    await fill(gone, lossy, 'U0ALICE0001');
    expectRefusal(gone, 'cannot be decided here any more');
    const other = await ActionsWorld.waiting();
    await fill(other, { ...lossy, plan: 'another' } as SlackAction, 'U0ALICE0001');
    expectRefusal(other, 'cannot be decided here any more');
  });

  it('stands above the list on which it was clicked, which is shown as it is now', async () => {
    const world = await ActionsWorld.waiting();
    const listed = { view: 'V1', card: world.card.cardId, page: 0 };
    await world.click(approve, { user: 'U0OWNER0001', listed });
    const [shown] = world.views;
    expect(shown).toMatchObject({ view_id: 'V1', view: { callback_id: 'staunch:list' } });
    expect(JSON.stringify(shown?.view.blocks[0])).toContain('may not approve here');
    expect(JSON.stringify(shown?.view.blocks)).toContain(waiting.resourceId);
    expect(JSON.parse(shown?.view.private_metadata ?? '')).toMatchObject({
      list: { card: world.card.cardId, page: 0 },
    });
    expect(world.told).toEqual([]);
  });

  it('of somebody who may not knock shows no list anew', async () => {
    const world = await ActionsWorld.waiting();
    const listed = { view: 'V1', card: world.card.cardId, page: 0 };
    await world.click(approve, { user: 'U0GUEST0001', listed });
    expectRefusal(world, 'Guests of the workspace');
  });

  it.each([
    ['a guest', 'U0GUEST0001', 'Guests of the workspace'],
    ['who may not', 'U0OWNER0001', 'may not approve here'],
  ])('of %s goes to the channel where the list was closed meanwhile', async (_who, user, text) => {
    const world = await ActionsWorld.waiting();
    world.errors['views.update'] = 'not_found';
    await world.click(approve, { user, listed: { view: 'V1', card: world.card.cardId, page: 0 } });
    expect(world.told).toMatchObject([{ text: expect.stringContaining(text) }]);
  });

  it('is not told where the form was sent off before it could be filled: that has its own answer', async () => {
    const world = await ActionsWorld.waiting();
    world.errors['views.update'] = 'not_found';
    await world.click(approve);
    await fill(world, lossy, 'U0ALICE0001');
    await fill(world, lossy, 'U0GUEST0001');
    expect(world.told).toEqual([]);
  });

  it('is none where somebody may by break-glass alone: he is asked why when he sends the form off', async () => {
    const world = await ActionsWorld.waiting({ people: breakers() });
    await fill(world, lossy, 'U0BOB00001');
    expect(world.views[0]?.view).toHaveProperty('submit');
  });
});

describe('an answer', () => {
  it('says which finding it is about, since it stands in the channel, away from the message', async () => {
    const world = await ActionsWorld.waiting();
    await world.click(approve, { user: 'U0OWNER0001' });
    const finding = { ...waiting, resourceId: 'sg-1\n\u202Efixed' };
    await world.click({ ...approve, finding } as SlackAction, { user: 'U0OWNER0001' });
    await world.click({ order: 'agree', proposal: 'a'.repeat(64) });
    expect(world.toldAbout).toEqual([
      `${waiting.resourceId} in account ${waiting.accountId}, ${waiting.region}`,
      `sg-1 fixed in account ${waiting.accountId}, ${waiting.region}`,
      undefined,
    ]);
  });

  it('goes by the address of the click, and where that is used up by the id of the user', async () => {
    const world = await ActionsWorld.waiting();
    world.errors.response_url = 'status_404';
    await world.click({ ...approve, plan: 'another' } as SlackAction);
    expect(world.told).toMatchObject([{ user: 'U0ALICE0001' }]);
  });

  it('that Slack does not take now has the message come back, and the order has the same answer then', async () => {
    const world = await ActionsWorld.waiting();
    const message = world.message({ ...approve, plan: 'another' } as SlackAction);
    world.errors.response_url = 'away';
    await expect(world.process().take(message, false)).rejects.toThrow(SlackUnavailableError);
    delete world.errors.response_url;
    await world.process().take(message, false);
    expect(world.told).toMatchObject([{ text: expect.stringContaining('not the one that was shown') }]);
  });
});
