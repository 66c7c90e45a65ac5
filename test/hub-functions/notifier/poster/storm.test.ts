import { findingKey } from '../../../../core/finding';
import { renderCard } from '../../../../hub-functions/card/render-card';
import { cardFacts } from '../../card/support/cards';
import { testReport } from '../events';
import { ChannelWorld, slackPolicy } from '../support/channel-world';
import { storm } from '../support/storm';

describe('2,000 findings within a minute', () => {
  it('are 60 posts at most, none is missing, and the final state is shown within 3 minutes', async () => {
    const { world, final, posts, seconds } = await storm(2_000);
    expect(posts).toBeLessThanOrEqual(60);
    expect(seconds).toBeLessThanOrEqual(180);
    // Each finding stands in a message of its own, or in a digest.
    const channel = slackPolicy.slack.channel;
    const file = world.slack.files.map(({ file: { content } }) => content).join('\n');
    for (const { finding } of final) {
      const [shown] = await world.cards.of({ finding, occurrence: 1 });
      const card = shown && (await world.cards.read(shown.cardId));
      expect(card).toBeDefined();
      if (card?.digest === undefined) {
        const message = world.slack.first(channel).find(({ ts }) => ts === card?.ts);
        expect(message?.message).toEqual(card && renderCard(card, { ...cardFacts, now: world.now() }));
      } else expect(file).toContain(`${findingKey(finding)}#1`);
    }
    const digest = world.slack.first(channel).find(({ message }) => message.text.includes('at once'));
    const counts = ['fixed', 'failed', 'waiting'].map(
      (state) => final.filter((report) => report.state === state).length,
    );
    expect(digest?.message.text).toMatch(/2000 findings at once · critical at worst, in 40 accounts/);
    expect(digest?.message.text).toContain(
      `🔴 ${counts[1]} failed, will retry, 🟡 ${counts[2]} waiting for approval, 🟢 ${counts[0]} fixed`,
    );
  });
});

describe('a storm in which the poster dies', () => {
  it('leaves nothing that no message stands for, wherever that is', async () => {
    for (let step = 1; step < 200; step += 3) {
      const world = new ChannelWorld();
      await world.report(
        ...Array.from({ length: 24 }, (_, number) => ({
          ...testReport,
          finding: { ...testReport.finding, accountId: String(100_000_000_000 + number) },
          reportId: `r-${number}`,
          at: world.now().toISOString(),
        })),
      );
      let calls = 0;
      world.dies = () => {
        calls += 1;
        return calls === step;
      };
      await world.goOn(20 * 60_000);
      const posted = world.cardsNow().filter(({ ts }) => ts !== undefined);
      const told = posted.map(({ storm, findings }) => storm?.findings ?? findings.length);
      expect([step, told.reduce((sum, count) => sum + count, 0)]).toEqual([step, 24]);
    }
  });
});
