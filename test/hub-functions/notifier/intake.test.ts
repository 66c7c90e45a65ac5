import type { CompiledPolicy } from '../../../config/compiled';
import type { Notice } from '../../../core/notice';
import { accounts } from '../../support/findings';
import { complianceEvent, noticeEvent, reportEvent, testNotice, testReport } from './events';
import { buttonsOf, ordersOf } from './support/buttons';
import { ChannelWorld, slackPolicy } from './support/channel-world';

const channel = slackPolicy.slack.channel;
const route = 'C0PAYMENTS1';
const waiting = { ...testReport, state: 'waiting' as const, planDigest: 'f'.repeat(32) };
/** Reports of other resources of the same account and control. */
const others = (count: number, more: Partial<typeof testReport> = {}) =>
  Array.from({ length: count }, (_, number) => ({
    ...waiting,
    ...more,
    reportId: `other-${number}`,
    sequence: 1,
    finding: { ...testReport.finding, resourceId: `sg-${String(number).padStart(17, '0')}` },
  }));

/** Takes an event in as it is. */
async function take(world: ChannelWorld, ...events: unknown[]): Promise<void> {
  await world.take(events.map((event) => world.messageOf(event)));
  await world.goOn(5_000);
}
const firstTexts = (world: ChannelWorld, of = channel) =>
  world.slack.first(of).map(({ message }) => message.text);

describe('the notifier', () => {
  it('tells a report once, however often it comes', async () => {
    const world = new ChannelWorld();
    await take(world, reportEvent());
    await take(world, { ...reportEvent(), id: 'another-delivery' }, reportEvent());
    expect(world.slack.messages).toHaveLength(1);
  });

  it('counts a report once', async () => {
    const world = new ChannelWorld();
    await take(world, reportEvent(), reportEvent());
    await take(world, reportEvent());
    expect(world.logged.filter((line) => line === 'info Posted')).toHaveLength(1);
  });

  it('tells changes of compliance, and drops what does not matter', async () => {
    const world = new ChannelWorld();
    await take(world, complianceEvent('COMPLIANT', 'NON_COMPLIANT'));
    await take(world, { ...complianceEvent('COMPLIANT', 'COMPLIANT'), id: 'event-2' });
    expect(firstTexts(world)).toEqual([expect.stringContaining('Not compliant')]);
  });

  it('says of a change of compliance what the account is called', async () => {
    const world = new ChannelWorld({
      placeOf: async (accountId) => ({ accountId, name: 'payments-prod', path: [] }),
    });
    await take(world, complianceEvent('COMPLIANT', 'NON_COMPLIANT'));
    expect(firstTexts(world)).toEqual([expect.stringContaining('payments-prod (222222222222)')]);
  });

  it.each([
    ['absent', undefined],
    ['null', null],
  ])(
    'drops and counts a change of compliance whose new verdict is %s, instead of trying it for days',
    async (_what, newEvaluationResult) => {
      const world = new ChannelWorld();
      await take(world, complianceEvent('NON_COMPLIANT', 'COMPLIANT', { newEvaluationResult }));
      expect([world.slack.messages, world.deadLetters]).toEqual([[], []]);
      expect(world.logged).toEqual([expect.stringMatching(/^warn Dropped an event that cannot be read/)]);
    },
  );

  it.each([
    ['a report of the hub that this version cannot read', reportEvent({ ...testReport, version: 2 })],
    ['a notice of the hub without text', noticeEvent({ ...testNotice, text: undefined })],
    ['what is no event', { Message: 'hello' }],
  ])(
    'makes %s a dead letter at once, since it may be a report, and takes the rest in',
    async (_what, event) => {
      const world = new ChannelWorld();
      await take(world, event, reportEvent());
      expect(world.slack.messages).toHaveLength(1);
      expect(world.deadLetters).toEqual([JSON.stringify(event)]);
      expect(world.intakeFailures).toEqual([]);
    },
  );

  it.each([
    ['notice', noticeEvent(testNotice, accounts.on)],
    ['report', reportEvent(testReport, accounts.on)],
  ])('drops a forged %s, and says so in the log', async (_what, event) => {
    const world = new ChannelWorld();
    await take(world, event);
    expect(world.slack.messages).toEqual([]);
    expect(world.logged).toEqual([expect.stringMatching(/^warn Dropped/)]);
  });

  it('loses nothing where the ledger does not answer', async () => {
    const world = new ChannelWorld();
    let calls = 0;
    world.dies = () => {
      calls += 1;
      return calls === 3;
    };
    await take(world, reportEvent());
    expect(world.intakeFailures).toEqual(['message-1']);
    await world.goOn(400_000);
    expect(world.slack.messages).toHaveLength(1);
  });
});

