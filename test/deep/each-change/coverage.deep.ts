import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CloudFormationClient, ListStackInstancesCommand } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, DeleteTrailCommand } from '@aws-sdk/client-cloudtrail';
import { ConfigServiceClient, DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from '@aws-sdk/client-ec2';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CloseAccountCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { GetQueueAttributesCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { main } from '../../../cli/main';
import {
  functionNames,
  probeForwardingRuleName,
  queueNames,
  roleNames,
  stackSetNames,
} from '../../../core/names';
import { queueUrl } from '../../../core/queue-address';
import type { Sandbox } from '../../../sandbox/sandbox';
import { hubAccount, regions, targets } from '../../../sandbox/scenario/organization';
import { idOf, type PolicyChange, sandboxPolicy } from '../../../sandbox/scenario/policy';
import { trailName } from '../../../sandbox/services/cloudtrail/account-trail';
import {
  become,
  becomeOperator,
  calm,
  eventsOf,
  ingressOf,
  lastReportOf,
  patience,
  patrol,
  startTestSandbox,
  until,
} from '../../end-to-end/support';
import { captureOutput } from '../../support/command';

const region = 'eu-west-1';
/** The hub is watched too, and every recorder records daily. */
const watching: PolicyChange = ({ accounts, units }, autoResponse) => ({
  exclude: [idOf(accounts, 'analytics')],
  targets: [...targets.map((name) => idOf(units, name)), idOf(accounts, hubAccount)],
  recorder: { default: 'own', frequency: 'daily' },
  autoResponse: {
    ...autoResponse,
    accounts: { ...autoResponse.accounts, [idOf(accounts, hubAccount)]: 'on' },
  },
});
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox({
    detectors: ['rule', 'trail'],
    policy: watching,
  });
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

/** Has what a schedule wakes work now, instead of at its time. */
async function invokeInHub(FunctionName: string): Promise<void> {
  const { accountId } = sandbox.hub;
  const lambda = new LambdaClient({ ...as(accountId), region });
  const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName }));
  expect(FunctionError).toBeUndefined();
}

/** States, and what the last operation left, of an account's stacks of the stack set that brings the roles that read, in its one Region. */
async function accessStacks(accountId: string): Promise<string[]> {
  const { Summaries = [] } = await new CloudFormationClient({ ...as(sandbox.hub.accountId), region }).send(
    new ListStackInstancesCommand({
      StackSetName: stackSetNames.access,
      CallAs: 'DELEGATED_ADMIN',
      StackInstanceAccount: accountId,
    }),
  );
  return Summaries.map(
    ({ Status, StackInstanceStatus }) => `${Status} ${StackInstanceStatus?.DetailedStatus}`,
  );
}

/** What the doctor says of an account, by check and condition, with the first command that cures it. */
async function doctorSays(accountId: string) {
  const file = join(mkdtempSync(join(tmpdir(), 'staunch-doctor-test-')), 'organization.yaml');
  writeFileSync(file, sandboxPolicy(sandbox.organization, watching));
  const restore = become(sandbox, {
    ...sandbox.gateway.administratorOf(sandbox.hub.accountId),
    sessionToken: '',
  });
  const output = captureOutput();
  try {
    await main(['doctor', file, '--account', accountId, '--json']);
  } finally {
    vi.restoreAllMocks();
    restore();
    rmSync(dirname(file), { recursive: true });
  }
  return output.printed
    .trim()
    .split('\n')
    .map((line): { check: string; condition: string; text: string; cure?: { commands: string[] } } =>
      JSON.parse(line),
    );
}

it(
  'the hub watches itself, as a target among others, and with a recorder that records daily',
  async () => {
    const hub = sandbox.clients(hubAccount, region);
    const { GroupId = '' } = await hub.ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'own', Description: 'own' }),
    );
    const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    await hub.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }));
    await until(sandbox, 'it was fixed', () => lastReportOf(sandbox, GroupId)?.state === 'fixed');

    expect(await ingressOf(hub, GroupId)).toEqual([]);
    await patrol(sandbox, hub.accountId, region);
    await until(sandbox, 'it was patrolled', async () => (await whysOf(hub.accountId)).length === 0);
    // Nothing of the hub's own, its queues and its bucket among them, is dangerous to the controls.
    await calm(sandbox);
    expect(eventsOf(sandbox, 'report').map(({ report }) => report.finding.resourceId)).toEqual([GroupId]);
    const recorders = new ConfigServiceClient({ ...as(hub.accountId), region });
    const { ConfigurationRecorders } = await recorders.send(new DescribeConfigurationRecordersCommand({}));
    expect(ConfigurationRecorders).toMatchObject([{ recordingMode: { recordingFrequency: 'DAILY' } }]);
  },
  patience,
);

