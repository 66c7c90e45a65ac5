import { bot, workspaceName } from '../bot';
import { tiers } from '../limits/rate-limits';
import type { Method } from './method';

/** https://docs.slack.dev/reference/methods/auth.test */
export const test: Method = {
  limit: tiers.hundreds,
  run: ({ workspace }) => ({
    url: workspaceName.url,
    team: workspaceName.name,
    team_id: workspace.team,
    user: bot.name,
    user_id: bot.user,
    bot_id: bot.id,
    is_enterprise_install: false,
  }),
};
