import type { CompiledPolicy } from '../../../../config/compiled';
import { accounts } from '../../../support/findings';
import { testReport } from '../events';
import { ordersOf } from '../support/buttons';
import { ChannelWorld, slackPolicy } from '../support/channel-world';

const channel = slackPolicy.slack.channel;
const minutes = (count: number) => count * 60_000;
const policy: CompiledPolicy = {
  ...slackPolicy,
  approvals: { expireMinutes: 120 },
  people: {
    entries: [
      {
        who: [{ slackUser: 'U0ALICE0001' }, { slackGroup: 'S0SECURITY1' }, { slackUser: 'U0LEFT00001' }],
        may: ['approve'],
        source: 'organization.yaml:30',
      },
    ],
    twoPersons: [],
  },
};
const place = { accountId: accounts.on, path: [{ id: 'r-abcd' }] };
const waiting = {
  ...testReport,
  reportId: 'r-1',
  sequence: 1,
  state: 'waiting' as const,
  planDigest: 'f'.repeat(32),
};
const asked = () => new ChannelWorld({ policy, placeOf: async () => place });
const mentionsIn = (text: string) => text.match(/<[@!][^>]+>/g) ?? [];

describe('approvers', () => {
  it('are mentioned in the message that waits, once, also one who has left', async () => {
    const world = asked();
    await world.report({ ...waiting, at: world.now().toISOString() });
    await world.goOn(minutes(10));
    expect(world.slack.messages).toHaveLength(1);
    expect(mentionsIn(JSON.stringify(world.slack.messages[0]?.message.blocks))).toEqual([
      '<!subteam^S0SECURITY1>',
      '<@U0ALICE0001>',
      '<@U0LEFT00001>',
    ]);
  });

  it('are mentioned in the thread where it waits only later: a changed message notifies nobody', async () => {
    const world = asked();
    await world.report({ ...waiting, state: 'failed', at: world.now().toISOString() });
    await world.goOn(minutes(1));
    await world.report({ ...waiting, reportId: 'r-2', sequence: 2, at: world.now().toISOString() });
    await world.goOn(minutes(1));
    const [first] = world.slack.first(channel);
    const thread = world.slack.thread(first?.ts ?? '').map(({ message }) => JSON.stringify(message));
    expect(thread.filter((text) => mentionsIn(text).length > 0)).toHaveLength(1);
  });

  it('are reminded after 15, 30, 60 minutes, and no more once the approval would have expired', async () => {
    const world = asked();
    await world.report({ ...waiting, at: world.now().toISOString() });
    const began = world.now().getTime();
    await world.goOn(minutes(300));
    const [first] = world.slack.first(channel);
    const after = world.slack.thread(first?.ts ?? '').map(({ at }) => Math.floor((at - began) / minutes(1)));
    expect(after).toEqual([15, 30, 60]);
  });

  it('are reminded of what waits although a storm in the channel came between', async () => {
    const world = asked();
    await world.report({ ...waiting, at: world.now().toISOString() });
    const began = world.now().getTime();
    await world.goOn(minutes(14.5));
    await world.report(
      ...Array.from({ length: 40 }, (_, number) => ({
        ...testReport,
        finding: { ...testReport.finding, accountId: String(100_000_000_000 + number) },
        reportId: `storm-${number}`,
        at: world.now().toISOString(),
      })),
    );
    // What is looked at within the storm is looked at after it as well.
    await world.goOn(1_000);
    const [card] = await world.cards.of({ finding: waiting.finding, occurrence: waiting.occurrence });
    const kept = card && (await world.cards.read(card.cardId));
    if (kept) await world.cards.announce(kept);
    world.hint(channel);
    await world.goOn(minutes(300));
    const after = world.slack.thread(kept?.ts ?? '').map(({ at }) => Math.floor((at - began) / minutes(1)));
    expect(after).toEqual([15, 30, 60]);
  });

  it('are mentioned anew, and reminded, of what comes to wait beside what waits already', async () => {
    const world = asked();
    const at = () => world.now().toISOString();
    const other = { ...waiting, finding: { ...waiting.finding, resourceId: 'sg-other' }, reportId: 'o-1' };
    await world.report({ ...waiting, at: at() }, { ...other, state: 'failed', at: at() });
    const began = world.now().getTime();
    await world.goOn(minutes(100));
    await world.report({ ...other, reportId: 'o-2', sequence: 2, at: at() });
    await world.goOn(minutes(150));
    const [first] = world.slack.first(channel);
    const after = world.slack
      .thread(first?.ts ?? '')
      .filter(({ message }) => mentionsIn(JSON.stringify(message)).length > 0)
      .map((told) => Math.floor((told.at - began) / minutes(1)));
    expect(after).toEqual([15, 30, 60, 100, 115, 130, 160]);
  });

  it('that the policy does not name are not reminded either: the thread stays as it is', async () => {
    const world = new ChannelWorld();
    await world.report({ ...waiting, at: world.now().toISOString() });
    await world.goOn(minutes(100));
    expect(world.slack.messages).toHaveLength(1);
  });

  it('are not reminded of what was decided', async () => {
    const world = asked();
    await world.report({ ...waiting, at: world.now().toISOString() });
    await world.goOn(minutes(20));
    const decision = { what: 'approved' as const, by: 'Alice', at: world.now().toISOString() };
    await world.report({ ...waiting, reportId: 'r-2', sequence: 2, state: 'held', decision });
    await world.goOn(minutes(200));
    const [first] = world.slack.first(channel);
    const thread = world.slack.thread(first?.ts ?? '').map(({ message }) => JSON.stringify(message));
    expect(thread.filter((text) => mentionsIn(text).length > 0)).toHaveLength(1);
  });

  it('are asked anew once an approval has expired: who gave it stays, the buttons come back, and they are mentioned', async () => {
    const world = asked();
    await world.report({ ...waiting, at: world.now().toISOString() });
    await world.goOn(minutes(5));
    const at = world.now().toISOString();
    const decision = { what: 'approved' as const, by: 'Alice Example', at };
    await world.report({ ...waiting, reportId: 'r-2', sequence: 2, state: 'held', decision, at });
    await world.goOn(minutes(120));
    const [held] = world.slack.first(channel);
    expect(ordersOf(held?.message ?? { blocks: [] })).toEqual([]);
    const reason = 'The approval of Alice Example has expired.';
    const again = { ...waiting, reportId: 'r-3', sequence: 3, reason, at: world.now().toISOString() };
    await world.report(again);
    const expiredAt = world.now().getTime();
    await world.goOn(minutes(300));
    const [first] = world.slack.first(channel);
    expect(ordersOf(first?.message ?? { blocks: [] })).toEqual(['approve', 'deny', 'exempt']);
    const text = JSON.stringify(first?.message.blocks);
    expect(text).toContain('Approved by `Alice Example`');
    expect(text).toContain(reason);
    const mentioned = world.slack
      .thread(first?.ts ?? '')
      .filter(({ message }) => mentionsIn(JSON.stringify(message)).length > 0);
    expect(mentioned.map((each) => Math.floor((each.at - expiredAt) / minutes(1)))).toEqual([0, 15, 30, 60]);
  });

  it('get one reminder for all that were missed while Slack was away', async () => {
    const world = asked();
    await world.report({ ...waiting, at: world.now().toISOString() });
    await world.goOn(minutes(1));
    world.slack.fate = () => 'failed';
    await world.goOn(minutes(70));
    world.slack.fate = () => 'taken';
    await world.goOn(minutes(10));
    const [first] = world.slack.first(channel);
    expect(world.slack.thread(first?.ts ?? '')).toHaveLength(1);
  });
});