it(
  'the doctor finds each part well, and a probe arrives by each detector; without the queue, the rule or the role it does not',
  async () => {
    const { accountId } = sandbox.clients('playground', region);
    const verdicts = await doctorSays(accountId);
    const notWell = verdicts.filter(({ condition }) => condition !== 'well').map(({ check }) => check);
    // The hub's administrator may not preview a policy, and nobody has patrolled yet.
    expect([...new Set(notWell)].sort()).toEqual(['patrol', 'policy']);
    const judged = new Set(verdicts.map(({ check }) => check));
    for (const check of [
      ...['stack instance', 'roles', 'recorder', 'rules', 'evaluations', 'function', 'trail'],
      ...['rule probe', 'trail probe', 'patrol probe'],
    ])
      expect(judged).toContain(check);

    for (const place of regions)
      sandbox.events.deleteRule(`arn:aws:events:${place}:${accountId}:rule/${probeForwardingRuleName}`);
    const restore = await withoutQueuePolicy();
    const red = (await doctorSays(accountId)).filter(({ check }) => /trail|probe/.test(check));
    await restore();
    const conditions = Object.fromEntries(red.map(({ check, condition }) => [check, condition]));
    expect(conditions).toEqual({ trail: 'not well', 'rule probe': 'not well', 'patrol probe': 'well' });
    for (const { condition, cure } of red)
      if (condition !== 'well') expect(cure?.commands.join()).toContain('staunch -- deploy');
    const { accountId: withoutRole } = sandbox.clients('storefront', region);
    await deletePatrolRole(withoutRole);
    // The hub's own doctor asks the same, and tells the channel of both gaps in one message.
    await invokeInHub(functionNames.dailyDoctor);
    await until(sandbox, 'the gaps were told', async () => {
      const told = sandbox.slack.messages.find(({ text }) => text.includes('The doctor found'));
      return [withoutRole, accountId].every((id) => JSON.stringify(told ?? '').includes(id));
    });
  },
  patience,
);

/** Nobody but the hub's own functions may send to the remediation queue until the answer is called. */
async function withoutQueuePolicy(): Promise<() => Promise<unknown>> {
  const { accountId } = sandbox.hub;
  const sqs = new SQSClient({ ...as(accountId), region, useQueueUrlAsEndpoint: false });
  const QueueUrl = queueUrl(accountId, region, queueNames.remediation);
  const { Attributes: { Policy = '' } = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
  );
  const set = (policy: string) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: policy } }));
  await set('');
  return () => set(Policy);
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

it(
  'reconcile: stacks that auto-deployment made in an excluded account go, and those that failed are made',
  async () => {
    const { accountId: excluded } = sandbox.clients('analytics', region);
    expect(await accessStacks(excluded)).toEqual([]);
    // Auto-deployment sees who joins the stack set's units, whatever its account filter says.
    await sandbox.organization.moveAccount('analytics', 'Workloads', 'Security');
    await sandbox.cloudFormation.settled();
    await sandbox.organization.moveAccount('analytics', 'Security', 'Sandbox');
    await until(sandbox, 'it was deployed to', async () => (await accessStacks(excluded)).length > 0);

    await sandbox.addAccount('late', 'Security');
    const { accountId: late } = sandbox.clients('late', region);
    const iam = new IAMClient(as(late));
    const Statement = [{ Effect: 'Allow', Principal: { AWS: late }, Action: 'sts:AssumeRole' }];
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    const inTheWay = { RoleName: roleNames.read };
    await iam.send(new CreateRoleCommand({ ...inTheWay, AssumeRolePolicyDocument }));
    await sandbox.organization.moveAccount('late', 'Security', 'Sandbox');
    await until(sandbox, 'it had failed', async () => (await accessStacks(late)).includes('OUTDATED FAILED'));
    await iam.send(new DeleteRoleCommand(inTheWay));
    // What the coordinator knows of the organization may be an hour old.
    sandbox.passTime(2 * 60 * 60_000);

    await until(sandbox, 'both were as the policy says', async () => {
      await invokeInHub(functionNames.reconcile);
      const [gone, made] = [await accessStacks(excluded), await accessStacks(late)];
      return gone.length === 0 && made.includes('CURRENT SUCCEEDED');
    });
    await calm(sandbox);
  },
  patience,
);
