import type { KnownBlock } from '@slack/web-api';
import { type Notice, noticeSubject } from '../../core/notice';
import { utc } from '../../core/utc';
import type { Card, NoticeDone } from '../../ledger/cards/card';
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
      ...doneOn(card),
      ...(facts.hasButtons ? actions(buttonsOf(card, notice)) : []),
      context(escaped(utc(at))),
    ],
  };
}

/** Each button that is still of use; of several, each says what for. */
function buttonsOf({ cardId, done = [] }: Card, { actions: asked = [] }: Notice) {
  return asked.map((action, index) => {
    const isDone = done.some(({ about }) => about === noticeSubject(action));
    const label = asked.length > 1 && action.order === 'thaw' ? `Thaw ${action.scope}` : undefined;
    return isDone ? undefined : button(action, cardId, index, label);
  });
}

function doneOn({ notice, done = [] }: Card): KnownBlock[] {
  const isOneOfSome = (notice?.actions?.length ?? 0) > 1;
  const lines = done.map((each) => {
    const about = isOneOfSome ? `${code(each.about, 120)}: ` : '';
    return `${about}*${doneText(each)}*, ${escaped(utc(each.at))}`;
  });
  const [only] = lines;
  if (only === undefined) return [];
  return [section(lines.length === 1 ? only : list('Done', lines))];
}

function doneText({ what, by }: NoticeDone): string {
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
