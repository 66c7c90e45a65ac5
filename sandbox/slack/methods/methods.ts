import * as auth from './auth';
import * as chat from './chat';
import * as conversations from './conversations';
import * as files from './files';
import type { Method } from './method';
import * as usergroups from './usergroups';
import * as users from './users';
import * as views from './views';

/** The methods that the stand-in has, by name: https://docs.slack.dev/reference/methods */
export const methods: Readonly<Record<string, Method>> = {
  'auth.test': auth.test,
  'chat.getPermalink': chat.getPermalink,
  'chat.postEphemeral': chat.postEphemeral,
  'chat.postMessage': chat.postMessage,
  'chat.update': chat.update,
  'conversations.info': conversations.info,
  'conversations.members': conversations.members,
  'files.completeUploadExternal': files.completeUploadExternal,
  'files.getUploadURLExternal': files.getUploadUrlExternal,
  'usergroups.list': usergroups.list,
  'usergroups.users.list': usergroups.usersList,
  'users.info': users.info,
  'views.open': views.open,
  'views.push': views.push,
  'views.update': views.update,
};

/** Every scope that one of them asks for, and the one for e-mail addresses. */
export const allScopes: readonly string[] = [
  ...new Set([
    ...Object.values(methods).flatMap(({ scope }) => (scope === undefined ? [] : [scope])),
    'users:read.email',
  ]),
].sort();
