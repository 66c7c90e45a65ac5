/** A part of a formatted text. Nothing in it is markup: who shows it makes elements of the parts, and text of the words. */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'bold' | 'italic' | 'strike' | 'quote'; pieces: Piece[] }
  | { kind: 'code' | 'preformatted'; text: string }
  | { kind: 'link'; url: string; text: string }
  /** Somebody, a user group, a channel; `label` where the text itself says what it is called. */
  | { kind: 'user' | 'group' | 'channel'; id: string; label?: string }
  /** Everybody: `here`, `channel` or `everyone`. */
  | { kind: 'everybody'; name: string }
  /** A time in the reader's time zone. */
  | { kind: 'date'; seconds: number; format: string; fallback: string };

/** Schemes that a link may have; anything else stays text. */
const linkSchemes = /^(https?:\/\/|mailto:)/i;

/**
 * Slack's formatting of a text: https://docs.slack.dev/messaging/formatting-message-text
 * @param verbatim whether addresses that stand in it are left alone
 */
export function mrkdwn(text: string, verbatim = false): Piece[] {
  // Every other part stands between fences.
  return text
    .split(/```([\s\S]+?)```/)
    .flatMap((part, index): Piece[] =>
      index % 2 === 1
        ? [{ kind: 'preformatted', text: unescaped(part.replace(/^\n|\n$/g, '')) }]
        : quotesIn(part, verbatim),
    );
}

/** A text without formatting: its words and its lines. */
export function plainPieces(text: string): Piece[] {
  return lines(text.split('\n').map((line) => words(line)));
}

/** Lines that begin with `>`, or with what is escaped as that, are a quotation. */
function quotesIn(text: string, verbatim: boolean): Piece[] {
  if (text === '') return [];
  const pieces: Piece[] = [];
  let quoted: Piece[][] = [];
  let plain: Piece[][] = [];
  const flush = () => {
    if (quoted.length > 0) pieces.push({ kind: 'quote', pieces: lines(quoted) });
    pieces.push(...lines(plain));
    quoted = [];
    plain = [];
  };
  for (const line of text.split('\n')) {
    const quote = /^(?:>|&gt;) ?(.*)$/s.exec(line)?.[1];
    if ((quote !== undefined && plain.length > 0) || (quote === undefined && quoted.length > 0)) flush();
    if (quote === undefined) plain.push(inline(line, verbatim));
    else quoted.push(inline(quote, verbatim));
  }
  flush();
  return pieces;
}

function lines(parts: readonly Piece[][]): Piece[] {
  return parts.flatMap((pieces, index) => (index === 0 ? pieces : [{ kind: 'break' as const }, ...pieces]));
}

const emphasis: Readonly<Record<string, 'bold' | 'italic' | 'strike'>> = {
  '*': 'bold',
  _: 'italic',
  '~': 'strike',
};

/** What is formatted within one line. */
function inline(line: string, verbatim: boolean): Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') pieces.push(...(verbatim ? words(plain) : linked(plain)));
    plain = '';
  };
  for (let at = 0; at < line.length; ) {
    const span = spanAt(line, at, verbatim);
    if (span === undefined) {
      plain += line[at];
      at += 1;
      continue;
    }
    flush();
    pieces.push(span.piece);
    at = span.end;
  }
  flush();
  return pieces;
}

/** The code, reference or emphasis that begins here, and where it ends. */
function spanAt(line: string, at: number, verbatim: boolean): { piece: Piece; end: number } | undefined {
  const character = line[at] ?? '';
  if (character === '`') {
    const end = line.indexOf('`', at + 1);
    if (end <= at + 1) return undefined;
    return { piece: { kind: 'code', text: unescaped(line.slice(at + 1, end)) }, end: end + 1 };
  }
  if (character === '<') {
    const end = line.indexOf('>', at + 1);
    if (end <= at + 1) return undefined;
    return { piece: reference(line.slice(at + 1, end)), end: end + 1 };
  }
  const kind = emphasis[character];
  if (kind === undefined) return undefined;
  const end = endOfEmphasis(line, at, character);
  if (end === undefined) return undefined;
  return { piece: { kind, pieces: inline(line.slice(at + 1, end), verbatim) }, end: end + 1 };
}

