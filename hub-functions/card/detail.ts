import type { SlackMessage } from './blocks';

/** How much of each part a message shows. */
export interface Detail {
  /** How long a text is at most, its marks and escapes included; characters. */
  text: number;
  /** How many sentences a list has at most. */
  items: number;
  /** How many lines a diff has at most. */
  lines: number;
  /** Whether each finding of a list has its button. */
  buttons: boolean;
}

/** The most that is shown, and ever less of it. */
const details: readonly Detail[] = [
  { text: 600, items: 5, lines: 24, buttons: true },
  { text: 300, items: 3, lines: 14, buttons: true },
  { text: 160, items: 2, lines: 8, buttons: true },
  { text: 160, items: 1, lines: 5, buttons: false },
  { text: 80, items: 1, lines: 2, buttons: false },
];

/** Slack takes 50 blocks: https://docs.slack.dev/reference/block-kit/blocks */
const mostBlocks = 49;
/**
 * Slack answers `msg_blocks_too_long` for blocks of more than some 13,200 characters, which its pages do not say. All that is sent counts
 * here, names of keys included, which is more than what is shown.
 */
export const longestMessage = 12_000;

/** Whether Slack takes a message. */
export function isWithinLimits({ text, blocks }: SlackMessage): boolean {
  return blocks.length <= mostBlocks && text.length + JSON.stringify(blocks).length <= longestMessage;
}

/** A message with as much detail as Slack takes. What is left out is a command or a button away. */
export function fitting(make: (detail: Detail) => SlackMessage): SlackMessage {
  const [first, ...less] = details.map((detail) => () => make(detail));
  let message = first?.() ?? { text: '', blocks: [] };
  for (const next of less) {
    if (isWithinLimits(message)) break;
    message = next();
  }
  return message;
}