describe('what arrives together', () => {
  it('is one message of an account and control, with a list, one button for all, and one for each', async () => {
    const world = new ChannelWorld();
    await world.report(...others(3));
    await world.goOn(5_000);
    const [first, ...more] = world.slack.first(channel);
    expect(more).toEqual([]);
    expect(first?.message.text).toContain('3 findings');
    expect(ordersOf(first?.message ?? { blocks: [] })).toEqual([
      ...['approve', 'approve', 'approve'],
      ...['approve-all', 'list'],
    ]);
    for (const { finding } of others(3)) {
      expect(JSON.stringify(first?.message.blocks)).toContain(`#${finding.resourceId}#1`);
    }
  });

  it('is as many messages as it takes, of ten findings each', async () => {
    const world = new ChannelWorld();
    await world.report(...others(23));
    await world.goOn(10_000);
    const counts = firstTexts(world).map((text) => Number(/(\d+) findings/.exec(text)?.[1]));
    expect(counts.sort((one, other) => one - other)).toEqual([3, 10, 10]);
  });

  it('is told apart by account and control', async () => {
    const world = new ChannelWorld();
    const [one, two, three] = others(3);
    if (!one || !two || !three) throw new Error('too few');
    await world.report(
      one,
      { ...two, finding: { ...two.finding, accountId: accounts.off } },
      { ...three, finding: { ...three.finding, control: 's3-public-access' } },
    );
    await world.goOn(10_000);
    expect(world.slack.first(channel)).toHaveLength(3);
  });

  it('goes on in one thread, whose first message shows what became of each', async () => {
    const world = new ChannelWorld();
    const [one, two] = others(2);
    if (!one || !two) throw new Error('too few');
    await world.report(one, two);
    await world.goOn(5_000);
    const [before] = world.slack.first(channel);
    await world.report({ ...one, reportId: 'fixed', sequence: 2, state: 'fixed' });
    await world.goOn(5_000);
    const [first] = world.slack.first(channel);
    expect(before?.ts).toBe(first?.ts);
    expect(first?.message.text).toContain('🟡 1 waiting for approval, 🟢 1 fixed');
    expect(ordersOf(first?.message ?? { blocks: [] })).toEqual(['undo', 'approve', 'approve-all', 'list']);
    expect(world.slack.thread(first?.ts ?? '')).toHaveLength(1);
  });
});

describe('the order of reports', () => {
  const numbered = (sequence: number, state: typeof testReport.state, more = {}) => ({
    ...waiting,
    ...{ sequence, state, reportId: `r-${sequence}`, ...more },
    at: `2026-11-23T10:0${sequence}:00.000Z`,
  });

  it('is kept where a later one comes first: it waits for the one before it', async () => {
    const world = new ChannelWorld();
    await world.report(numbered(2, 'fixed'));
    expect(world.slack.messages).toEqual([]);
    await world.report(numbered(1, 'waiting'));
    await world.goOn(10_000);
    const [first] = world.slack.first(channel);
    expect(first?.message.text).toContain('Fixed');
    expect(JSON.stringify(world.slack.thread(first?.ts ?? ''))).toContain('Fixed');
  });

  it('does not keep a report from being told whose forerunner is lost', async () => {
    const world = new ChannelWorld();
    await world.report(numbered(2, 'fixed'));
    await world.goOn(40_000);
    expect(firstTexts(world)).toEqual([expect.stringContaining('Fixed')]);
  });

  it('keeps what is known: a late report changes neither the state nor who decided, and stands in the thread', async () => {
    const world = new ChannelWorld();
    const decision = { what: 'approved' as const, by: 'Alice (Slack U1)', at: '2026-11-23T10:02:30.000Z' };
    await world.report(numbered(1, 'waiting'));
    await world.report(numbered(3, 'fixed', { decision }));
    await world.goOn(60_000);
    await world.report(numbered(2, 'held'));
    await world.goOn(10_000);
    const [first] = world.slack.first(channel);
    expect(first?.message.text).toContain('Fixed');
    expect(JSON.stringify(first?.message)).toContain('Approved by `Alice (Slack U1)`');
    const thread = world.slack.thread(first?.ts ?? '').map(({ message }) => JSON.stringify(message));
    expect(thread.at(-1)).toMatch(/Held.*told late/);
  });

  it('never erases who decided, whatever comes later', async () => {
    const world = new ChannelWorld();
    const decision = { what: 'denied' as const, by: 'Bob (Slack U2)', at: '2026-11-23T10:02:00.000Z' };
    await world.report(numbered(1, 'waiting'));
    await world.report(numbered(2, 'denied', { decision }));
    await world.report(numbered(3, 'waiting'));
    await world.goOn(10_000);
    const [first] = world.slack.first(channel);
    expect(JSON.stringify(first?.message)).toContain('Denied by `Bob (Slack U2)`');
    expect(ordersOf(first?.message ?? { blocks: [] })).toEqual(['approve', 'deny', 'exempt']);
  });

  it('is that of their times where a version before has not numbered them', async () => {
    const world = new ChannelWorld();
    const { sequence: _one, ...later } = numbered(2, 'fixed');
    const { sequence: _two, ...earlier } = numbered(1, 'waiting');
    await world.report(later);
    await world.report(earlier);
    await world.goOn(10_000);
    expect(firstTexts(world)).toEqual([expect.stringContaining('Fixed')]);
  });
});

