import { findingKey } from '../../../../core/finding';
import { renderCard } from '../../../../hub-functions/card/render-card';
import { cardFacts } from '../../card/support/cards';
import { slackPolicy } from '../support/channel-world';
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
    expect(digest?.message.text).toMatch(/2000 findings at once, in 40 accounts/);
    expect(digest?.message.text).toContain(
      `🔴 ${counts[1]} failed, will retry, 🟡 ${counts[2]} waiting for approval, 🟢 ${counts[0]} fixed`,
    );
  });
});
