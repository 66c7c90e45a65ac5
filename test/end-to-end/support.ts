import { join } from 'node:path';
import { ConfigServiceClient, DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { FindingIdentity } from '../../core/finding';
import { ledgerTableName, queueNames, roleArn, roleNames } from '../../core/names';
import { patrolVersion } from '../../core/patrol-message';
import { queueUrl } from '../../core/queue-address';
import type { RemediationReport } from '../../core/report';
import { Ledger } from '../../ledger/findings/ledger';
import type { FindingRecord } from '../../ledger/findings/record';
import { occurrencePrefix } from '../../ledger/findings/record-key';
import { KeptTree } from '../../ledger/organization/kept-tree';
import { ledgerDocuments } from '../../ledger/table/documents';
import type { AccountClients } from '../../sandbox/account-clients';
import type { TransformTemplate } from '../../sandbox/cloudformation/cloudformation';
import type { SandboxEvent, TimedEvent } from '../../sandbox/events';
import { patrolledBefore } from '../../sandbox/first-patrols';
import type { ApiCall, Credentials } from '../../sandbox/gateway/api';
import type { Sandbox, SandboxDetector } from '../../sandbox/sandbox';
import { expectedFlags, hubAccount, lateAccount, regions } from '../../sandbox/scenario/organization';
import { peopleRoleArn, peopleRoles } from '../../sandbox/scenario/people';
import type { PolicyChange } from '../../sandbox/scenario/policy';
import { startScenarioSandbox } from '../../sandbox/scenario/sandbox';
import { waitUntil } from '../../sandbox/wait';
import { assembleOnce } from '../support/assembly';
import { startTestMoto } from '../support/moto';
import { noteUsedPermissions } from '../support/used-permissions';

noteUsedPermissions();

/** Long enough to bring a sandbox up on a busy machine; milliseconds. */
export const patience = 300_000;
/** How long one thing may take; no test asserts how long anything takes. */
const longestWait = 90_000;

/** The sandbox that the test files of this worker use one after the other. */
let shared: Promise<Sandbox> | undefined;

/**
 * The scenario's organization with its own policy and templates, for a test file that changes neither. It is calm, its log is
 * empty, and the ledger may hold findings of other files. Each file makes resources of its own, with names of its own, takes back
 * what it changed in the organization, and leaves it with `leaveSandbox` in `afterAll`.
 *
 * Rules alone detect, unless the file says otherwise: what another detector says first, or once more, is the trail's and the
 * patrol's own tests' to show.
 *
 * Pauses after a failure pass 1,080 times faster than in AWS: a message that fails five times waits five visibility timeouts of
 * 18 minutes.
 */
export async function sharedSandbox(detectors: readonly SandboxDetector[] = ['rule']): Promise<Sandbox> {
  if ((await shared)?.failures.all.length) await stopShared();
  shared ??= startTestSandbox({ retryTimeScale: 1_080, detectors: ['rule', 'trail'] });
  shared.catch(() => {
    shared = undefined;
  });
  const sandbox = await shared;
  await calm(sandbox);
  sandbox.detect(detectors);
  // Whatever patrols came for other files: all places are due, and may be asked for, as in a new sandbox.
  await patrolledBefore(sandbox.gateway, sandbox.hub, Object.values(sandbox.organization.accounts), regions);
  sandbox.log.events.length = 0;
  sandbox.events.holdSchedules(false);
  return sandbox;
}

/** Leaves the shared sandbox calm for the next test file. Until that takes it, it does not even sweep. */
export async function leaveSandbox(): Promise<void> {
  const sandbox = await shared;
  if (sandbox === undefined) return;
  await calm(sandbox);
  sandbox.detect([]);
  sandbox.events.holdSchedules(true);
}

async function stopShared(): Promise<void> {
  const ended = shared;
  shared = undefined;
  await (await ended)?.stop();
}

/**
 * Brings the scenario's organization up for a test file. Rules alone detect, unless the options say otherwise: what another detector
 * says first, or once more, is the trail's and the patrol's own tests' to show. Stop it in `afterAll`.
 */
export function startTestSandbox(
  options: {
    timeScale?: number;
    retryTimeScale?: number;
    transformTemplate?: TransformTemplate;
    policy?: PolicyChange;
    detectors?: readonly SandboxDetector[];
    deploy?: boolean;
  } = {},
): Promise<Sandbox> {
  return startScenarioSandbox({
    projectDirectory: join(__dirname, '..', '..'),
    timeScale: 60,
    detectors: ['rule'],
    // What is opened again at once has to be an item of its own, where no trail tells of it.
    itemDelay: 0,
    assemble: assembleOnce,
    moto: startTestMoto,
    ...options,
  });
}

/** What has been read of a sandbox's ledger. */
interface ReadLedger {
  /** How many writes of records have been answered. */
  writes: number;
  /** The records, and how many writes had been answered before they were read. */
  last?: { writes: number; records: readonly FindingRecord[] };
}

const readLedgers = new WeakMap<Sandbox, ReadLedger>();

/**
 * Every record of the ledger. It is read when a record was written since it was read last: whoever waits for one asks twenty times a
 * second, and a whole table is the most expensive of all answers. Every write passes the gateway, and names the record by its key.
 */
export async function recordsOf(sandbox: Sandbox): Promise<FindingRecord[]> {
  const ledger = readLedgers.get(sandbox) ?? listenTo(sandbox);
  const { writes, last } = ledger;
  if (last?.writes === writes) return [...last.records];
  const records: FindingRecord[] = [];
  for await (const record of ledgerOf(sandbox).list()) records.push(record);
  ledger.last = { writes, records };
  return [...records];
}

function listenTo(sandbox: Sandbox): ReadLedger {
  const ledger: ReadLedger = { writes: 0 };
  readLedgers.set(sandbox, ledger);
  sandbox.gateway.afterCall(({ service, operation, body }) => {
    const mayWrite = service === 'dynamodb' && !/^(Get|BatchGet|Query|Scan)/.test(operation);
    if (mayWrite && body.includes(occurrencePrefix)) ledger.writes += 1;
  });
  return ledger;
}

/** The ledger, as an administrator of the hub reads it. */
export function ledgerOf(sandbox: Sandbox): Ledger {
  return new Ledger(documentsOf(sandbox), ledgerTableName);
}

/** The ledger's table, as an administrator of the hub reads and writes it. */
export function documentsOf({ gateway, hub }: Sandbox) {
  return ledgerDocuments({
    region: hub.region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(hub.accountId),
  });
}

/** Waits until nothing runs and nothing waits, for `longestWait` at most. */
export function calm(sandbox: Sandbox): Promise<void> {
  return waitUntil('nothing was running', sandbox.calm, sandbox.failures, longestWait);
}

/** Waits until the condition holds, or for so long that not even a busy machine explains it. */
export function until(
  sandbox: Sandbox,
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  return waitUntil(what, condition, sandbox.failures, longestWait);
}

/** The events of one kind so far. */
export function eventsOf<Kind extends SandboxEvent['kind']>(
  sandbox: Sandbox,
  kind: Kind,
): (TimedEvent & { kind: Kind })[] {
  return sandbox.log.events.filter((event): event is TimedEvent & { kind: Kind } => event.kind === kind);
}

/** Ingress rules of a group as `tcp 22 0.0.0.0/0`. */
export async function ingressOf(clients: AccountClients, groupId: string): Promise<string[]> {
  const { SecurityGroups } = await clients.ec2.send(
    new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }),
  );
  return (SecurityGroups?.[0]?.IpPermissions ?? []).flatMap((permission) =>
    (permission.IpRanges ?? []).map(
      (range) => `${permission.IpProtocol} ${permission.FromPort} ${range.CidrIp}`,
    ),
  );
}

