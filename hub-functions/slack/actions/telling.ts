import { cut } from '../../../core/cut';
import type { ActionMessage } from '../action-message';
import { type SlackApi, SlackRefusalError } from '../api';

/** Slack's limit for a section's text: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const longestText = 2_900;

/** What answering somebody takes. */
export interface TellingParts {
  slack: Pick<SlackApi, 'call' | 'respond'>;
  log: { warn(message: string, details: Record<string, unknown>): void };
}

/**
 * Tells one person something, which nobody else sees: by the address that Slack gave for it, and where that is used up or too old, by
 * its id. Plain text, in which nothing is formatted.
 * https://docs.slack.dev/reference/methods/chat.postEphemeral
 * @throws SlackUnavailableError; BotTokenError or AWS's error when there is no token
 */
export async function tell(
  { responseUrl, channel, user }: Pick<ActionMessage, 'responseUrl' | 'channel' | 'user'>,
  said: string,
  { slack, log }: TellingParts,
): Promise<void> {
  const text = cut(said, longestText);
  const blocks = [{ type: 'section', text: { type: 'plain_text', text, emoji: false } }];
  const message = { text: harmless(text), blocks };
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

/** What notifications show of it: https://docs.slack.dev/messaging/formatting-message-text#escaping */
function harmless(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
