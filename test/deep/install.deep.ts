import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackInstancesCommand,
  type DeploymentTargets,
  DescribeStackSetOperationCommand,
  ListStackSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { OrganizationsClient, UpdatePolicyCommand } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { loadOrganization } from '../../config/organization';
import { structureFileOf } from '../../config/structure-file';
import { iamPath, roleNames } from '../../core/names';
import type { Credentials } from '../../sandbox/gateway/api';
import type { Sandbox } from '../../sandbox/sandbox';
import {
  bootstrapManagement,
  createTrustingRole,
  startInstallableSandbox,
} from '../../sandbox/scenario/control-tower/installable';
import { unusual } from '../../sandbox/scenario/control-tower/organization';
import { deployerPolicy } from '../docs/support/deployer-policy';
import { installCommands } from '../docs/support/install-commands';
import { type CommandRun, staunch } from '../support/command';
import { startTestMoto } from '../support/moto';
import { projectDirectory } from '../support/run-directory';

vi.setConfig({ testTimeout: 240_000 });

let sandbox: Sandbox;
let directory: string;
let policy: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'staunch-install-'));
  policy = join(directory, 'organization.yaml');
  sandbox = await startInstallableSandbox({ projectDirectory, timeScale: 60, moto: startTestMoto });
  const { accountId } = sandbox.hub;
  const administrator = sandbox.gateway.administratorOf(accountId);
  await createTrustingRole(sandbox, administrator, {
    trusted: accountId,
    name: deployer,
    policy: deployerPolicy(sandbox.hub),
  });
}, 60_000);

