import { testReport } from '../events';
import { ordersOf } from '../support/buttons';
import { ChannelWorld, slackPolicy } from '../support/channel-world';

const channel = slackPolicy.slack.channel;
const seconds = (count: number) => count * 1_000;

const waiting = {
  ...testReport,
  reportId: 'r-1',
  sequence: 1,
  state: 'waiting' as const,
  planDigest: 'f'.repeat(32),
};

describe('a thread', () => {
  it('begins with one message, and goes on with what follows', async () => {
    const world = new ChannelWorld();
    await world.report(waiting);
    await world.goOn(seconds(5));
    const [first, ...others] = world.slack.first(channel);
    expect(others).toEqual([]);
    expect(first?.message.text).toContain('Waiting for approval');
    expect(ordersOf(first?.message ?? { blocks: [] })).toEqual(['approve', 'deny', 'exempt']);
    const decision = { what: 'approved' as const, by: 'Alice (Slack U1)', at: '2026-11-23T10:05:00.000Z' };
    await world.report({ ...waiting, reportId: 'r-2', sequence: 2, state: 'fixed', decision });
    await world.goOn(seconds(10));
    expect(world.slack.first(channel)).toHaveLength(1);
    expect(first?.message.text).toContain('Fixed');
    expect(ordersOf(first?.message ?? { blocks: [] })).toEqual(['undo']);
    expect(JSON.stringify(first?.message.blocks)).toContain('Approved by `Alice (Slack U1)`');
    const thread = world.slack.thread(first?.ts ?? '');
    expect(thread).toHaveLength(1);
    expect(JSON.stringify(thread)).toContain('Fixed');
  });
});
