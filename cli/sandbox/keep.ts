import type { Sandbox } from '../../sandbox/sandbox';
import { peopleRoleArn, peopleRoles } from '../../sandbox/scenario/people';

/** What the instructions take of a sandbox. */
interface KeptSandbox {
  gateway: Pick<Sandbox['gateway'], 'endpoint'>;
  hub: Sandbox['hub'];
  organization: Pick<Sandbox['organization'], 'managementAccountId' | 'accounts'>;
  outputs: Sandbox['outputs'];
  slack: Pick<Sandbox['slack'], 'endpoint'>;
}

/**
 * How to use the sandbox with a browser and the ordinary AWS command line, for people. Pure.
 * @param page URL of Slack's page
 * @param policyFile that was deployed, from the folder in which commands are given
 */
export function keepInstructions(sandbox: KeptSandbox, page: string, policyFile: string): string {
  const { accounts } = sandbox.organization;
  const { accountId: hub, region } = sandbox.hub;
  const { managementAccountId } = sandbox.organization;
  const url = sandbox.outputs['staunch-hub']?.OrdersUrl ?? '';
  // On two lines, each of which fits a terminal.
  const [, api = '', path = ''] = /^(.*)\/([^/]+\/[^/]+)$/.exec(url) ?? [];
  const names = Object.entries({ management: managementAccountId, ...accounts }).map(
    ([name, id]) => `    ${id}  ${name}`,
  );
  return `
Staunch's Slack channel, as a page for your browser, as whom you choose there:

    ${page}

The organization keeps running at ${sandbox.gateway.endpoint}
An account's id is the access key of its administrator:

${names.join('\n')}

In another terminal, open a port and watch it close here:

    export AWS_ENDPOINT_URL=${sandbox.gateway.endpoint} AWS_DEFAULT_REGION=${region}
    export AWS_ACCESS_KEY_ID=${accounts.playground} AWS_SECRET_ACCESS_KEY=any
    id=$(aws ec2 create-security-group --group-name try --description try \\
      --query GroupId --output text)
    aws ec2 authorize-security-group-ingress --group-id $id \\
      --protocol tcp --port 22 --cidr 0.0.0.0/0
    aws ec2 describe-security-groups --group-ids $id \\
      --query 'SecurityGroups[0].IpPermissions'

Orders of people go through one door, which asks who signed. As a person of
the security team see what was found and fixed, and undo a fix:

${takingOf(hub, peopleRoles.person, 'alice@example.com')}
    npm run -s staunch -- whoami
    npm run -s staunch -- findings
    npm run -s staunch -- show FINDING
    npm run -s staunch -- undo FINDING --reason 'To try it' --until 1d

A policy of yours (docs/sandbox.md has one to copy): preview it, deploy it:

    npm run -s staunch -- plan mine.yaml
    npm run -s staunch -- sandbox deploy mine.yaml

As an owner of payments, from another account, decide on what waits there. The
role ${peopleRoles.developer} of the same account may nothing:

    api=${api}
    export STAUNCH_ORDERS_URL=$api/${path}
${takingOf(accounts.payments ?? '', peopleRoles.owners, 'me')}
    npm run -s staunch -- findings
    npm run -s staunch -- approve FINDING

Whether the policy, the channel and the hub fit together, with a test message.
--slack-url takes the address of Slack's Web API, not that of the page:

    export AWS_ENDPOINT_URL=${sandbox.gateway.endpoint}
    export AWS_ACCESS_KEY_ID=${hub} AWS_SECRET_ACCESS_KEY=any
    unset AWS_SESSION_TOKEN
    npm run -s staunch -- slack check --slack-url ${sandbox.slack.endpoint} \\
      ${policyFile}

That file is the policy whose lines decisions name.

A call that the sandbox cannot answer gets an AWS error, and a line here.
Ctrl-C ends it.
`;
}

/** How an account's administrator takes a role, as commands. */
function takingOf(
  accountId: string,
  role: (typeof peopleRoles)[keyof typeof peopleRoles],
  session: string,
): string {
  return `    export AWS_ACCESS_KEY_ID=${accountId} AWS_SECRET_ACCESS_KEY=any
    unset AWS_SESSION_TOKEN
    role=${peopleRoleArn(accountId, role).replace('/AWSReserved', '\n    role=$role/AWSReserved')}
    set -- $(aws sts assume-role --role-arn $role \\
      --role-session-name ${session} --output text \\
      --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]')
    export AWS_ACCESS_KEY_ID=$1 AWS_SECRET_ACCESS_KEY=$2 AWS_SESSION_TOKEN=$3`;
}
