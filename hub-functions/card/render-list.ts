import type { KnownBlock, View } from '@slack/web-api';
import { findingId } from '../../core/finding';
import type { Card, CardFinding } from '../../ledger/cards/card';
import type { ListedCards } from '../../ledger/cards/cards';
import { actions, button, context, section } from './blocks';
import { actionsOn } from './buttons';
import type { Detail } from './detail';
import { type CardFacts, titleOf } from './facts';
import { accountText, decisionText, diffText, workingText } from './parts';
import { code, escaped } from './slack-text';
import { statusOf } from './status';

/** A modal takes a hundred blocks: https://docs.slack.dev/surfaces/modals */
const mostBlocks = 99;
const detail: Detail = { text: 200, items: 1, lines: 6, buttons: true };

/** What of a view this makes; whoever opens it adds the rest. */
export type ListView = Pick<Extract<View, { type: 'modal' }>, 'type' | 'title' | 'close' | 'blocks'>;

/**
 * What a message stands for, a page of it, as a modal: each finding with all that can be decided about it. Pure.
 * @param listed as `Cards.listed` gives it
 */
export function renderList({ card, cards, page, pages }: ListedCards, facts: CardFacts): ListView {
  const { cardId } = card;
  const rows = cards.flatMap((each) =>
    each.findings.flatMap((shown, index) => row(each, shown, index, facts)),
  );
  const turn = (to: number, label: string) =>
    to >= 0 && to < pages ? button({ order: 'list', card: cardId, page: to }, cardId, to, label) : undefined;
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Findings', emoji: false },
    close: { type: 'plain_text', text: 'Close', emoji: false },
    blocks: [
      context(`Page ${page + 1} of ${pages}`),
      ...(rows.length > 0 ? rows.slice(0, mostBlocks - 2) : [section('There is nothing to show.')]),
      ...actions([turn(page - 1, 'Previous page'), turn(page + 1, 'Next page')], 'staunch:pages'),
    ],
  };
}

function row(card: Card, shown: CardFinding, index: number, facts: CardFacts): KnownBlock[] {
  const { finding, occurrence, report, decisions } = shown;
  const danger = report.violations[0]?.text;
  const decided = decisions.at(-1);
  const working = workingText(shown, facts.now);
  const diff = diffText('Change', shown, detail);
  const lines = [
    `*${statusOf(report.state)}*: ${escaped(titleOf(finding.control, facts))}`,
    `${code(finding.resourceId, 260)} in ${code(accountText(finding.accountId, report.accountName), 150)}, ${code(finding.region, 40)}`,
    ...(working === undefined ? [] : [working]),
    ...(danger === undefined ? [] : [code(danger, detail.text)]),
    ...(decided ? [decisionText(decided, detail.text)] : []),
    code(findingId(finding, occurrence)),
    ...(diff === undefined ? [] : [diff]),
  ];
  return [
    section(lines.join('\n')),
    ...(facts.hasButtons
      ? actions(
          actionsOn(shown, facts.now).map((action) => button(action, card.cardId, index)),
          `staunch:${card.cardId}:${index}`,
        )
      : []),
  ];
}
