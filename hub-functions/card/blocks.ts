import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  SectionBlock,
} from '@slack/web-api';
import { actionIdOf, actionValue, type SlackAction } from '../../core/slack-action';
import type { Mentioned } from '../../ledger/cards/card';
import { bold, code, escaped, shortened } from './slack-text';

/** A message for `chat.postMessage`, `chat.update` and a `response_url`. */
export interface SlackMessage {
  /** What notifications and screen readers show. */
  text: string;
  blocks: KnownBlock[];
}

/** Slack's limit for a header: https://docs.slack.dev/reference/block-kit/blocks/header-block */
const maximumHeaderLength = 150;
/** How long the text may be that notifications show. */
const longestSummary = 600;

/** @param title may hold a stranger's text: nothing in a header is formatted, and mentions are escaped all the same */
export function header(title: string): HeaderBlock {
  return {
    type: 'header',
    text: { type: 'plain_text', text: shortened(escaped(title), maximumHeaderLength), emoji: false },
  };
}

/** The text of notifications. */
export function summaryText(text: string): string {
  return shortened(escaped(text), longestSummary);
}

/**
 * `verbatim` keeps Slack from making links and mentions of its own:
 * https://docs.slack.dev/reference/block-kit/composition-objects/text-object
 * @param text escaped already; at most 3,000 characters
 */
export function section(text: string, accessory?: Button): SectionBlock {
  return {
    type: 'section',
    text: { type: 'mrkdwn', text, verbatim: true },
    ...(accessory && { accessory }),
  };
}

/**
 * At most ten fields of 2,000 characters: https://docs.slack.dev/reference/block-kit/blocks/section-block
 * @param length of each value at most, its marks and escapes included
 */
export function fields(values: Record<string, string>, length: number): SectionBlock {
  return {
    type: 'section',
    fields: Object.entries(values).map(([name, value]) => ({
      type: 'mrkdwn',
      text: `${bold(name)}\n${code(value, length)}`,
      verbatim: true,
    })),
  };
}

/** @param text escaped already, and short: at most 2,000 characters */
export function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

/** What a button is called, and how it looks. Whoever may expose something, or cannot take it back, is asked once more by a form. */
const buttons: Readonly<Record<SlackAction['order'], { label: string; style?: 'primary' | 'danger' }>> = {
  approve: { label: 'Approve', style: 'primary' },
  deny: { label: 'Deny', style: 'danger' },
  undo: { label: 'Undo', style: 'danger' },
  exempt: { label: 'Exempt' },
  retry: { label: 'Retry' },
  'approve-all': { label: 'Approve all that is shown', style: 'primary' },
  thaw: { label: 'Thaw', style: 'primary' },
  agree: { label: 'Agree', style: 'primary' },
  list: { label: 'Details' },
};

/**
 * A button.
 * @param card the card that it is about
 * @param index where a message has several of one kind
 * @returns undefined where the finding's name is longer than a button carries: its commands stand in the message
 */
export function button(
  action: SlackAction,
  card: string,
  index?: number,
  label: string = labelOf(action),
): Button | undefined {
  // Nobody overrules anybody by the button that everybody looks for.
  const { style } = isOverruling(action) ? {} : buttons[action.order];
  try {
    return {
      type: 'button',
      action_id: actionIdOf(action, index),
      text: { type: 'plain_text', text: label, emoji: false },
      value: actionValue(action, card),
      ...(style && { style }),
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function labelOf(action: SlackAction): string {
  if (action.order === 'approve' && action.breakGlass) return 'Approve by break-glass';
  return isOverruling(action) ? 'Approve after all' : buttons[action.order].label;
}

function isOverruling(action: SlackAction): boolean {
  return action.order === 'approve' && action.overrules === true;
}

/** Buttons in a row; none where there is none. */
export function actions(elements: readonly (Button | undefined)[], blockId?: string): ActionsBlock[] {
  const there = elements.filter((element) => element !== undefined);
  if (there.length === 0) return [];
  return [{ type: 'actions', elements: there, ...(blockId !== undefined && { block_id: blockId }) }];
}

const userPattern = /^[UW][A-Z0-9]{2,20}$/;
const groupPattern = /^S[A-Z0-9]{2,20}$/;
/** More names would push away what they are asked. */
const mostMentions = 20;

/**
 * Mentions of users and groups: https://docs.slack.dev/messaging/formatting-message-text#mentioning-users
 * Of one who has left, Slack shows the name alone.
 * @returns undefined where there is nobody
 */
export function mentions({ users, groups }: Mentioned): string | undefined {
  const all = [
    ...groups.filter((id) => groupPattern.test(id)).map((id) => `<!subteam^${id}>`),
    ...users.filter((id) => userPattern.test(id)).map((id) => `<@${id}>`),
  ];
  if (all.length === 0) return undefined;
  const more = all.length - mostMentions;
  return [...all.slice(0, mostMentions), ...(more > 0 ? [`and ${more} more`] : [])].join(' ');
}

/** A message without its buttons. */
export function withoutButtons({ text, blocks }: SlackMessage): SlackMessage {
  return {
    text,
    blocks: blocks.flatMap((block): KnownBlock[] => {
      if (block.type === 'actions') return [];
      if (block.type !== 'section' || block.accessory === undefined) return [block];
      const { accessory: _, ...rest } = block;
      return [rest];
    }),
  };
}

/** Whether a message has any button. */
export function hasButtons({ blocks }: Pick<SlackMessage, 'blocks'>): boolean {
  return blocks.some(
    (block) => block.type === 'actions' || (block.type === 'section' && block.accessory !== undefined),
  );
}
