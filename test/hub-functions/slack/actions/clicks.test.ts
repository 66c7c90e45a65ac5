import { randomUUID } from 'node:crypto';
import type { SlackAction } from '../../../../core/slack-action';
import { NotAnsweredError } from '../../../../hub-functions/slack/actions/actions';
import { SlackUnavailableError } from '../../../../hub-functions/slack/api';
import { accounts } from '../../../support/findings';
import { ada } from '../../../support/orderers';
import { ActionsWorld, about, appliesIn, approve, channel, deny, waiting } from '../support/actions-world';

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
    expect(appliesIn(world) + Number((await world.state()) === 'denied')).toBe(1);
    expect(world.told).toEqual([
      { user: 'who clicked', text: expect.stringMatching(/\(Slack U0[A-Z0-9]+\) was faster/) },
    ]);
  });

  it.each<[string, SlackAction, SlackAction, string]>([
    ['Approve', deny, approve, 'denied'],
    ['Deny', approve, deny, 'held'],
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
    expect(appliesIn(world)).toBe(1);
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
      expect({ stopAt, state: await world.state(), applies: appliesIn(world) }).toEqual({
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