/** The newest report about a resource. */
export function lastReportOf(
  sandbox: Sandbox,
  resourceId: string,
  control?: string,
): RemediationReport | undefined {
  return eventsOf(sandbox, 'report').findLast(
    ({ report: { finding } }) =>
      finding.resourceId === resourceId && (control === undefined || finding.control === control),
  )?.report;
}

/** An administrator of each account whose flag is on, in every Region. */
export function placesThatHeal(sandbox: Sandbox): AccountClients[] {
  return Object.entries(expectedFlags)
    .filter(([account, flag]) => flag === 'on' && account !== lateAccount.name)
    .flatMap(([account]) => regions.map((region) => sandbox.clients(account, region)));
}

/**
 * Does some work while AWS Config records nothing in these places. Afterwards it discovers everything that is there, as it
 * does where it is switched on: nobody sees a resource half-made, or heals it before it was looked at.
 */
export async function unrecorded<Result>(
  sandbox: Sandbox,
  places: readonly AccountClients[],
  work: () => Promise<Result>,
): Promise<Result> {
  const { gateway, config } = sandbox;
  const recorders = await Promise.all(
    places.map(async ({ accountId, region }) => {
      const credentials = gateway.administratorOf(accountId);
      const client = new ConfigServiceClient({ region, endpoint: gateway.endpoint, credentials });
      const { ConfigurationRecorders } = await client.send(new DescribeConfigurationRecordersCommand({}));
      const { name = '', roleARN = '', recordingGroup } = ConfigurationRecorders?.[0] ?? {};
      const resourceTypes = recordingGroup?.resourceTypes ?? [];
      return { place: { accountId, region }, name, roleArn: roleARN, resourceTypes, allSupported: false };
    }),
  );
  for (const { place, ...recorder } of recorders) {
    config.putConfigurationRecorder(place, { ...recorder, resourceTypes: [] });
  }
  const result = await work();
  for (const { place, ...recorder } of recorders) {
    config.putConfigurationRecorder(place, recorder);
    // One place after the other: a discovery reads everything at once.
    await waitUntil('everything was discovered', () => config.idle(), sandbox.failures, 120_000);
  }
  return result;
}

