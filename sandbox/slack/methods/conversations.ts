import { tiers } from '../limits/rate-limits';
import { channelOf } from './channels';
import type { Method } from './method';
import { pageOf } from './page';

/** https://docs.slack.dev/reference/methods/conversations.info */
export const info: Method = {
  scope: 'channels:read',
  limit: tiers[3],
  run({ parameters, workspace }) {
    const channel = channelOf(workspace, parameters.channel);
    return {
      channel: {
        id: channel.id,
        name: channel.name,
        name_normalized: channel.name,
        is_channel: true,
        is_private: channel.private === true,
        is_archived: channel.archived === true,
        is_member: channel.withoutBot !== true,
        context_team_id: workspace.team,
      },
    };
  },
};

/** https://docs.slack.dev/reference/methods/conversations.members */
export const members: Method = {
  scope: 'channels:read',
  limit: tiers[4],
  run({ parameters, workspace }) {
    const channel = channelOf(workspace, parameters.channel);
    const { items, ...rest } = pageOf(workspace.membersOf(channel), parameters);
    return { members: items, ...rest };
  },
};