afterAll(async () => {
  await sandbox?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Has the rights of docs/deployer-policy.json and no others. */
const deployer = 'deployer';

async function deployerSession(): Promise<Credentials> {
  const { accountId, region } = sandbox.hub;
  const credentials = sandbox.gateway.administratorOf(accountId);
  const client = new STSClient({ region, endpoint: sandbox.gateway.endpoint, credentials });
  const { Credentials: session } = await client.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${accountId}:role/${deployer}`,
      RoleSessionName: 'pipeline',
    }),
  );
  client.destroy();
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = session ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** The profiles of the page. */
async function as(profile: string, ...words: string[]): Promise<CommandRun> {
  const { accessKeyId, secretAccessKey, sessionToken } =
    profile === 'management'
      ? sandbox.gateway.administratorOf(sandbox.organization.managementAccountId)
      : await deployerSession();
  const environment = process.env;
  process.env = {
    ...environment,
    AWS_ENDPOINT_URL: sandbox.gateway.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
    AWS_REGION: sandbox.hub.region,
  };
  try {
    return await staunch(...words);
  } finally {
    process.env = environment;
  }
}

/** What docs/install.md has its reader paste, as far as nobody has yet. */
const toPaste = installCommands();

/**
 * Runs the page's next command as the page has it, with the policy's file.
 * @param name that it should be
 * @param answers options in place of what it asks
 */
async function onPage(name: string, ...answers: string[]): Promise<CommandRun> {
  const { profile = '', words = [] } = toPaste.shift() ?? {};
  expect(words.join(' ')).toBe(name);
  const [command = '', ...options] = words;
  return as(profile, command, policy, ...options, ...answers);
}

/** Each verdict, as JSON Lines tell it. */
interface Told {
  check: string;
  condition: string;
  accountId?: string;
  well: boolean;
  cure?: { commands: string[] };
}

const told = ({ printed }: CommandRun): Told[] =>
  printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told);
const wrong = (run: CommandRun) => told(run).filter(({ well }) => !well);

describe('an organization with AWS Control Tower', () => {
  const ids = () => sandbox.organization;

  it('gets a policy that leaves its recorders alone', async () => {
    const { accountId: hub, region } = sandbox.hub;
    const options = [
      '--hub',
      hub,
      '--hub-region',
      region,
      '--regions',
      'us-east-1',
      '--channel',
      'C0123456789',
    ];
    const { status, complained } = await onPage('init', ...options);

    expect([status, complained]).toEqual([0, '']);
    const { recorder } = loadOrganization(policy);
    expect(new Set(Object.values(recorder.accounts))).toEqual(new Set(['existing']));
  });

  it('is told of the one account that a policy of its own keeps out, and of nothing else', async () => {
    const run = await onPage('doctor --before', '--json');

    expect(run.status).toBe(1);
    expect(wrong(run)).toEqual([
      expect.objectContaining({
        check: 'service control policy',
        accountId: ids().accounts[unusual.denied],
        cure: expect.objectContaining({ commands: [expect.stringContaining('update-policy')] }),
      }),
    ]);
  });

  it('has everything deployed but there, where AWS says why not', async () => {
    const run = await onPage('deploy', '--yes', '--json');
    const { stacks, verdicts } = JSON.parse(run.printed) as { stacks: { ok: boolean }[]; verdicts: Told[] };

    expect(run.status).toBe(1);
    expect(stacks.map(({ ok }) => ok)).toEqual([true, true]);
    const failed = new Set(verdicts.filter(({ well }) => !well).map(({ accountId }) => accountId));
    expect([...failed]).toEqual([ids().accounts[unusual.denied]]);
  });

  it('is cured by the commands that the doctor names', async () => {
    const before = await as('management', 'doctor', policy, '--before', '--json');
    const [, id = '', content = ''] =
      /--policy-id (\S+) --content '(.*)'$/.exec(wrong(before)[0]?.cure?.commands[0] ?? '') ?? [];
    const client = new OrganizationsClient({
      region: 'us-east-1',
      endpoint: sandbox.gateway.endpoint,
      credentials: sandbox.gateway.administratorOf(ids().managementAccountId),
    });
    await client.send(new UpdatePolicyCommand({ PolicyId: id, Content: content }));
    client.destroy();
    expect((await as('management', 'doctor', policy, '--before', '--json')).status).toBe(0);

    await retried(['access'], ['rules', 'trail']);
    const after = wrong(await onPage('doctor', '--json'));
    // Of the first patrol and the first evaluations nobody has waited here.
    expect(after.filter(({ check }) => check !== 'patrol' && check !== 'evaluations')).toEqual([]);
  });

  it('has the management account watched, by one command, and left again', async () => {
    const { managementAccountId: id } = ids();
    const { region, accountId: hub } = sandbox.hub;
    await bootstrapManagement(sandbox);
    const watching = join(directory, 'with-management.yaml');
    const text = readFileSync(policy, 'utf8');
    writeFileSync(watching, text.replace(/^targets:\n/m, `targets:\n  - "${id}"\n`));
    copyFileSync(structureFileOf(policy), structureFileOf(watching));

    const strange = await as('security', 'deploy', watching, '--account', 'management', '--yes');
    expect([strange.status, strange.complained]).toEqual([
      1,
      expect.stringContaining(`These credentials are of account ${hub}`),
    ]);
    const run = await as('management', 'deploy', watching, '--account', 'management', '--yes', '--json');
    expect([run.status, JSON.parse(run.printed)]).toMatchObject([0, { ok: true }]);
    const client = new IAMClient({
      region,
      endpoint: sandbox.gateway.endpoint,
      credentials: sandbox.gateway.administratorOf(id),
    });
    const roles = async () =>
      (await client.send(new ListRolesCommand({ PathPrefix: iamPath }))).Roles?.map(
        ({ RoleName }) => RoleName,
      );
    expect(await roles()).toContain(roleNames.read);

    const removed = await as('management', 'destroy', watching, '--account', 'management', '--yes', '--json');
    expect([removed.status, JSON.parse(removed.printed)]).toMatchObject([0, { ok: true }]);
    expect(await roles()).toEqual([]);
    client.destroy();
  });

  it('is left without a trace but the ledger and the bucket', async () => {
    const run = await onPage('destroy', '--yes', '--json');

    expect(run.status).toBe(0);
    expect(JSON.parse(run.printed)).toMatchObject({ ok: true, taken: [] });
    const client = new CloudFormationClient({
      region: sandbox.hub.region,
      endpoint: sandbox.gateway.endpoint,
      credentials: sandbox.gateway.administratorOf(sandbox.hub.accountId),
    });
    const { Summaries = [] } = await client.send(
      new ListStackSetsCommand({ CallAs: 'DELEGATED_ADMIN', Status: 'ACTIVE' }),
    );
    client.destroy();
    expect(Summaries).toEqual([]);
    expect(toPaste).toEqual([]);
  });
});

/** Does what the doctor says of stack instances, kind after kind, as the sets wait for each other. */
async function retried(...kinds: string[][]): Promise<void> {
  for (const some of kinds) {
    const run = await as('security', 'doctor', policy, '--json');
    const commands = wrong(run)
      .filter(({ check }) => check === 'stack instance')
      .flatMap(({ cure }) => cure?.commands ?? [])
      .filter((command) => some.some((kind) => command.includes(`staunch-${kind} `)));
    for (const command of commands) await createInstances(command);
  }
}

async function createInstances(command: string): Promise<void> {
  const [, StackSetName = '', targets = '{}', region = ''] =
    /--stack-set-name (\S+) .*--deployment-targets '(.*)' --regions (\S+)/.exec(command) ?? [];
  const client = new CloudFormationClient({
    region: sandbox.hub.region,
    endpoint: sandbox.gateway.endpoint,
    credentials: sandbox.gateway.administratorOf(sandbox.hub.accountId),
  });
  const { OperationId } = await client.send(
    new CreateStackInstancesCommand({
      StackSetName,
      CallAs: 'DELEGATED_ADMIN',
      DeploymentTargets: JSON.parse(targets) as DeploymentTargets,
      Regions: [region],
    }),
  );
  for (let status = 'RUNNING'; status === 'RUNNING' || status === 'QUEUED'; ) {
    const { StackSetOperation: operation } = await client.send(
      new DescribeStackSetOperationCommand({ StackSetName, OperationId, CallAs: 'DELEGATED_ADMIN' }),
    );
    status = operation?.Status ?? '';
    await new Promise(setImmediate);
  }
  client.destroy();
}
