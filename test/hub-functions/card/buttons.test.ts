import { parseActionValue } from '../../../core/slack-action';
import { type FindingState, states } from '../../../core/states';
import { actionsOn } from '../../../hub-functions/card/buttons';
import { renderCard } from '../../../hub-functions/card/render-card';
import { renderList } from '../../../hub-functions/card/render-list';
import { approvableOn, listDigestOf } from '../../../ledger/cards/list-digest';
import { testIdentity, testPlan } from '../../support/findings';
import { testReport } from '../notifier/events';
import { buttonsOf, ordersOf } from '../notifier/support/buttons';
import { cardFacts, cardOf } from './support/cards';

const planDigest = 'f'.repeat(32);
const decision = { what: 'approved' as const, by: 'Alice', at: testReport.at };
const working = {
  ...{ what: 'approve', by: 'Alice', at: '2026-11-23T09:59:00.000Z' },
  until: '2026-11-23T10:01:00.000Z',
};
const orders = (more: object) => {
  const [shown] = cardOf([{ planDigest, ...more }]).findings;
  return shown ? actionsOn(shown, cardFacts.now).map(({ order }) => order) : [];
};
const named = (number: number) => ({
  ...{ state: 'waiting' as const, planDigest, reportId: `r${number}` },
  finding: { ...testIdentity, resourceId: `sg-${number}` },
});

describe('the buttons of a finding', () => {
  it.each<[FindingState, string[], string[]]>([
    // Undecided; and after a person's decision, wherever that was.
    ['waiting', ['approve', 'deny', 'exempt'], []],
    ['reported', ['exempt'], []],
    ['held', ['retry', 'exempt'], []],
    ['failed', ['retry', 'exempt'], ['retry']],
    ['given-up', ['retry', 'exempt'], ['retry']],
    ['fixed', ['undo'], ['undo']],
    ['denied', [], ['approve']],
    ['exempt', [], []],
    ['undone', [], []],
    ['already-compliant', [], []],
    ['gone', [], []],
    ['received', [], []],
  ])('that is %s are %j, and %j once it was decided', (state, undecided, decided) => {
    expect([orders({ state }), orders({ state, decision })]).toEqual([undecided, decided]);
  });

  it('are told of every state', () => {
    for (const state of Object.keys(states) as FindingState[]) expect(orders({ state })).toBeDefined();
  });

  it('approve the plan that is shown, and none where none is', () => {
    const [first] = buttonsOf(renderCard(cardOf([{ state: 'waiting', planDigest }]), cardFacts));
    expect(first).toMatchObject({ order: 'approve', plan: planDigest, finding: testIdentity, occurrence: 1 });
    const { planDigest: _, ...without } = { state: 'waiting' as const, planDigest };
    expect(ordersOf(renderCard(cardOf([without]), cardFacts))).toEqual(['exempt']);
  });

  it('say that a plan is lossy, so that it is asked once more', () => {
    const plan = { ...testPlan, lossy: true, losses: ['HTTPS goes too.'] };
    const [approve] = buttonsOf(renderCard(cardOf([{ state: 'waiting', planDigest, plan }]), cardFacts));
    expect(approve).toMatchObject({ order: 'approve', lossy: true });
  });

  it('take a denial back in so many words, and by no button that looks like the usual one', () => {
    const denial = { ...decision, what: 'denied' as const };
    const message = renderCard(cardOf([{ state: 'denied', planDigest, decision: denial }]), cardFacts);
    expect(buttonsOf(message)).toMatchObject([{ order: 'approve', plan: planDigest, overrules: true }]);
    const row = message.blocks.find(({ type }) => type === 'actions');
    expect(row).toMatchObject({ elements: [{ text: { text: 'Approve after all' } }] });
    expect(JSON.stringify(row)).not.toContain('primary');
  });

  it('give way to who works on it, and come back when nobody does any more', () => {
    const card = cardOf([{ state: 'waiting', planDigest }]);
    const marked = { ...card, findings: card.findings.map((shown) => ({ ...shown, working })) };
    const message = renderCard(marked, cardFacts);
    expect(ordersOf(message)).toEqual([]);
    expect(JSON.stringify(message.blocks)).toContain('*Working on it*: `approve`, by `Alice`');
    const later = { ...cardFacts, now: new Date(working.until) };
    expect(ordersOf(renderCard(marked, later))).toEqual(['approve', 'deny', 'exempt']);
  });

  it('are none where people do not decide in Slack: the commands are there', () => {
    const message = renderCard(cardOf([{ state: 'waiting', planDigest }]), {
      ...cardFacts,
      hasButtons: false,
    });
    expect(ordersOf(message)).toEqual([]);
    expect(JSON.stringify(message.blocks)).toContain('staunch -- approve');
  });
});

