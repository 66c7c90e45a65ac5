import type { Sandbox } from '../../sandbox/sandbox';

/** How to use the sandbox with the ordinary AWS command line, for people. */
export function keepInstructions(sandbox: Sandbox): string {
  const { accounts } = sandbox.organization;
  const { accountId: hub, region } = sandbox.hub;
  const { managementAccountId } = sandbox.organization;
  const names = Object.entries({ management: managementAccountId, ...accounts }).map(
    ([name, id]) => `    ${id}  ${name}`,
  );
  return `
The organization goes on. Its endpoint is ${sandbox.gateway.endpoint}; an account's id is the access key of its administrator:

${names.join('\n')}

In another terminal, open a port and watch it close here:

    export AWS_ENDPOINT_URL=${sandbox.gateway.endpoint} AWS_DEFAULT_REGION=${region} AWS_SECRET_ACCESS_KEY=any
    export AWS_ACCESS_KEY_ID=${accounts.playground}
    id=$(aws ec2 create-security-group --group-name try --description try --query GroupId --output text)
    aws ec2 authorize-security-group-ingress --group-id $id --protocol tcp --port 22 --cidr 0.0.0.0/0
    aws ec2 describe-security-groups --group-ids $id --query 'SecurityGroups[0].IpPermissions'

What Staunch knows of it, and what a fix took:

    export AWS_ACCESS_KEY_ID=${hub}
    npm run -s staunch -- findings
    npm run -s staunch -- show FINDING
    npm run -s staunch -- undo FINDING --reason 'To try it' --until 1d

Ctrl-C ends it.
`;
}
