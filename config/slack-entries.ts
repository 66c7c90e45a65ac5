import { present } from '../core/present';
import type { SlackSettings } from './compiled';
import { lineOf } from './entries';
import type { OrganizationSettings } from './schema/organization';
import type { YamlSource } from './yaml-source';

/** Where people are told, each route with the line at which it begins. */
export function slackOf(source: YamlSource, { slack }: OrganizationSettings): SlackSettings {
  const { team, app, routes, ...settings } = slack;
  return {
    ...settings,
    ...present({ team, app }),
    routes: routes.map(({ channel, where, tags }, index) => ({
      channel,
      ...(where && { where: present(where) }),
      ...present({ tags }),
      source: lineOf(source, ['slack', 'routes', index]),
    })),
  };
}
