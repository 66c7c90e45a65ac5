import { messageContent } from '../checks/message';
import { SlackError } from '../errors';
import { tiers } from '../limits/rate-limits';
import type { SlackMessage } from '../model';
import type { Workspace } from '../workspace';
import { channelOf, channelToPostTo } from './channels';
import { messageAnswer } from './message-answer';
import type { Method } from './method';

/** The part of a message's parameters that says in whose thread it stands. */
function threadOf(value: unknown): { threadTs?: string } {
  return typeof value === 'string' && value !== '' ? { threadTs: value } : {};
}

function messageOf(workspace: Workspace, channel: string, ts: unknown): SlackMessage {
  const message = workspace.message(channel, ts);
  if (message === undefined) throw new SlackError('message_not_found');
  return message;
}

/** https://docs.slack.dev/reference/methods/chat.postMessage */
export const postMessage: Method = {
  scope: 'chat:write',
  limit: tiers.post,
  run({ parameters, workspace, told }) {
    const { id: channel } = channelToPostTo(workspace, parameters.channel);
    const content = messageContent(parameters);
    const message = workspace.post({ channel, ...content, ...threadOf(parameters.thread_ts) });
    told(message, false);
    return { channel, ts: message.ts, message: messageAnswer(message, workspace) };
  },
};

/**
 * Where `text` is given without `blocks`, the blocks go; where neither is given, what is there stays.
 * https://docs.slack.dev/reference/methods/chat.update
 */
export const update: Method = {
  scope: 'chat:write',
  limit: tiers[3],
  run({ parameters, workspace, told }) {
    const { id: channel } = channelToPostTo(workspace, parameters.channel);
    const message = messageOf(workspace, channel, parameters.ts);
    const { text, blocks, attachments } = parameters;
    const isSaid = text !== undefined || blocks !== undefined;
    const content = messageContent({
      text: isSaid ? text : message.text,
      blocks: isSaid ? blocks : message.blocks,
      // Attachments stay until others are given.
      attachments: attachments ?? message.attachments,
    });
    workspace.edit(message, content);
    told(message, true);
    return { channel, ts: message.ts, text: content.text, message: messageAnswer(message, workspace) };
  },
};

/** https://docs.slack.dev/reference/methods/chat.postEphemeral */
export const postEphemeral: Method = {
  scope: 'chat:write',
  limit: tiers[4],
  run({ parameters, workspace }) {
    const channel = channelToPostTo(workspace, parameters.channel);
    const user = String(parameters.user ?? '');
    if (!workspace.membersOf(channel).includes(user)) throw new SlackError('user_not_in_channel');
    const content = messageContent(parameters);
    const { ts } = workspace.whisper({
      channel: channel.id,
      user,
      ...content,
      ...threadOf(parameters.thread_ts),
    });
    return { message_ts: ts };
  },
};

/** https://docs.slack.dev/reference/methods/chat.getPermalink */
export const getPermalink: Method = {
  limit: tiers.hundreds,
  run({ parameters, workspace }) {
    const { id: channel } = channelOf(workspace, parameters.channel);
    const { ts, threadTs } = messageOf(workspace, channel, parameters.message_ts);
    const thread = threadTs === undefined ? '' : `?thread_ts=${threadTs}&cid=${channel}`;
    return {
      channel,
      permalink: `https://staunch.slack.com/archives/${channel}/p${ts.replace('.', '')}${thread}`,
    };
  },
};