describe('routes', () => {
  const routed = (routes: CompiledPolicy['slack']['routes']) =>
    new ChannelWorld({ policy: { ...slackPolicy, slack: { ...slackPolicy.slack, routes } } });

  it('tell another channel too, each in a thread of its own; the central one has all', async () => {
    const world = routed([{ channel: route, tags: { team: 'payments' }, source: 'x:1' }]);
    const [one, two] = others(2);
    if (!one || !two) throw new Error('too few');
    await world.report({ ...one, tags: { team: 'payments' } }, { ...two, tags: { team: 'search' } });
    await world.goOn(5_000);
    expect(firstTexts(world)).toEqual([expect.stringContaining('2 findings')]);
    expect(firstTexts(world, route)).toEqual([expect.stringContaining(one.finding.resourceId)]);
  });

  it('show in every channel that somebody works on it, and what he decided', async () => {
    const world = routed([{ channel: route, where: { accounts: [accounts.on] }, source: 'x:1' }]);
    await world.report({ ...waiting, sequence: 1 });
    await world.goOn(5_000);
    const at = world.now();
    const work = {
      ...{ what: 'approve', by: 'Alice', at: at.toISOString() },
      until: new Date(at.getTime() + 60_000).toISOString(),
    };
    const { cards, taken } = await world.cards.working([testReport], work);
    expect([cards.map((card) => card.channel).sort(), taken]).toEqual([[channel, route].sort(), undefined]);
    for (const each of [channel, route]) world.hint(each);
    await world.goOn(5_000);
    for (const each of [channel, route]) {
      const [first] = world.slack.first(each);
      expect(first?.message.text).toContain('Working on it');
      expect(ordersOf(first?.message ?? { blocks: [] })).toEqual([]);
    }
  });

  it('that are broken do not keep the central channel from being told', async () => {
    const world = routed([{ channel: route, where: { accounts: [accounts.on] }, source: 'x:1' }]);
    world.slack.broken.set(route, 'is_archived');
    await world.report(testReport);
    await world.goOn(5_000);
    expect(world.slack.first(channel)).toHaveLength(1);
    world.slack.broken.clear();
    await world.goOn(10 * 60_000);
    expect(world.slack.first(route)).toHaveLength(1);
  });
});

