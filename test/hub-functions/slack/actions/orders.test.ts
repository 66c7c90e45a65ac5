import type { SlackAction } from '../../../../core/slack-action';
import { listDigestOf } from '../../../../ledger/cards/list-digest';
import { withReport } from '../../../../ledger/cards/with-report';
import { ActionsWorld, about, approve, waiting } from '../support/actions-world';

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
