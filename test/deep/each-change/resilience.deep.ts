import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
} from '@aws-sdk/client-ec2';
import { GetRoleCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { FindingMessage } from '../../../core/finding-message';
import { queueNames, roleNames } from '../../../core/names';
import { queueUrl } from '../../../core/queue-address';
import type { Sandbox } from '../../../sandbox/sandbox';
import {
  calm,
  eventsOf,
  ingressOf,
  leaveSandbox,
  makeAccountDue,
  patience,
  recordsOf,
  sendToHub,
  sharedSandbox,
  unreachableItem,
  until,
} from '../../end-to-end/support';

const region = 'eu-west-1';
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await sharedSandbox();
}, patience);

afterEach(() => sandbox?.slack.fail(undefined));
afterAll(leaveSandbox);

const accountId = (name: string) => sandbox.organization.accounts[name] ?? '';
const reportsOf = (resourceId: string) =>
  eventsOf(sandbox, 'report')
    .map(({ report }) => report)
    .filter(({ finding }) => finding.resourceId === resourceId);

async function openGroup(account: string, name: string): Promise<string> {
  const { ec2 } = sandbox.clients(account, region);
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: name, Description: name }),
  );
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    }),
  );
  return GroupId;
}

function hubClient<Client>(
  make: (configuration: {
    region: string;
    endpoint: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  }) => Client,
): Client {
  return make({
    region,
    endpoint: sandbox.gateway.endpoint,
    credentials: sandbox.gateway.administratorOf(sandbox.hub.accountId),
  });
}

const urlOf = (name: string) => queueUrl(sandbox.hub.accountId, region, name);

const finding = (overrides: Partial<Record<keyof FindingMessage, unknown>>) =>
  JSON.stringify({
    version: 1,
    type: 'finding',
    accountId: accountId('playground'),
    region,
    control: 'security-group-open-ports',
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: 'sg-0123456789abcdef0',
    capturedAt: new Date().toISOString(),
    violations: [],
    steps: [],
    ...overrides,
  });

describe('messages that nobody can act on', () => {
  const unusable = (): Record<string, string> => ({
    'not JSON': 'open the pod bay doors',
    'an unknown version': finding({ version: 99 }),
    'an unknown control': finding({ control: 'no-such-control' }),
    'an unknown resource type': finding({ resourceType: 'AWS::EC2::Instance' }),
    'an account outside the organization': finding({ accountId: '999999999999' }),
  });

  it(
    'end in the dead-letter queue with their reason in the log, and stop nobody else',
    async () => {
      const bodies = Object.values(unusable());
      for (const body of bodies) await sendToHub(sandbox, body);
      const group = await openGroup('playground', 'beside-unusable-messages');

      await until(
        sandbox,
        'the group beside them was fixed',
        () => reportsOf(group).at(-1)?.state === 'fixed',
      );
      const sqs = hubClient(
        (configuration) => new SQSClient({ ...configuration, useQueueUrlAsEndpoint: false }),
      );
      const attributes = new GetQueueAttributesCommand({
        QueueUrl: urlOf(queueNames.remediationDeadLetters),
        AttributeNames: ['ApproximateNumberOfMessages'],
      });
      await until(
        sandbox,
        'all were dead letters',
        async () => (await sqs.send(attributes)).Attributes?.ApproximateNumberOfMessages === '5',
      );

      const { Messages: letters = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: urlOf(queueNames.remediationDeadLetters),
          MaxNumberOfMessages: 10,
        }),
      );
      expect(letters.map(({ Body }) => Body).toSorted()).toEqual(bodies.toSorted());
      const log = eventsOf(sandbox, 'log')
        .filter(({ functionName }) => functionName === 'staunch-coordinator')
        .map(({ line }) => line)
        .join('\n');
      for (const reason of [/not JSON/, /version/, /no-such-control/, /AWS::EC2::Instance/, /999999999999/])
        expect(log).toMatch(reason);
    },
    patience,
  );
});