/** Whether a call is made with a session of the role that fixes. */
export function byStaunch({ principal }: ApiCall): boolean {
  return principal.roleArn?.endsWith(`/${roleNames.remediation}`) ?? false;
}

/** Does the jobs, 8 at a time; their results are in the order of the jobs. */
export async function atOnce<Result>(jobs: readonly (() => Promise<Result>)[]): Promise<Result[]> {
  const results: Result[] = [];
  const next = jobs.entries();
  const worker = async () => {
    for (const [index, job] of next) results[index] = await job();
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return results;
}

/** Waits until nothing runs and nothing waits, for ten minutes at most: hundreds of resources take a while on a slow machine. */
export function settled(sandbox: Sandbox): Promise<void> {
  return waitUntil('everything was settled', sandbox.calm, sandbox.failures, patience * 2);
}

/** Sends a finding, as the rule function in the resource's account does. */
export function sendFinding(sandbox: Sandbox, finding: FindingIdentity): Promise<void> {
  const capturedAt = new Date().toISOString();
  const message = { version: 1, type: 'finding', ...finding, capturedAt, violations: [], steps: [] };
  return sendToHub(sandbox, JSON.stringify(message), finding.accountId);
}

/** Sends any text to the remediation queue, as an account's rule function. */
export async function sendToHub(
  sandbox: Sandbox,
  MessageBody: string,
  accountId = sandbox.organization.accounts.legacy ?? '',
): Promise<void> {
  const { gateway, hub } = sandbox;
  const role = roleArn(accountId, roleNames.rule, 'aws');
  const credentials = await gateway.serviceSession('lambda.amazonaws.com', role, 'sender');
  const { region } = hub;
  const sqs = new SQSClient({
    region,
    endpoint: gateway.endpoint,
    credentials,
    useQueueUrlAsEndpoint: false,
  });
  const QueueUrl = queueUrl(hub.accountId, region, queueNames.remediation);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}

/**
 * Has an account and Region patrolled now, as `staunch patrol` does, once the hub knows the organization: a message that comes before
 * waits for its visibility timeout.
 */
export async function patrol(sandbox: Sandbox, accountId: string, region: string): Promise<void> {
  const { gateway, hub } = sandbox;
  const tree = new KeptTree(documentsOf(sandbox), ledgerTableName);
  await until(
    sandbox,
    'the hub had read the organization',
    async () => (await tree.head()).kept !== undefined,
  );
  const sqs = new SQSClient({
    region: hub.region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(hub.accountId),
    useQueueUrlAsEndpoint: false,
  });
  const startedAt = new Date().toISOString();
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl(hub.accountId, hub.region, queueNames.patrol),
      MessageBody: JSON.stringify({ version: patrolVersion, type: 'patrol', accountId, region, startedAt }),
    }),
  );
}

