import { cut } from '../../../core/cut';
import type { SlackAction } from '../../../core/slack-action';
import type { ActionMessage } from '../action-message';
import { type SlackApi, SlackRefusalError } from '../api';
import { placeText } from '../place-text';

/** Slack's limit for a section's text: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const longestText = 2_900;

/** What answering somebody takes. */
export interface TellingParts {
  slack: Pick<SlackApi, 'call' | 'respond'>;
  log: { warn(message: string, details: Record<string, unknown>): void };
}

/** What somebody is told, and what he can click on there. */
export interface Told {
  text: string;
  buttons?: readonly object[];
}

/**
 * Tells one person something, which nobody else sees: by the address that Slack gave for it, and where that is used up or too old, by
 * its id. Plain text, in which nothing is formatted.
 *
 * It stands in the channel, and not in the finding's thread: "Ephemeral messages in threads are only shown if there is already an active
 * thread", and what waits for its first decision has no answer in its thread yet; nor does Slack tell who looks at the channel, where he
 * has clicked, that there is something in a thread for him alone. So it says which finding it is about.
 * https://docs.slack.dev/reference/methods/chat.postEphemeral
 * @throws SlackUnavailableError; BotTokenError or AWS's error when there is no token
 */
export async function tell(
  { responseUrl, channel, user, action }: Pick<ActionMessage, 'responseUrl' | 'channel' | 'user' | 'action'>,
  { text: said, buttons = [] }: Told,
  { slack, log }: TellingParts,
): Promise<void> {
  const text = cut(said, longestText);
  const about = aboutText(action);
  const blocks = [
    { type: 'section', text: plain(text) },
    ...(about === undefined ? [] : [{ type: 'context', elements: [plain(about)] }]),
    ...(buttons.length > 0 ? [{ type: 'actions', elements: buttons }] : []),
  ];
  const message = { text: harmless(about === undefined ? text : `${text} (${about})`), blocks };
  try {
    if (responseUrl !== undefined) {
      await slack.respond(responseUrl, { response_type: 'ephemeral', replace_original: false, ...message });
      return;
    }
  } catch (error) {
    if (!(error instanceof SlackRefusalError)) throw error;
  }
  try {
    if (channel !== undefined) {
      await slack.call('chat.postEphemeral', { channel, user, ...message });
      return;
    }
    log.warn('There is no way to tell somebody', { user, said });
  } catch (error) {
    if (!(error instanceof SlackRefusalError)) throw error;
    log.warn('Somebody could not be told', { user, said, code: error.code });
  }
}

/**
 * Takes away what only one person was shown, by the address of his click on it. What stays shown does no harm.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export async function withdraw(
  { responseUrl, user }: Pick<ActionMessage, 'responseUrl' | 'user'>,
  { slack, log }: TellingParts,
): Promise<void> {
  if (responseUrl === undefined) return;
  await slack
    .respond(responseUrl, { delete_original: true })
    .catch((error: unknown) => log.warn('A question stays shown', { user, error: String(error) }));
}

/** Which finding was clicked on; undefined where it is none. Pure. */
export function aboutText(action: SlackAction): string | undefined {
  return 'finding' in action ? placeText(action.finding) : undefined;
}

function plain(text: string) {
  return { type: 'plain_text', text, emoji: false };
}

/** What notifications show of it: https://docs.slack.dev/messaging/formatting-message-text#escaping */
function harmless(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
