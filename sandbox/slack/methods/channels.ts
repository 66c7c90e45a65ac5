import { SlackError } from '../errors';
import type { SlackChannel } from '../model';
import type { Workspace } from '../workspace';

/**
 * The channel that a call names, which the bot can see.
 * @throws SlackError
 */
export function channelOf(workspace: Workspace, id: unknown): SlackChannel {
  const channel = workspace.channel(id);
  if (channel === undefined) throw new SlackError('channel_not_found');
  // A private channel that the bot is not in does not exist for it.
  if (channel.private && channel.withoutBot) throw new SlackError('channel_not_found');
  return channel;
}

/**
 * The channel that a call posts to.
 * @throws SlackError
 */
export function channelToPostTo(workspace: Workspace, id: unknown): SlackChannel {
  const channel = channelOf(workspace, id);
  if (channel.withoutBot) throw new SlackError('not_in_channel');
  if (channel.archived) throw new SlackError('is_archived');
  return channel;
}
