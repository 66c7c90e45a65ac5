import type { SlackText } from '../../model';
import { mrkdwn, type Piece, plainPieces } from '../mrkdwn';
import { element } from './dom';
import type { ClientWorkspace } from './workspace';

/** Who looks at the text, and what names it can hold. */
export interface Reader {
  workspace: ClientWorkspace;
  /** Id of the user. */
  me: string;
}

/** A text of Block Kit as nodes. */
export function textNodes(text: SlackText, reader: Reader): Node[] {
  return nodes(
    text.type === 'plain_text' ? plainPieces(text.text) : mrkdwn(text.text, text.verbatim),
    reader,
  );
}

/** A message's own text as nodes. */
export function messageTextNodes(text: string, reader: Reader): Node[] {
  return nodes(mrkdwn(text), reader);
}

/** A text's words, where nothing else than words can stand. */
export function wordsOf(text: SlackText | undefined): string {
  if (text === undefined) return '';
  return plainPieces(text.text)
    .map((piece) => (piece.kind === 'text' ? piece.text : ' '))
    .join('');
}

function nodes(pieces: readonly Piece[], reader: Reader): Node[] {
  return pieces.map((piece) => node(piece, reader));
}

function node(piece: Piece, reader: Reader): Node {
  switch (piece.kind) {
    case 'text':
      return document.createTextNode(piece.text);
    case 'break':
      return element('br');
    case 'bold':
      return element('strong', {}, ...nodes(piece.pieces, reader));
    case 'italic':
      return element('em', {}, ...nodes(piece.pieces, reader));
    case 'strike':
      return element('s', {}, ...nodes(piece.pieces, reader));
    case 'quote':
      return element('blockquote', {}, ...nodes(piece.pieces, reader));
    case 'code':
      return element('code', {}, piece.text);
    case 'preformatted':
      return element('pre', {}, piece.text);
    case 'link':
      // The parser lets no other schemes by than those of the web and of mail.
      return element('a', { href: piece.url, target: '_blank', rel: 'noopener noreferrer' }, piece.text);
    case 'date':
      return element('time', { datetime: new Date(piece.seconds * 1000).toISOString() }, dateText(piece));
    default:
      return mention(piece, reader);
  }
}

type Mention = Extract<Piece, { kind: 'user' | 'group' | 'channel' | 'everybody' }>;

function mention(piece: Mention, { workspace: { users, groups, channels }, me }: Reader): Node {
  if (piece.kind === 'everybody') return element('span', { class: 'mention me' }, `@${piece.name}`);
  const { id, label } = piece;
  const called = (sign: string, name: string | undefined) =>
    `${sign}${(name ?? label ?? id).replace(/^[@#]/, '')}`;
  if (piece.kind === 'channel') {
    const { name } = channels.find((channel) => channel.id === id) ?? {};
    return element('span', { class: 'mention' }, called('#', name));
  }
  if (piece.kind === 'group') {
    const group = groups.find((each) => each.id === id);
    const isMine = group?.users.includes(me) === true;
    return element('span', { class: isMine ? 'mention me' : 'mention' }, called('@', group?.handle));
  }
  const { name } = users.find((user) => user.id === id) ?? {};
  return element('span', { class: id === me ? 'mention me' : 'mention' }, called('@', name));
}

const dateForms: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_pretty: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short_pretty: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long_pretty: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
};

/** https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
function dateText({ seconds, format }: Extract<Piece, { kind: 'date' }>): string {
  return format.replace(/\{(\w+)\}/g, (written, name: string) => {
    const form = Object.hasOwn(dateForms, name) ? dateForms[name] : undefined;
    return form === undefined ? written : new Date(seconds * 1000).toLocaleString('en', form);
  });
}
