/** Slack's limit for a section's text: https://docs.slack.dev/reference/block-kit/blocks/section-block */
export const maximumSectionLength = 3_000;

/**
 * Text of a stranger (a resource's name, a description, an error) as it may stand in a message. The three characters that
 * Slack gives a meaning are escaped, so that it holds no mention and no link; and it stays on its line, so that it cannot
 * look like a part of the message that it is not.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escaped(text: string): string {
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** How long a text as code may be, its marks and escapes included: several find room in a section. */
const maximumCodeLength = 600;

/**
 * A stranger's text as code: nothing in it is formatted. What is too long is cut here, after escaping, which makes a text up to
 * five times as long: whoever cut it later would take the closing mark away, and with it what keeps the text code.
 * @param length of all, its marks included
 */
export function code(text: string, length = maximumCodeLength): string {
  return `\`${shortened(escaped(text).replaceAll('`', "'"), length - 2)}\``;
}

/** What a field is called, in bold: no mark within it ends that. */
export function bold(text: string): string {
  return `*${shortened(escaped(text).replace(/[*_~`]/g, ' '), 60)}*`;
}

/**
 * A text without code marks, at most `length` characters long, with an ellipsis where it was cut; never within an escape or a character.
 */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const [character] of text.matchAll(/&(?:amp|lt|gt);|./gsu)) {
    if (kept.length + character.length > length - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/**
 * A heading and a list that fit into one section; what does not fit is counted.
 * @param items escaped already, and short enough
 * @param omitted how many more there are that are not at hand
 */
export function list(heading: string, items: readonly string[], omitted = 0): string {
  const reserve = 40;
  const lines: string[] = [`*${heading}*`];
  let length = heading.length + 2;
  for (const item of items) {
    const line = `• ${item}`;
    if (length + line.length + 1 > maximumSectionLength - reserve) break;
    lines.push(line);
    length += line.length + 1;
  }
  const more = items.length - (lines.length - 1) + omitted;
  return [...lines, ...(more > 0 ? [`• … and ${more} more`] : [])].join('\n');
}
