import { findingId } from '../../core/finding';
import type { Card } from '../../ledger/cards/card';
import { type SlackMessage, section, summaryText } from './blocks';
import { type CardFacts, titleOf } from './facts';
import { headline } from './headline';
import { code, escaped, shortened } from './slack-text';
import { statusOf } from './status';

/** What is told where Slack refuses a message as it is: that there is something, and where to look. */
export function plainMessage(card: Card, facts: CardFacts): SlackMessage {
  const { findings, notice, change } = card;
  const [first] = findings;
  if (!first) {
    const title = notice?.title ?? (change && titleOf(change.controlId, facts)) ?? 'Findings';
    return { text: summaryText(title), blocks: [section(code(title))] };
  }
  const title = headline(statusOf(first.report.state), first, facts);
  return {
    text: summaryText(title),
    blocks: [
      section(
        [
          shortened(escaped(title), 300),
          ...findings.map(({ finding, occurrence }) => code(findingId(finding, occurrence), 160)),
          'Look at each with staunch show.',
        ].join('\n'),
      ),
    ],
  };
}
