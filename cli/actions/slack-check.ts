import { loadOrganization } from '../../config/organization';
import { checkSlack } from '../../operator/slack/check';
import { keptForSlack } from '../../operator/slack/kept-for-slack';
import { slackWeb } from '../../operator/slack/slack-web';
import { printableJson } from '../../resources/kit/printable';
import { hubRegion } from '../hub-region';
import { policyFile } from '../policy-file';
import { checkEndpoints } from '../sandbox-endpoint';
import { say } from '../say';
import { slackCheckText } from '../slack/check-text';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';

/** The options of `staunch slack check`. */
export interface SlackCheckOptions {
  json?: boolean;
  slackUrl?: string;
  region?: string;
}

const realSlack = 'https://slack.com';
const postMilliseconds = 15_000;

/**
 * Says whether the policy, the Slack app and the hub fit together.
 * @returns the exit status
 */
export async function runSlackCheck(
  file: string | undefined,
  { json, slackUrl, region }: SlackCheckOptions,
): Promise<number> {
  checkEndpoints(process.env);
  const { slack, hub } = loadOrganization(...policyFile(file));
  const checks = await checkSlack({
    slack,
    kept: await keptForSlack(hubRegion(region, process.env, () => hub)),
    call: slackWeb(slackUrl === undefined ? realSlack : ofSandbox(slackUrl), fetch),
    post: async (url, headers, body) => {
      const signal = AbortSignal.timeout(postMilliseconds);
      const { status } = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal });
      return status;
    },
    now: () => new Date(),
  });
  if (json) for (const check of checks) process.stdout.write(`${printableJson(check)}\n`);
  else say(slackCheckText(checks, standardOutput().colours));
  return checks.every(({ is }) => is === 'well') ? 0 : 1;
}

/** The token goes there: nowhere but to Slack, and to this machine. */
function ofSandbox(text: string): string {
  if (/^http:\/\/127\.0\.0\.1:\d{1,5}\/?$/.test(text)) return text.replace(/\/$/, '');
  throw new UserError(
    `--slack-url is ${JSON.stringify(text)}, and should be the sandbox's, like http://127.0.0.1:4000.`,
    2,
  );
}