describe('the buttons of a list', () => {
  it('approve all that is shown, by the digest of that', () => {
    const card = cardOf([named(1), named(2)]);
    const all = buttonsOf(renderCard(card, cardFacts)).find(({ order }) => order === 'approve-all');
    expect(all).toEqual({ order: 'approve-all', card: card.cardId, list: listDigestOf(card) });
  });

  it('approve no loss together with others: it is asked for once more, by itself', () => {
    const plan = { lossy: true, losses: ['It loses a rule.'], changes: testReport.plan?.changes ?? [] };
    const card = cardOf([named(1), { ...named(2), plan }]);
    expect(approvableOn(card).map(({ report }) => report.plan?.lossy)).toEqual([false]);
    const message = JSON.stringify(renderCard(card, cardFacts));
    expect(message).toContain('Approve those without loss (1)');
    expect(message).not.toContain('Approve all');
    const lossy = cardOf([1, 2].map((number) => ({ ...named(number), plan })));
    expect(ordersOf(renderCard(lossy, cardFacts))).toEqual(['approve', 'approve', 'list']);
  });

  it('approve nothing in whole while somebody works on a part of it', () => {
    const card = cardOf([named(1), named(2)]);
    const [first, ...others] = card.findings;
    if (!first) throw new Error('There is none.');
    const marked = { ...card, findings: [{ ...first, working }, ...others] };
    expect(ordersOf(renderCard(marked, cardFacts))).toEqual(['approve', 'list']);
  });

  it('are there for each of ten, beside who opened it and whose it is', () => {
    const opened = {
      principal: 'arn:aws:iam::222222222222:role/a-role-with-a-long-name-for-deployments',
      kind: 'identity-center',
      session: 'somebody-with-a-long-name@example.com',
      sourceAddress: '203.0.113.7',
      at: testReport.at,
      tool: 'Terraform',
    };
    const ten = Array.from({ length: 10 }, (_, number) => ({
      ...named(number),
      opened,
      owner: 'team-payments',
    }));
    const message = renderCard(cardOf(ten), cardFacts);
    expect(ordersOf(message)).toEqual([...ten.map(() => 'approve'), 'approve-all', 'list']);
    const text = JSON.stringify(message.blocks);
    expect(
      text.match(/owner `team-payments`, opened by `somebody-with-a-long-name@example\.com`/g),
    ).toHaveLength(10);
  });

  it('stand for each finding by itself in the modal, with all that can be decided, and turn its pages', () => {
    const card = cardOf([named(1), { ...named(2), state: 'fixed' }]);
    const { blocks } = renderList({ card, cards: [card], page: 1, pages: 3 }, cardFacts);
    const found = ordersOf({ blocks: blocks as never });
    expect(found).toEqual(['approve', 'deny', 'exempt', 'undo', 'list', 'list']);
    const pages = JSON.stringify(blocks).match(/staunch:list:\d+/g);
    expect(pages).toEqual(['staunch:list:0', 'staunch:list:2']);
  });

  it('have ids that no two of one block share, and values that are read back', () => {
    const card = cardOf(Array.from({ length: 10 }, (_, number) => named(number)));
    const message = renderCard(card, cardFacts);
    const ids = JSON.stringify(message.blocks).match(/"action_id":"[^"]+"/g) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
    for (const action of buttonsOf(message)) {
      expect(parseActionValue(JSON.stringify(action))).toEqual(action);
    }
  });
});
