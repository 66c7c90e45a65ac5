import { cut } from '../../core/cut';
import { findingId } from '../../core/finding';
import { defaultOrderEnd } from '../../core/order-end';
import { type SlackAction, slackIdPrefix } from '../../core/slack-action';
import { printable } from '../../resources/kit/printable';
import { type FormMetadata, metadataText, type ViewPlace } from './metadata';
import { placeText } from './place-text';

/** The ids of a form's fields, of the block and of the element in it. */
export const fieldIds = { reason: `${slackIdPrefix}reason`, until: `${slackIdPrefix}until` } as const;

/** The longest reason that an order takes; characters. */
export const longestReason = 500;

/** Slack takes 3,000 characters in a section: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const longestSaid = 2_900;

/** A view as `views.open` and `views.update` take it: https://docs.slack.dev/reference/views/modal-views */
export interface ModalView {
  type: 'modal';
  callback_id: string;
  title: object;
  submit?: object;
  close: object;
  private_metadata: string;
  blocks: object[];
}

type Asking = Extract<SlackAction, { order: 'approve' | 'deny' | 'exempt' | 'undo' }>;

const words = {
  approve: {
    title: 'Approve a lossy fix',
    submit: 'Approve',
    says: 'This fix also takes something that is harmless: there is no other way. What goes with it stands below.',
    why: 'Why',
  },
  breakGlass: {
    title: 'Approve by break-glass',
    submit: 'Approve by break-glass',
    says: 'The policy lets you approve this by break-glass alone. Everybody is told that you do, and why.',
    why: 'Why',
  },
  deny: {
    title: 'Deny the fix',
    submit: 'Deny',
    says: 'It is left as it is until its plan would be another one, or somebody approves it.',
    why: 'Why',
  },
  exempt: {
    title: 'Exempt the resource',
    submit: 'Exempt',
    says: 'It is left as it is until then: nothing of this control is fixed there.',
    why: 'Why',
  },
  undo: {
    title: 'Undo the fix',
    submit: 'Undo: expose it again',
    says: 'It gives back what the fix took, so that the resource stands open again, and leaves it so until then.',
    why: 'Why',
  },
} as const;

/** Whether an action is asked for more before it is taken, in a form. */
export function takesForm(action: SlackAction): action is Asking {
  switch (action.order) {
    case 'deny':
    case 'exempt':
    case 'undo':
      return true;
    case 'approve':
      return action.lossy === true || action.breakGlass === true;
    default:
      return false;
  }
}

/** Whether a form takes a reason in any case. */
export function takesReason(action: Asking): boolean {
  return action.order !== 'approve' || action.breakGlass === true;
}

/** Whether a form has to be told what goes with a lossy fix: that is read after it was opened. */
export function takesLosses(action: Asking): boolean {
  return action.order === 'approve' && action.lossy === true;
}

/**
 * The form of an action. What is about the finding is plain text, so that nothing in it is formatted. Pure.
 * @param losses what goes with a lossy fix, a sentence each; undefined before that is known
 */
export function formOf(
  { action, card, place }: FormMetadata & { action: Asking },
  now: Date,
  losses?: readonly string[],
): ModalView {
  const { title, submit, says, why } = words[isBreakGlass(action) ? 'breakGlass' : action.order];
  return {
    type: 'modal',
    callback_id: `${slackIdPrefix}${action.order}`,
    title: plain(title),
    submit: plain(submit),
    close: plain('Cancel'),
    private_metadata: metadataText(place, { action, card }),
    blocks: [
      said(aboutText(action)),
      said(says),
      ...(takesLosses(action) && isBreakGlass(action) ? [said(words.approve.says)] : []),
      ...(takesLosses(action) ? [said(lossesText(losses))] : []),
      {
        type: 'input',
        block_id: fieldIds.reason,
        label: plain(why),
        optional: !takesReason(action),
        element: {
          type: 'plain_text_input',
          action_id: fieldIds.reason,
          multiline: true,
          max_length: longestReason,
        },
      },
      ...(action.order === 'exempt' || action.order === 'undo' ? [untilField(action.order, now)] : []),
    ],
  };
}

function isBreakGlass(action: Asking): boolean {
  return action.order === 'approve' && action.breakGlass === true;
}

/** What it is about, for people; and its name, for commands. */
function aboutText({ finding, occurrence }: Asking): string {
  return `${placeText(finding)}\n${printable(findingId(finding, occurrence))}`;
}

function lossesText(losses: readonly string[] | undefined): string {
  if (losses === undefined) return 'What goes with it is being looked up …';
  if (losses.length === 0) return 'What goes with it is not known here any more: look at the message.';
  return cutTo(longestSaid, [
    'What goes with it:',
    ...losses.map((loss) => `• ${loss.replace(/\s+/g, ' ')}`),
  ]);
}

/** As many lines as find room. */
function cutTo(length: number, lines: readonly string[]): string {
  let text = '';
  for (const [index, line] of lines.entries()) {
    const next = index === 0 ? line : `${text}\n${line}`;
    if (next.length > length) return `${text}\n… and ${lines.length - index} more: see staunch show.`;
    text = next;
  }
  return text;
}

function untilField(order: 'exempt' | 'undo', now: Date) {
  return {
    type: 'input',
    block_id: fieldIds.until,
    label: plain('Until'),
    element: {
      type: 'datetimepicker',
      action_id: fieldIds.until,
      // Whole minutes, as the picker has them: https://docs.slack.dev/reference/block-kit/block-elements/datetime-picker-element
      initial_date_time: Math.floor(defaultOrderEnd(order, now).getTime() / 60_000) * 60,
    },
  };
}

/**
 * What is shown at once of a list, before it is read. Pure.
 * @param says in the place of the list
 */
export function waitingList(place: ViewPlace, says = 'One moment …'): ModalView {
  return {
    type: 'modal',
    callback_id: `${slackIdPrefix}list`,
    title: plain('Findings'),
    close: plain('Close'),
    private_metadata: metadataText(place),
    blocks: [said(says)],
  };
}

/**
 * What is shown in the place of a view out of which nothing comes: it has nothing to send off. Pure.
 * @param lines why, and what it is about
 */
export function refusalView(place: ViewPlace, lines: readonly string[]): ModalView {
  return {
    type: 'modal',
    callback_id: `${slackIdPrefix}refused`,
    title: plain('Nothing was done'),
    close: plain('Close'),
    private_metadata: metadataText(place),
    blocks: [said(cut(lines.join('\n'), longestSaid))],
  };
}

/** A view with an answer above what it shows: a list leaves room for one block. Pure. */
export function withAnswer(view: ModalView, lines: readonly string[]): ModalView {
  return { ...view, blocks: [said(cut(lines.join('\n'), longestSaid)), ...view.blocks] };
}

function plain(text: string) {
  return { type: 'plain_text', text, emoji: false };
}

/** Slack escapes nothing in plain text, and formats nothing but `<…>`, which it shows as it is. */
function said(text: string) {
  return { type: 'section', text: plain(text) };
}
