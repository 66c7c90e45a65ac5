import { CloudTrailClient, DeleteTrailCommand } from '@aws-sdk/client-cloudtrail';
import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from '@aws-sdk/client-ec2';
import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { CloseAccountCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { main } from '../../cli/main';
import { roleNames } from '../../core/names';
import type { Sandbox } from '../../sandbox/sandbox';
import { trailName } from '../../sandbox/services/cloudtrail/account-trail';
import { captureOutput } from '../support/command';
import { becomeOperator, calm, patience, patrol, startTestSandbox, until } from './support';

const region = 'eu-west-1';
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox({ detectors: ['rule', 'trail'] });
}, patience);
afterAll(() => sandbox?.stop());

interface Row {
  gaps: { why: string }[];
  detectors: { trail: { isLogging?: boolean; eventAt?: string } | 'unknown' };
}

/** What `staunch coverage` says of an account in the Region. */
async function coverageOf(accountId: string): Promise<Row> {
  const restore = await becomeOperator(sandbox);
  const output = captureOutput();
  try {
    await main(['coverage', '--account', accountId, '--resource-region', region, '--json']);
    return JSON.parse(output.printed);
  } finally {
    vi.restoreAllMocks();
    restore();
  }
}

const whysOf = async (accountId: string) => (await coverageOf(accountId)).gaps.map(({ why }) => why);

/** Whether it holds of the gaps of each account; the command is asked once at a time, since it prints. */
async function areGaps(accountIds: readonly string[], hold: (whys: string[]) => boolean): Promise<boolean> {
  for (const accountId of accountIds) if (!hold(await whysOf(accountId))) return false;
  return true;
}

const as = (accountId: string) => ({
  region: 'us-east-1',
  endpoint: sandbox.gateway.endpoint,
  credentials: sandbox.gateway.administratorOf(accountId),
});

async function deletePatrolRole(accountId: string): Promise<void> {
  const iam = new IAMClient(as(accountId));
  const RoleName = roleNames.patrol;
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
}

it(
  'names a role and a trail that are gone and an account that is closed, each by itself, and where events arrive',
  async () => {
    const { ec2, accountId: calmAccount } = sandbox.clients('playground', region);
    const { accountId: withoutTrail } = sandbox.clients('staging', region);
    const { accountId: withoutBoth } = sandbox.clients('nightly', region);
    const all = [calmAccount, withoutTrail, withoutBoth];
    for (const accountId of all) await patrol(sandbox, accountId, region);
    await until(sandbox, 'all were patrolled', () => areGaps(all, (whys) => whys.length === 0));
    expect((await coverageOf(withoutTrail)).detectors.trail).toMatchObject({ isLogging: true });

    for (const accountId of [withoutTrail, withoutBoth])
      await new CloudTrailClient(as(accountId)).send(new DeleteTrailCommand({ Name: trailName }));
    await deletePatrolRole(withoutBoth);
    const { accountId: closed } = sandbox.clients('legacy', region);
    await new OrganizationsClient(as(sandbox.organization.managementAccountId)).send(
      new CloseAccountCommand({ AccountId: closed }),
    );
    // The coordinator reads the organization once an hour.
    sandbox.passTime(2 * 60 * 60_000);
    // Before that no walk begins, since a tree of two hours ago says nothing of accounts any more.
    await until(sandbox, 'the closed account was seen', () =>
      areGaps([closed], (whys) => whys.includes('closed')),
    );
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'covered', Description: 'covered' }),
    );
    const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }));
    for (const accountId of all) await patrol(sandbox, accountId, region);
    await until(sandbox, 'the gaps were seen', () =>
      areGaps([withoutTrail, withoutBoth], (whys) => whys.length > 0),
    );
    await calm(sandbox);

    expect(await whysOf(closed)).toEqual(['closed']);
    expect(await whysOf(calmAccount)).toEqual([]);
    expect((await coverageOf(calmAccount)).detectors.trail).toMatchObject({
      isLogging: true,
      eventAt: expect.any(String),
    });
    expect(await whysOf(withoutTrail)).toEqual(['trail']);
    // Without its role nobody reads the trail any more: what was read before stays.
    expect(await whysOf(withoutBoth)).toEqual(['role']);
  },
  patience,
);