describe('a notice', () => {
  const list = 'a'.repeat(16);
  const thaw = { order: 'thaw' as const, scope: accounts.on, list };

  it('is a message of its own, once, with the buttons that it has', async () => {
    const world = new ChannelWorld();
    await world.notice({ ...testNotice, actions: [thaw] });
    await world.notice({ ...testNotice, actions: [thaw] });
    await world.goOn(5_000);
    const [first, ...more] = world.slack.first(channel);
    expect(more).toEqual([]);
    expect(ordersOf(first?.message ?? { blocks: [] })).toEqual(['thaw']);
  });

  it('loses its buttons when that is done, and says by whom', async () => {
    const world = new ChannelWorld();
    await world.notice({ ...testNotice, actions: [thaw] });
    await world.goOn(5_000);
    const [card] = world.cardsNow();
    await world.cards.done(card?.cardId ?? '', {
      ...{ about: `thaw ${accounts.on}`, what: 'Thawed', by: 'Alice <!channel>' },
      at: testNotice.at,
    });
    world.hint(channel);
    await world.goOn(5_000);
    const [first] = world.slack.first(channel);
    expect(ordersOf(first?.message ?? { blocks: [] })).toEqual([]);
    expect(JSON.stringify(first?.message.blocks)).toContain('Thawed by Alice &lt;!channel&gt;');
  });

  describe('with a button for each of several', () => {
    const other = { ...thaw, scope: accounts.approval };
    const both = { ...testNotice, actions: [thaw, other] };
    const scopesOn = (world: ChannelWorld) =>
      world.slack
        .first(channel)
        .flatMap(({ message }) =>
          buttonsOf(message).flatMap((action) => (action.order === 'thaw' ? [action.scope] : [])),
        );

    it('says on each what for', async () => {
      const world = new ChannelWorld();
      await world.notice(both);
      await world.goOn(5_000);
      const shown = JSON.stringify(world.slack.first(channel)[0]?.message.blocks);
      expect(shown).toContain(`"Thaw ${accounts.on}"`);
      expect(shown).toContain(`"Thaw ${accounts.approval}"`);
    });

    it('keeps the others when one is done, or a later notice is about one', async () => {
      const world = new ChannelWorld();
      await world.notice(both);
      await world.goOn(5_000);
      const [card] = world.cardsNow();
      await world.cards.done(card?.cardId ?? '', {
        ...{ about: `thaw ${accounts.on}`, what: 'thaw', by: 'Alice' },
        at: testNotice.at,
      });
      world.hint(channel);
      await world.goOn(5_000);
      expect(scopesOn(world)).toEqual([accounts.approval]);
    });

    it('loses one when that is done elsewhere, in whatever order the notices come', async () => {
      const thawed: Notice = {
        ...testNotice,
        ...{ noticeId: 'thaw#1', title: 'Thawed: 3 fixes', at: '2026-11-23T10:05:00.000Z' },
        ends: [`thaw ${accounts.on}`, 'thaw organization'],
      };
      for (const notices of [
        [both, thawed],
        [thawed, both],
      ]) {
        const world = new ChannelWorld();
        for (const notice of notices) {
          await world.notice(notice);
          await world.goOn(5_000);
        }
        expect(scopesOn(world)).toEqual([accounts.approval]);
      }
    });
  });

  it('loses its buttons when a later one is about the same, in whatever order they come', async () => {
    for (const order of [
      [1, 2],
      [2, 1],
    ]) {
      const world = new ChannelWorld();
      for (const number of order) {
        await world.notice({
          ...testNotice,
          noticeId: `frozen-${number}`,
          title: `Frozen ${number}`,
          at: `2026-11-23T10:0${number}:00.000Z`,
          actions: [{ ...thaw, list: String(number).repeat(16) }],
        });
        await world.goOn(5_000);
      }
      const buttons = world.slack
        .first(channel)
        .map(({ message }) => [message.text.slice(0, 8), ordersOf(message)]);
      expect(buttons.sort()).toEqual([
        ['Frozen 1', []],
        ['Frozen 2', ['thaw']],
      ]);
    }
  });

  it('that asks for a second person loses its button when nobody agreed in time', async () => {
    const world = new ChannelWorld();
    const proposal = 'b'.repeat(64);
    await world.notice({
      ...testNotice,
      noticeId: `second-person#${proposal}#x#1`,
      actions: [{ order: 'agree', proposal }],
    });
    await world.goOn(5_000);
    await world.notice({
      ...testNotice,
      noticeId: `second-person-missed#${proposal}#x#1`,
      ends: [`agree ${proposal}`],
      at: '2026-11-23T12:00:00.000Z',
    });
    await world.goOn(5_000);
    expect(world.slack.first(channel).map(({ message }) => ordersOf(message))).toEqual([[], []]);
  });

  it('of a list shows its lines', async () => {
    const world = new ChannelWorld();
    await world.notice({ ...testNotice, kind: 'summary', lines: ['Opened: 3', 'Closed: <!here>'] });
    await world.goOn(5_000);
    expect(JSON.stringify(world.slack.messages)).toContain('• `Opened: 3`\\n• `Closed: &lt;!here&gt;`');
  });
});