/** An emphasis begins and ends at the edge of a word. */
function endOfEmphasis(line: string, at: number, mark: string): number | undefined {
  const isWord = (character: string | undefined) =>
    character !== undefined && /[\p{L}\p{N}]/u.test(character);
  const isBlank = (character: string | undefined) => character === undefined || /\s/.test(character);
  if (isWord(line[at - 1]) || isBlank(line[at + 1]) || line[at + 1] === mark) return undefined;
  for (let end = at + 1; end < line.length; end += 1) {
    if (line[end] === '`' || line[end] === '<') {
      const close = line.indexOf(line[end] === '`' ? '`' : '>', end + 1);
      if (close > end) end = close;
    } else if (line[end] === mark && !isBlank(line[end - 1]) && !isWord(line[end + 1])) return end;
  }
  return undefined;
}

/** What stands between angle brackets: https://docs.slack.dev/messaging/formatting-message-text#advanced */
function reference(inner: string): Piece {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? {} : { label: unescaped(inner.slice(bar + 1)) };
  const id = (prefix: string) => target.slice(prefix.length);
  if (/^@[UW][A-Z0-9]+$/.test(target)) return { kind: 'user', id: id('@'), ...label };
  if (/^#C[A-Z0-9]+$/.test(target)) return { kind: 'channel', id: id('#'), ...label };
  if (/^!subteam\^S[A-Z0-9]+$/.test(target)) return { kind: 'group', id: id('!subteam^'), ...label };
  if (/^!(here|channel|everyone)$/.test(target)) return { kind: 'everybody', name: id('!') };
  const [, seconds, format] = /^!date\^(\d+)\^([^^]+)(?:\^[^^]*)?$/.exec(target) ?? [];
  if (seconds !== undefined && format !== undefined)
    return { kind: 'date', seconds: Number(seconds), format, fallback: label.label ?? '' };
  if (linkSchemes.test(target)) {
    const url = unescaped(target);
    return { kind: 'link', url, text: label.label || url.replace(/^mailto:/i, '') };
  }
  return { kind: 'text', text: unescaped(`<${inner}>`) };
}

/** A text with its addresses as links. */
function linked(text: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = 0;
  for (const { 0: found, index } of text.matchAll(/https?:\/\/[^\s<>|]*[^\s<>|.,;:!?'")\]}]/g)) {
    pieces.push(...words(text.slice(rest, index)), {
      kind: 'link',
      url: unescaped(found),
      text: unescaped(found),
    });
    rest = index + found.length;
  }
  return [...pieces, ...words(text.slice(rest))];
}

function words(text: string): Piece[] {
  return text === '' ? [] : [{ kind: 'text', text: unescaped(text).replace(/:([a-z0-9_+-]+):/g, emoji) }];
}

/** The three escapes that Slack knows: https://docs.slack.dev/messaging/formatting-message-text#escaping */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Some of the names that stand for an emoji; the others stay as they are written. */
const emojis: Readonly<Record<string, string>> = {
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  x: '❌',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  warning: '⚠️',
  rotating_light: '🚨',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  arrows_counterclockwise: '🔄',
  leftwards_arrow_with_hook: '↩️',
  bell: '🔔',
  lock: '🔒',
  unlock: '🔓',
  eyes: '👀',
  snowflake: '❄️',
  red_circle: '🔴',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  large_orange_circle: '🟠',
  large_blue_circle: '🔵',
  white_circle: '⚪',
  thumbsup: '👍',
  '+1': '👍',
};

function emoji(written: string, name: string): string {
  return Object.hasOwn(emojis, name) ? (emojis[name] ?? written) : written;
}