describe('a finding whose resource is gone', () => {
  it(
    'leaves nothing when it was never there, and is recorded as gone when it was',
    async () => {
      await sendToHub(sandbox, finding({ resourceId: 'sg-0fedcba9876543210' }));
      await until(sandbox, 'it was looked at', () =>
        eventsOf(sandbox, 'log').some(
          ({ line }) => line.includes('Nothing is there') && line.includes('sg-0fedcba9876543210'),
        ),
      );
      expect(
        (await recordsOf(sandbox)).filter(({ identity }) => identity.resourceId === 'sg-0fedcba9876543210'),
      ).toEqual([]);

      const group = await openGroup('legacy', 'soon-gone');
      await until(sandbox, 'it was reported', () => reportsOf(group).at(-1)?.state === 'reported');
      await sandbox.clients('legacy', region).ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }));
      await sendToHub(sandbox, finding({ accountId: accountId('legacy'), resourceId: group }));
      await until(sandbox, 'the report was closed', async () =>
        (await recordsOf(sandbox)).some(
          ({ identity, state }) => identity.resourceId === group && state === 'gone',
        ),
      );
    },
    patience,
  );
});

describe('a role that cannot be assumed', () => {
  it(
    'has the findings of its account wait, and is tried again by the sweep, which then goes on with them',
    async () => {
      const iam = new IAMClient({
        region,
        endpoint: sandbox.gateway.endpoint,
        credentials: sandbox.gateway.administratorOf(accountId('nightly')),
      });
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: roleNames.read }));
      const trust = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
      const closed = JSON.stringify({
        ...JSON.parse(trust),
        Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }],
      });
      await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleNames.read, PolicyDocument: closed }));

      const group = await openGroup('nightly', 'behind-a-closed-role');
      await until(sandbox, 'it waited', async () => {
        const record = await recordOf(group);
        return record?.state === 'held' && record.heldBy === 'account';
      });
      expect(await recordOf(group)).toMatchObject({
        errorCode: 'AccessDenied',
        reason: expect.stringContaining('staunch-read'),
      });
      await makeAccountDue(sandbox, accountId('nightly'));
      await until(
        sandbox,
        'the sweep had tried again',
        async () => Number((await unreachableItem(sandbox, accountId('nightly')))?.tries) >= 2,
      );
      await until(sandbox, 'the channel was told', async () => told().length > 0);
      expect(told()).toEqual([expect.stringMatching(/cannot be reached: 1 finding waits/)]);
      expect(reportsOf(group)).toEqual([]);
      expect(await ingressOf(sandbox.clients('nightly', region), group)).toEqual(['tcp 22 0.0.0.0/0']);

      await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleNames.read, PolicyDocument: trust }));
      await makeAccountDue(sandbox, accountId('nightly'));
      await until(sandbox, 'the sweep had fixed it', () => reportsOf(group).at(-1)?.state === 'fixed');
      expect(await ingressOf(sandbox.clients('nightly', region), group)).toEqual([]);
    },
    patience,
  );

  const told = () =>
    sandbox.slack.messages
      .map((message) => JSON.stringify(message))
      .filter((text) => text.includes('cannot be reached'));

  const recordOf = async (resourceId: string) =>
    (await recordsOf(sandbox)).find(({ identity }) => identity.resourceId === resourceId);
});

describe('Slack', () => {
  it.each([
    ['cannot be reached', 'unreachable' as const],
    ['says to slow down', { retryAfterSeconds: 1 }],
    ['fails', 'server-error' as const],
  ])(
    'gets every message later when it %s',
    async (name, outage) => {
      sandbox.slack.fail(outage);
      const group = await openGroup('playground', `while-slack-${name.replaceAll(' ', '-')}`);
      await until(sandbox, 'it was fixed', () => reportsOf(group).at(-1)?.state === 'fixed');
      const told = () =>
        sandbox.slack.messages.filter((message) => JSON.stringify(message).includes(`#${group}#`));
      expect(told()).toEqual([]);

      sandbox.slack.fail(undefined);
      await until(sandbox, 'Slack was told', () => told().length > 0);
      await calm(sandbox);
      expect(told()).toHaveLength(1);
    },
    patience,
  );
});
