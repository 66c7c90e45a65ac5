import { staunchCommand } from '../../core/staunch-command';
import { utc } from '../../core/utc';
import type { Card, Storm } from '../../ledger/cards/card';
import {
  actions,
  button,
  context,
  header,
  mentions,
  type SlackMessage,
  section,
  summaryText,
} from './blocks';
import type { Detail } from './detail';
import type { CardFacts } from './facts';
import { longestName, severityText } from './headline';
import { accountText } from './parts';
import { code, escaped, list, shortened } from './slack-text';
import { byUrgency, countsText, lookOf, mostUrgent } from './status';

/** The message that stands for many: what became of them, by account and control, as it is now. */
export function digestMessage(card: Card, storm: Storm, facts: CardFacts, detail: Detail): SlackMessage {
  const { cardId } = card;
  const { since, endedAt, findings, states, rows, moreRows, approvers } = storm;
  const there = byUrgency.filter((state) => (states[state] ?? 0) > 0);
  const look = lookOf(mostUrgent(there));
  const title = `${look} ${findings} findings at once${severityText(storm)}, in ${whereText(storm)}`;
  const asked = (states.waiting ?? 0) > 0 ? mentions(approvers) : undefined;
  const lines = rows.map(
    (row) =>
      `${code(accountText(row.accountId, row.accountName), 130)} ${code(row.control, Math.min(detail.text, 140))}: ${countsText(row.states)}`,
  );
  return {
    text: summaryText(`${title}: ${countsText(states)}`),
    blocks: [
      header(title),
      section(`*Now*: ${countsText(states) || 'being counted'}`),
      ...(lines.length > 0 ? [section(list('By account and control', lines, moreRows))] : []),
      ...(asked === undefined ? [] : [section(`*Who may approve*: ${asked}`)]),
      ...(facts.hasButtons
        ? actions([button({ order: 'list', card: cardId }, cardId, undefined, 'List')])
        : []),
      context(
        `More came than this channel takes one by one; this message is kept up to date. All that is open: ${code(staunchCommand('findings'))}. Since ${escaped(utc(since))}${endedAt === undefined ? '' : `, until ${escaped(utc(endedAt))}`}`,
      ),
    ],
  };
}

/** One account by its name, several by their number. */
function whereText({ accounts, rows: [row] }: Storm): string {
  if (accounts !== 1 || !row) return `${accounts} accounts`;
  return shortened(row.accountName ?? row.accountId, longestName);
}
