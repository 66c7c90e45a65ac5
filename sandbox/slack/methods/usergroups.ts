import { SlackError } from '../errors';
import { tiers } from '../limits/rate-limits';
import type { Method } from './method';

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}

/** https://docs.slack.dev/reference/methods/usergroups.list */
export const list: Method = {
  scope: 'usergroups:read',
  limit: tiers[2],
  run: ({ parameters, workspace }) => ({
    usergroups: workspace.groups.map(({ id, handle, users }) => ({
      id,
      team_id: workspace.team,
      is_usergroup: true,
      name: handle,
      handle,
      date_delete: 0,
      user_count: users.length,
      ...(isTrue(parameters.include_users) && { users }),
    })),
  }),
};

/** https://docs.slack.dev/reference/methods/usergroups.users.list */
export const usersList: Method = {
  scope: 'usergroups:read',
  limit: tiers[2],
  run({ parameters, workspace }) {
    const group = workspace.groups.find(({ id }) => id === parameters.usergroup);
    if (group === undefined) throw new SlackError('no_such_subteam');
    const isActive = (id: string) => workspace.user(id)?.deleted !== true;
    return { users: group.users.filter((id) => isTrue(parameters.include_disabled) || isActive(id)) };
  },
};
