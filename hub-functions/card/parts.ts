import type { KnownBlock } from '@slack/web-api';
import { utc } from '../../core/utc';
import { type CardDecision, type CardDiffLine, type CardFinding, workingAt } from '../../ledger/cards/card';
import { section } from './blocks';
import type { Detail } from './detail';
import { code, escaped, list, maximumSectionLength, shortened } from './slack-text';
import { workingLook } from './status';

const signs: Readonly<Record<CardDiffLine['kind'], string>> = {
  goes: '−',
  comes: '+',
  stays: ' ',
  heading: '#',
};

/** What a plan changes, as a short diff; undefined where nothing is known of it. */
export function diffText(
  heading: string,
  { diff, diffOmitted }: Pick<CardFinding, 'diff' | 'diffOmitted'>,
  { lines: most, text }: Detail,
): string | undefined {
  if (diff.length === 0) return undefined;
  const shown = diff.slice(0, most);
  const more = diffOmitted + diff.length - shown.length;
  const room = maximumSectionLength - heading.length - 80;
  const lines: string[] = [];
  let length = 0;
  for (const { kind, text: line } of shown) {
    const fenced = shortened(`${signs[kind]} ${escaped(line).replaceAll('`', "'")}`, text);
    if (length + fenced.length + 1 > room) break;
    lines.push(fenced);
    length += fenced.length + 1;
  }
  const left = more + shown.length - lines.length;
  const end = left > 0 ? `\n… and ${left} more lines: see all of it with staunch show` : '';
  return `*${heading}*\n\`\`\`\n${lines.join('\n')}\n\`\`\`${end}`;
}

/** A list of a stranger's sentences; none where there is none. */
export function sentences(
  heading: string,
  texts: readonly string[],
  omitted: number,
  detail: Detail,
): KnownBlock[] {
  if (texts.length === 0) return [];
  const shown = texts.slice(0, detail.items).map((text) => code(text, detail.text));
  return [section(list(heading, shown, omitted + texts.length - shown.length))];
}

/**
 * `Denied by Alice, 2026-11-23 10:04 UTC: because`. Until when an approval counts is left out: beside a fix it would read as the fix's
 * end.
 */
export function decisionText({ what, by, at, reason, until }: CardDecision, length: number): string {
  const words = { approved: 'Approved', denied: 'Denied', exempted: 'Exempted', undone: 'Undone' }[what];
  const end = until === undefined || what === 'approved' ? '' : `, until ${escaped(utc(until))}`;
  const why = reason === undefined ? '' : `: ${code(reason, length)}`;
  return `${words} by ${code(by, length)}, ${escaped(utc(at))}${end}${why}`;
}

/** Who works on a finding; undefined where nobody does. */
export function workingText(shown: CardFinding, now: Date): string | undefined {
  const working = workingAt(shown, now);
  return (
    working &&
    `${workingLook} *Working on it*: ${code(working.what, 60)}, by ${code(working.by, 300)}, since ${escaped(utc(working.at))}`
  );
}

/** An account as people know it: `payments-prod (111122223333)`. */
export function accountText(accountId: string, name: string | undefined): string {
  return name === undefined ? accountId : `${shortened(name, 100)} (${accountId})`;
}
