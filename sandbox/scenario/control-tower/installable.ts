import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { bootstrap } from '../../cloudformation/bootstrap';
import type { Credentials } from '../../gateway/api';
import { manyCalls } from '../../many-calls';
import type { Sandbox } from '../../sandbox';
import { controlTowerNames, governedRegions } from './organization';
import { type ControlTowerOptions, startControlTowerSandbox } from './sandbox';

type Installable = Pick<Sandbox, 'gateway' | 'organization' | 'hub'>;

/**
 * The organization of Control Tower's shape, so that Staunch can be installed into it by its commands: the hub is bootstrapped for the
 * AWS CDK, and the management account may assume Control Tower's role in each member.
 */
export async function startInstallableSandbox(
  options: Omit<ControlTowerOptions, 'assemble' | 'policyOf'>,
): Promise<Sandbox> {
  const sandbox = await startControlTowerSandbox(options);
  try {
    await bootstrap(sandbox.gateway, sandbox.hub);
    await letControlTowerIn(sandbox);
    return sandbox;
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
}

/** Bootstraps the management account for the AWS CDK, in each governed Region: for stacks of its own. */
export async function bootstrapManagement({ gateway, organization }: Installable): Promise<void> {
  const accountId = organization.managementAccountId;
  for (const region of governedRegions) await bootstrap(gateway, { accountId, region });
}

async function letControlTowerIn({ gateway, organization, hub }: Installable): Promise<void> {
  const { accounts, managementAccountId } = organization;
  const everything = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  };
  for (const accountId of Object.values(accounts)) {
    const credentials = gateway.administratorSession(accountId, controlTowerNames.role, 'baseline');
    await createTrustingRole({ gateway, hub }, credentials, {
      trusted: managementAccountId,
      name: controlTowerNames.role,
      policy: everything,
    });
  }
}

/**
 * Makes a role in the account of some credentials.
 * @param role its name, its policy, and the account whose principals may assume it
 */
export async function createTrustingRole(
  { gateway, hub }: Pick<Installable, 'gateway' | 'hub'>,
  credentials: Credentials,
  { trusted, name: RoleName, policy }: { trusted: string; name: string; policy: object },
): Promise<void> {
  const client = new IAMClient({ ...manyCalls, region: hub.region, endpoint: gateway.endpoint, credentials });
  const Principal = { AWS: `arn:aws:iam::${trusted}:root` };
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
  };
  try {
    await client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
    await client.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: 'all', PolicyDocument: JSON.stringify(policy) }),
    );
  } finally {
    client.destroy();
  }
}
