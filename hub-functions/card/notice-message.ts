import type { KnownBlock } from '@slack/web-api';
import type { Notice } from '../../core/notice';
import { utc } from '../../core/utc';
import type { Card } from '../../ledger/cards/card';
import { actions, button, context, header, type SlackMessage, section, summaryText } from './blocks';
import type { Detail } from './detail';
import type { CardFacts } from './facts';
import { code, escaped, list, maximumSectionLength, shortened } from './slack-text';

const mostLines = 60;
const linesInSection = 20;

/** A notice. It holds no markup, and may quote a stranger: as plain text nothing in it is formatted. */
export function noticeMessage(card: Card, notice: Notice, facts: CardFacts, detail: Detail): SlackMessage {
  const { title, text, at } = notice;
  return {
    text: summaryText(`${title}: ${text}`),
    blocks: [
      header(title),
      {
        type: 'section',
        text: { type: 'plain_text', text: shortened(escaped(text), maximumSectionLength), emoji: false },
      },
      ...linesOf(notice, detail),
      ...(card.done
        ? [section(`*${doneText(card.done)}*, ${escaped(utc(card.done.at))}`)]
        : facts.hasButtons
          ? actions((notice.actions ?? []).map((action, index) => button(action, card.cardId, index)))
          : []),
      context(escaped(utc(at))),
    ],
  };
}

function doneText({ what, by }: NonNullable<Card['done']>): string {
  return `${shortened(escaped(what), 200)}${by === undefined ? '' : ` by ${shortened(escaped(by), 300)}`}`.replace(
    /[*_~`]/g,
    ' ',
  );
}

/** The lines of a list, a few sections of them. */
function linesOf({ lines = [] }: Notice, { text }: Detail): KnownBlock[] {
  const shown = lines.slice(0, mostLines).map((line) => code(line, Math.min(text, 300)));
  const more = lines.length - shown.length;
  const parts = Array.from({ length: Math.ceil(shown.length / linesInSection) }, (_, index) =>
    shown.slice(index * linesInSection, (index + 1) * linesInSection),
  );
  return parts.map((part, index) =>
    section(list(index === 0 ? 'List' : 'Further', part, index === parts.length - 1 ? more : 0)),
  );
}
