import { withIds } from '../block-ids';
import { bot } from '../bot';
import type { SlackMessage } from '../model';
import type { Workspace } from '../workspace';

/** A message as Slack shows it to the app: https://docs.slack.dev/reference/events/message */
export function messageAnswer(message: SlackMessage, { team, app }: Workspace): Record<string, unknown> {
  const { text, blocks, attachments, ts, threadTs } = message;
  return {
    type: 'message',
    user: bot.user,
    bot_id: bot.id,
    app_id: app,
    team,
    text,
    ts,
    ...(threadTs !== undefined && { thread_ts: threadTs }),
    ...(blocks !== undefined && { blocks: withIds(blocks, ts) }),
    ...(Array.isArray(attachments) && {
      attachments: attachments.map((attachment, index) => ({
        id: index + 1,
        ...attachment,
        ...(attachment.blocks !== undefined && {
          blocks: withIds(attachment.blocks, `${ts}-attachment-${index}`),
        }),
      })),
    }),
  };
}
