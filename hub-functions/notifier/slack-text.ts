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

/** A stranger's text as code: nothing in it is formatted. */
export function code(text: string): string {
  return `\`${escaped(text).replaceAll('`', "'")}\``;
}

/** The text, at most `length` characters long, with an ellipsis where it was cut; never within an escape. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/&[a-z]{0,3}$|[\uD800-\uDBFF]$/, '')}…`;
}

/**
 * A heading and a list that fit into one section; what does not fit is counted.
 * @param items escaped already
 * @param omitted how many more there are that are not at hand
 */
export function list(heading: string, items: readonly string[], omitted = 0): string {
  const reserve = 40;
  const lines: string[] = [`*${heading}*`];
  let length = heading.length + 2;
  for (const item of items) {
    const line = `• ${shortened(item, 600)}`;
    if (length + line.length + 1 > maximumSectionLength - reserve) break;
    lines.push(line);
    length += line.length + 1;
  }
  const more = items.length - (lines.length - 1) + omitted;
  return [...lines, ...(more > 0 ? [`• … and ${more} more`] : [])].join('\n');
}
