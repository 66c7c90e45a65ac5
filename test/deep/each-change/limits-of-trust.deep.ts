import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { FindingMessage } from '../../../core/finding-message';
import { queueNames, roleArn, roleNames } from '../../../core/names';
import { queueUrl } from '../../../core/queue-address';
import type { RemediationRequest } from '../../../core/remediation';
import type { Credentials } from '../../../sandbox/gateway/api';
import type { Sandbox } from '../../../sandbox/sandbox';
import {
  calm,
  eventsOf,
  ingressOf,
  leaveSandbox,
  patience,
  recordsOf,
  sharedSandbox,
  until,
} from '../../end-to-end/support';

const region = 'eu-west-1';
let sandbox: Sandbox;
let stopListening: (() => void) | undefined;
/** Every request that a remediation function got, as it crossed the gateway. */
const requests: RemediationRequest[] = [];

beforeAll(async () => {
  sandbox = await sharedSandbox();
  stopListening = sandbox.gateway.afterCall((call) => {
    if (call.service === 'lambda' && call.operation === 'Invoke')
      requests.push(JSON.parse(call.body.toString()));
  });
}, patience);

afterAll(async () => {
  stopListening?.();
  await leaveSandbox();
});

/** Makes a group that lets in what is given, as `port cidr`. */
async function openGroup(account: string, name: string, ...rules: [number, string][]): Promise<string> {
  const { ec2 } = sandbox.clients(account, region);
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: name, Description: name }),
  );
  for (const [port, cidr] of rules) {
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: cidr }] }],
      }),
    );
  }
  return GroupId;
}

function accountId(name: string): string {
  return sandbox.organization.accounts[name] ?? '';
}

const reportOf = (groupId: string) =>
  eventsOf(sandbox, 'report').find(({ report }) => report.finding.resourceId === groupId)?.report;

function findingAbout(account: string, resourceId: string): FindingMessage {
  return {
    version: 1,
    type: 'finding',
    accountId: accountId(account),
    region,
    control: 'security-group-open-ports',
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId,
    capturedAt: new Date().toISOString(),
    violations: [{ kind: 'open-port', text: 'forged', detail: {} }],
    steps: [{ action: 'revoke', protocol: 'tcp', fromPort: 443, toPort: 443, cidr: '0.0.0.0/0' }],
  };
}

async function send(credentials: Credentials, message: FindingMessage): Promise<void> {
  const sqs = new SQSClient({
    region,
    endpoint: sandbox.gateway.endpoint,
    credentials,
    useQueueUrlAsEndpoint: false,
  });
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl(sandbox.hub.accountId, region, queueNames.remediation),
      MessageBody: JSON.stringify(message),
    }),
  );
}

/** What a rule function in that account holds; an administrator there can get it too. */
function ruleSession(account: string): Promise<Credentials> {
  return sandbox.gateway.serviceSession(
    'lambda.amazonaws.com',
    roleArn(accountId(account), roleNames.rule, 'aws'),
    'forger',
  );
}

describe('the credentials of one fix', () => {
  let credentials: Credentials;
  let fixed: string;

  beforeAll(async () => {
    fixed = await openGroup('playground', 'to-be-fixed', [22, '0.0.0.0/0']);
    await until(sandbox, 'the group was fixed', () => reportOf(fixed)?.state === 'fixed');
    const request = requests.find(({ mode, finding }) => mode === 'apply' && finding.resourceId === fixed);
    if (request === undefined) throw new Error('No fix was asked for');
    credentials = request.credentials;
  }, patience);

  const ec2 = () => new EC2Client({ region, endpoint: sandbox.gateway.endpoint, credentials });
  const anything = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

  it('open and close ports of the group that they are for', async () => {
    await ec2().send(new AuthorizeSecurityGroupIngressCommand({ GroupId: fixed, IpPermissions: [anything] }));
    await ec2().send(new RevokeSecurityGroupIngressCommand({ GroupId: fixed, IpPermissions: [anything] }));

    expect(await ingressOf(sandbox.clients('playground', region), fixed)).toEqual([]);
  });

  it('are denied on another group of the same account', async () => {
    const other = await openGroup('playground', 'other', [443, '0.0.0.0/0']);

    const attempt = ec2().send(
      new RevokeSecurityGroupIngressCommand({ GroupId: other, IpPermissions: [anything] }),
    );

    await expect(attempt).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    expect(await ingressOf(sandbox.clients('playground', region), other)).toEqual(['tcp 443 0.0.0.0/0']);
  });

  it('are denied what another control does', async () => {
    const s3 = new S3Client({ region, endpoint: sandbox.gateway.endpoint, credentials });

    const attempt = s3.send(
      new PutBucketPolicyCommand({ Bucket: `staunch-config-${sandbox.hub.accountId}`, Policy: '{}' }),
    );

    await expect(attempt).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('of a plan cannot change even the group that they are for', async () => {
    const plan = requests.find(({ mode, finding }) => mode === 'plan' && finding.resourceId === fixed);
    const reading = new EC2Client({
      region,
      endpoint: sandbox.gateway.endpoint,
      ...(plan && { credentials: plan.credentials }),
    });

    const attempt = reading.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId: fixed, IpPermissions: [anything] }),
    );

    await expect(attempt).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  });
});

