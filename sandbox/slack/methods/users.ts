import { SlackError } from '../errors';
import { tiers } from '../limits/rate-limits';
import type { Method } from './method';

/** What a person is called in `@` mentions. */
export function userName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '.');
}

/**
 * The e-mail address requires the scope `users:read.email`.
 * https://docs.slack.dev/reference/methods/users.info and https://docs.slack.dev/reference/objects/user-object
 */
export const info: Method = {
  scope: 'users:read',
  limit: tiers[4],
  run({ parameters, workspace, scopes }) {
    const user = workspace.user(parameters.user);
    if (user === undefined) throw new SlackError('user_not_found');
    return {
      user: {
        id: user.id,
        team_id: user.team,
        name: userName(user.name),
        real_name: user.name,
        deleted: user.deleted === true,
        is_restricted: user.restricted === true,
        is_ultra_restricted: false,
        is_bot: false,
        is_app_user: false,
        is_stranger: user.team !== workspace.team,
        profile: {
          real_name: user.name,
          display_name: user.name,
          team: user.team,
          ...(user.email !== undefined && scopes.includes('users:read.email') && { email: user.email }),
        },
      },
    };
  },
};
