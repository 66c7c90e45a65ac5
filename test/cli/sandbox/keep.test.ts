import { execFileSync } from 'node:child_process';
import { keepInstructions } from '../../../cli/sandbox/keep';

describe('what --keep prints', () => {
  const text = keepInstructions(
    {
      gateway: { endpoint: 'http://127.0.0.1:40000' },
      hub: { accountId: '222222222222', region: 'eu-west-1' },
      organization: {
        managementAccountId: '111111111111',
        accounts: { security: '222222222222', playground: '333333333333', payments: '444444444444' },
      },
      outputs: {
        'staunch-hub': { OrdersUrl: 'http://127.0.0.1:40000/_aws/execute-api/a1b2c3d4e5/x/orders' },
      },
      slack: { endpoint: 'http://127.0.0.1:40002' },
    },
    'http://127.0.0.1:40001/',
    `.staunch/assemblies/${'0a'.repeat(16)}/sandbox-policy.yaml`,
  );

  it('fits a terminal of 80 columns', () => {
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('says where the channel is found as a page', () => {
    expect(text).toContain('\n    http://127.0.0.1:40001/\n');
  });

  it('can be pasted: endpoint, accounts, how to deploy another policy', () => {
    expect(text).toContain('export AWS_ENDPOINT_URL=http://127.0.0.1:40000 AWS_DEFAULT_REGION=eu-west-1\n');
    expect(text).toContain('export AWS_ACCESS_KEY_ID=333333333333 AWS_SECRET_ACCESS_KEY=any\n');
    expect(text).toContain('--group-id $id \\\n      --protocol tcp');
    expect(text).toContain('sandbox deploy mine.yaml');
  });

  it('says how Slack is checked there: as whom, at which address, and by which policy', () => {
    expect(text).toContain("--slack-url takes the address of Slack's Web API, not that of the page:\n");
    expect(text).toContain(`
    export AWS_ENDPOINT_URL=http://127.0.0.1:40000
    export AWS_ACCESS_KEY_ID=222222222222 AWS_SECRET_ACCESS_KEY=any
    unset AWS_SESSION_TOKEN
    npm run -s staunch -- slack check --slack-url http://127.0.0.1:40002 \\
      .staunch/assemblies/${'0a'.repeat(16)}/sandbox-policy.yaml
`);
  });

  it('says where orders go, and how the administrator of an account takes a role that may give some', () => {
    const url = /^ {4}api=.*\n.*$/m.exec(text)?.[0] ?? '';
    expect(shellValue(url, 'STAUNCH_ORDERS_URL')).toBe(
      'http://127.0.0.1:40000/_aws/execute-api/a1b2c3d4e5/x/orders',
    );
    const [person, owner] = [...text.matchAll(/ {4}export AWS_ACCESS_KEY_ID=\d+[\s\S]*?TOKEN=\$3/g)].slice(
      -2,
    );
    expect(owner?.[0]).toContain('AWS_ACCESS_KEY_ID=444444444444 AWS_SECRET_ACCESS_KEY=any\n');
    expect(owner?.[0]).toContain('role=arn:aws:iam::444444444444:role/StaunchOwners\n');
    expect(shellValue(person?.[0] ?? '', 'role')).toBe(
      'arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_SecurityTeam_0123456789abcdef',
    );
    expect(person?.[0]).toContain('--role-session-name alice@example.com ');
  });
});

/** What a POSIX shell has in a variable after these commands, none of which is `aws`. */
function shellValue(commands: string, variable: string): string {
  const script = `aws() { :; }\n${commands}\nprintf %s "$${variable}"`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' });
}
