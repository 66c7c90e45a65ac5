import type { SlackAction } from '../../../../core/slack-action';
import { SlackUnavailableError } from '../../../../hub-functions/slack/api';
import { ActionsWorld, approve, breakers, waiting } from '../support/actions-world';

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
