import { printable } from '../../resources/kit/printable';

/** A message that reached a channel, as far as it is shown. */
export interface ShownMessage {
  text: string;
  blocks?: unknown;
}

/** What stands between facts in a line. */
export const factGap = '   ';

/** The part of Slack's Block Kit that the notifier uses: https://docs.slack.dev/reference/block-kit/blocks */
interface Block {
  text?: { text: string };
  fields?: { text: string }[];
  elements?: { text: string }[];
}

/** A message as it reads in the channel, without markup: one printable line each for headings, items and facts. Pure. */
export function linesOf(message: ShownMessage): string[] {
  const blocks = Array.isArray(message.blocks) ? (message.blocks as Block[]) : [];
  if (blocks.length === 0) return message.text.split('\n').map(printable);
  const lines = blocks.flatMap(({ text, fields = [], elements = [] }) => [
    ...(text === undefined ? [] : plain(text.text).split('\n')),
    ...(fields.length === 0
      ? []
      : [fields.map((field) => plain(field.text).replace('\n', ': ')).join(factGap)]),
    ...elements.map((element) => plain(element.text)),
  ]);
  return lines.map(printable);
}

/** Takes Slack's emphasis and code marks away, and its escapes back: https://docs.slack.dev/messaging/formatting-message-text */
function plain(text: string): string {
  return text.replace(/[*`]/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
