/** The bot as which the app posts. */
export const bot = { id: 'B0STAUNCH01', user: 'U0000000000', name: 'staunch' } as const;

/** The workspace's name, and its address. */
export const workspaceName = {
  name: 'Staunch',
  domain: 'staunch',
  url: 'https://staunch.slack.com/',
} as const;
