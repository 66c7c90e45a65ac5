import type { Sandbox } from '../../sandbox/sandbox';
import { unusual } from '../../sandbox/scenario/control-tower/organization';
import { slackChannel } from '../../sandbox/scenario/slack';

/** What the instructions take of a sandbox. */
interface InstallableSandbox {
  gateway: Pick<Sandbox['gateway'], 'endpoint'>;
  hub: Sandbox['hub'];
  organization: Pick<Sandbox['organization'], 'managementAccountId' | 'accounts'>;
}

/**
 * How to install Staunch into the organization of Control Tower's shape, for people. Pure.
 * @param page URL of Slack's page
 */
export function installInstructions(
  { gateway, hub, organization }: InstallableSandbox,
  page: string,
): string {
  const { managementAccountId: management, accounts } = organization;
  const names = Object.entries({ management, ...accounts }).map(([name, id]) => `    ${id}  ${name}`);
  return `
The organization runs at ${gateway.endpoint}. Nothing of Staunch is in it.
An account's id is the access key of its administrator:

${names.join('\n')}

Control Tower's recorders and its trail are there already. The account
${unusual.suspended} is suspended, and a service control policy keeps new roles out of
${unusual.denied}. In another terminal, install Staunch as docs/install.md says:

    export AWS_ENDPOINT_URL=${gateway.endpoint}
    export AWS_REGION=${hub.region} AWS_DEFAULT_REGION=${hub.region}
    export AWS_SECRET_ACCESS_KEY=any AWS_ACCESS_KEY_ID=${management}
    unset AWS_SESSION_TOKEN AWS_PROFILE
    npm run -s staunch -- init mine.yaml --hub ${hub.accountId} \\
      --hub-region ${hub.region} --regions us-east-1 \\
      --channel ${slackChannel}
    npm run -s staunch -- doctor mine.yaml --before

The doctor finds one failure, and says what puts it right. Paste that, ask
again, and go on as the hub's account, which deploys:

    export AWS_ACCESS_KEY_ID=${hub.accountId}
    npm run -s staunch -- deploy mine.yaml
    npm run -s staunch -- doctor mine.yaml

The channel ${slackChannel}, as a page for your browser, as whom you choose there:

    ${page}

And remove it again:

    npm run -s staunch -- destroy mine.yaml

A call that the sandbox cannot answer gets an AWS error, and a line here.
Ctrl-C ends it.
`;
}