describe('a message forged for another account', () => {
  it(
    'changes nothing that is not dangerous there, and leads to no credentials that can write',
    async () => {
      const victim = await openGroup('staging', 'victim', [443, '0.0.0.0/0'], [22, '10.0.0.0/8']);
      await calm(sandbox);
      const before = eventsOf(sandbox, 'assumed').length;

      await send(await ruleSession('legacy'), findingAbout('staging', victim));
      await calm(sandbox);

      expect(await ingressOf(sandbox.clients('staging', region), victim)).toEqual([
        'tcp 443 0.0.0.0/0',
        'tcp 22 10.0.0.0/8',
      ]);
      const assumed = eventsOf(sandbox, 'assumed')
        .slice(before)
        .map((event) => event.roleArn);
      expect(assumed).toContain(roleArn(accountId('staging'), roleNames.read, 'aws'));
      expect(assumed).not.toContain(roleArn(accountId('staging'), roleNames.remediation, 'aws'));
      expect((await recordsOf(sandbox)).find(({ identity }) => identity.resourceId === victim)?.state).toBe(
        'already-compliant',
      );
    },
    patience,
  );

  it(
    'changes nothing where the flag is off, however dangerous',
    async () => {
      const group = await openGroup('legacy', 'open-but-off', [22, '0.0.0.0/0']);

      await send(await ruleSession('playground'), findingAbout('legacy', group));
      await calm(sandbox);

      expect(await ingressOf(sandbox.clients('legacy', region), group)).toEqual(['tcp 22 0.0.0.0/0']);
      expect(reportOf(group)?.state).toBe('reported');
    },
    patience,
  );

  it(
    'is shown with what is really there, never with what the message says',
    async () => {
      const group = await openGroup('payments', 'shown', [22, '0.0.0.0/0']);
      await until(sandbox, 'the finding waited', () => reportOf(group)?.state === 'waiting');

      await send(await ruleSession('legacy'), findingAbout('payments', group));
      await calm(sandbox);

      const record = (await recordsOf(sandbox)).find(({ identity }) => identity.resourceId === group);
      expect(record?.plan?.changes).toMatchObject([{ action: 'revoke', fromPort: 22 }]);
      expect(JSON.stringify([record, sandbox.slack.messages])).not.toContain('forged');
    },
    patience,
  );
});

describe('the remediation queue', () => {
  it('takes nothing from an administrator of a member account, only from its rule functions', async () => {
    const administrator = sandbox.gateway.administratorOf(accountId('legacy'));

    await expect(send(administrator, findingAbout('staging', 'sg-1'))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });
});

describe('the member roles', () => {
  it.each([roleNames.read, roleNames.remediation])(
    'let nobody but the coordinator assume %s',
    async (name) => {
      const before = eventsOf(sandbox, 'denied').length;
      const { STSClient, AssumeRoleCommand } = await import('@aws-sdk/client-sts');
      const assume = async (credentials: Credentials) =>
        new STSClient({ region, endpoint: sandbox.gateway.endpoint, credentials }).send(
          new AssumeRoleCommand({
            RoleArn: roleArn(accountId('staging'), name, 'aws'),
            RoleSessionName: 'intruder',
          }),
        );

      await expect(assume(sandbox.gateway.administratorOf(sandbox.hub.accountId))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
      await expect(assume(sandbox.gateway.administratorOf(accountId('legacy')))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
      const notifier = await sandbox.gateway.serviceSession(
        'lambda.amazonaws.com',
        roleArn(sandbox.hub.accountId, roleNames.notifier, 'aws'),
        'notifier',
      );
      await expect(assume(notifier)).rejects.toMatchObject({ name: 'AccessDenied' });
      expect(eventsOf(sandbox, 'denied').length).toBe(before + 3);
    },
  );
});
