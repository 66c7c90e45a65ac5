import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { bootstrap } from '../../sandbox/cloudformation/bootstrap';
import type { Sandbox } from '../../sandbox/sandbox';
import { controlTowerNames } from '../../sandbox/scenario/control-tower/organization';
import { startControlTowerSandbox } from '../../sandbox/scenario/control-tower/sandbox';
import { type CommandRun, staunch } from '../support/command';
import { startTestMoto } from '../support/moto';
import { projectDirectory } from '../support/run-directory';

let sandbox: Sandbox;
let directory: string;
let policy: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'staunch-install-'));
  policy = join(directory, 'organization.yaml');
  sandbox = await startControlTowerSandbox({ projectDirectory, timeScale: 60, moto: startTestMoto });
  await bootstrap(sandbox.gateway, sandbox.hub);
  await letControlTowerIn();
}, 60_000);

afterAll(async () => {
  await sandbox?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** AWS Control Tower has a role in each account that the management account may assume. */
async function letControlTowerIn(): Promise<void> {
  const { accounts, managementAccountId } = sandbox.organization;
  for (const accountId of Object.values(accounts)) {
    const client = new IAMClient({
      region: sandbox.hub.region,
      endpoint: sandbox.gateway.endpoint,
      credentials: sandbox.gateway.administratorSession(accountId, controlTowerNames.role, 'baseline'),
    });
    await client.send(
      new CreateRoleCommand({
        RoleName: controlTowerNames.role,
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${managementAccountId}:root` }, Action: 'sts:AssumeRole' },
          ],
        }),
      }),
    );
    await client.send(
      new PutRolePolicyCommand({
        RoleName: controlTowerNames.role,
        PolicyName: 'all',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
        }),
      }),
    );
    client.destroy();
  }
}

async function as(account: string, ...words: string[]): Promise<CommandRun> {
  const environment = process.env;
  process.env = {
    ...environment,
    AWS_ENDPOINT_URL: sandbox.gateway.endpoint,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: sandbox.hub.region,
  };
  try {
    return await staunch(...words);
  } finally {
    process.env = environment;
  }
}

it('installs', async () => {
  const { managementAccountId: management } = sandbox.organization;
  const { accountId: hub, region } = sandbox.hub;
  const init = await as(management, 'init', policy, '--hub', hub, '--hub-region', region, '--regions', 'us-east-1', '--channel', 'C0123456789');
  process.stderr.write(`${JSON.stringify(init.status)} ${init.printed} ${init.complained}\n`);
  process.stderr.write(readFileSync(policy, 'utf8'));
  const before = await as(management, 'doctor', policy, '--before');
  process.stderr.write(`${before.status} ${before.printed} ${before.complained}\n`);
  const deploy = await as(hub, 'deploy', policy, '--yes');
  process.stderr.write(`${deploy.status} ${deploy.printed} ${deploy.complained}\n`);
  const doctor = await as(hub, 'doctor', policy);
  process.stderr.write(`${doctor.status} ${doctor.printed} ${doctor.complained}\n`);
}, 300_000);
