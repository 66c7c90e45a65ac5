/** Under which addresses Slack's other hosts are found, without a slash at the end. */
export interface SlackHosts {
  /** Of a `response_url`. */
  hooks: string;
  /** Of the URL to which a file's content goes. */
  files: string;
}

/** Slack's own. What a function of the sandbox asks of them reaches the stand-in. */
export const slackHosts: SlackHosts = { hooks: 'https://hooks.slack.com', files: 'https://files.slack.com' };