/** Has the sweep come and take up a failed finding now, instead of after its pause, which passes in real time. */
export async function makeDue(sandbox: Sandbox, resourceId: string): Promise<void> {
  const record = (await recordsOf(sandbox)).find(({ identity }) => identity.resourceId === resourceId);
  await documentsOf(sandbox).send(
    new UpdateCommand({
      TableName: ledgerTableName,
      Key: { finding: record?.finding, record: record?.record },
      UpdateExpression: 'SET nextAttemptAt = :past, dueAt = :past',
      ExpressionAttributeValues: { ':past': new Date(0).toISOString() },
    }),
  );
  sandbox.events.passTime(60_000);
}

/** Makes an account that cannot be reached by its read role due, so that the next sweep tries it again. */
export async function makeAccountDue(sandbox: Sandbox, accountId: string): Promise<void> {
  await documentsOf(sandbox).send(
    new UpdateCommand({
      TableName: ledgerTableName,
      Key: { finding: 'unreachable', record: `${accountId}#read` },
      UpdateExpression: 'SET #until = :past',
      ExpressionAttributeNames: { '#until': 'until' },
      ExpressionAttributeValues: { ':past': new Date(0).toISOString() },
    }),
  );
  sandbox.events.passTime(60_000);
}

/** What the ledger knows of an account that cannot be reached by its read role. */
export async function unreachableItem(
  sandbox: Sandbox,
  accountId: string,
): Promise<Record<string, unknown> | undefined> {
  const Key = { finding: 'unreachable', record: `${accountId}#read` };
  const { Item } = await documentsOf(sandbox).send(new GetCommand({ TableName: ledgerTableName, Key }));
  return Item;
}

/** As `--keep` tells people to: the account's administrator takes a role. */
export async function takeRole(
  { gateway, hub, organization }: Sandbox,
  account: string,
  role: (typeof peopleRoles)[keyof typeof peopleRoles],
  session: string,
): Promise<Required<Credentials>> {
  const accountId = organization.accounts[account] ?? '';
  const sts = new STSClient({
    region: hub.region,
    endpoint: gateway.endpoint,
    credentials: { accessKeyId: accountId, secretAccessKey: 'any' },
  });
  const { Credentials: issued } = await sts.send(
    new AssumeRoleCommand({ RoleArn: peopleRoleArn(accountId, role), RoleSessionName: session }),
  );
  sts.destroy();
  return {
    accessKeyId: issued?.AccessKeyId ?? '',
    secretAccessKey: issued?.SecretAccessKey ?? '',
    sessionToken: issued?.SessionToken ?? '',
  };
}

/**
 * Gives this process what an operator of the hub has in the environment, for the staunch command.
 * @returns takes it away again
 */
export async function becomeOperator(sandbox: Sandbox): Promise<() => void> {
  return become(sandbox, await takeRole(sandbox, hubAccount, peopleRoles.person, 'alice@example.com'));
}

/**
 * Gives this process somebody's credentials, for the staunch command.
 * @returns takes them away again
 */
export function become({ gateway, hub }: Sandbox, credentials: Required<Credentials>): () => void {
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: gateway.endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: hub.region,
  });
  return () => {
    process.env = before;
  };
}
