import { printable } from '../../resources/kit/printable';

/** A message that reached a channel, as far as it is shown. */
export interface ShownMessage {
  text: string;
  blocks?: unknown;
}

/** What stands between facts in a line. */
export const factGap = '   ';

/** A text, or a button with one. */
interface Element {
  text?: string | { text: string };
}

/** The part of Slack's Block Kit that is shown: https://docs.slack.dev/reference/block-kit/blocks */
interface Block {
  type?: string;
  text?: { text: string };
  fields?: { text: string }[];
  accessory?: Element;
  elements?: Element[];
}

/** A message as it reads in the channel, without markup: one printable line each for headings, items and facts. Pure. */
export function linesOf(message: ShownMessage): string[] {
  const blocks = Array.isArray(message.blocks) ? (message.blocks as Block[]) : [];
  if (blocks.length === 0) return message.text.split('\n').map(printable);
  const lines = blocks.flatMap(({ type, text, fields = [], accessory, elements = [] }) => [
    // The marks around a diff stand on lines of their own.
    ...(text === undefined
      ? []
      : plain(text.text)
          .split('\n')
          .filter((line) => line !== '')),
    ...(fields.length === 0
      ? []
      : [fields.map((field) => plain(field.text).replace('\n', ': ')).join(factGap)]),
    ...(accessory === undefined ? [] : buttons([accessory])),
    ...(type === 'actions' ? buttons(elements) : elements.map((element) => plain(wordsOf(element)))),
  ]);
  return lines.map(printable);
}

/** Buttons as they stand beside each other; menus have no words of their own. */
function buttons(elements: readonly Element[]): string[] {
  const words = elements.map(wordsOf).filter((text) => text !== '');
  return words.length === 0 ? [] : [words.map((text) => `[${plain(text)}]`).join(' ')];
}

function wordsOf({ text = '' }: Element): string {
  return typeof text === 'string' ? text : text.text;
}

/** Takes Slack's emphasis and code marks away, and its escapes back: https://docs.slack.dev/messaging/formatting-message-text */
function plain(text: string): string {
  return text.replace(/[*`]/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
