import { DeleteRoleCommand, DeleteRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from '../../../sandbox/gateway/api';
import { document, management, TestSandbox, trust } from './sandbox';

const sandbox = new TestSandbox();
beforeAll(() => sandbox.start(), 30_000);
afterAll(() => sandbox.stop());

const identity = (caller: string | Credentials) =>
  new STSClient(sandbox.as(caller)).send(new GetCallerIdentityCommand({}));
const mayAssumeAll = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' };

/** Sends to a queue of the member, which exists from the first call on. */
async function send(caller: Credentials, queueName: string) {
  const { QueueUrl } = await new SQSClient(sandbox.as(sandbox.member)).send(
    new CreateQueueCommand({ QueueName: queueName }),
  );
  return new SQSClient({ ...sandbox.as(caller), useQueueUrlAsEndpoint: false }).send(
    new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }),
  );
}

describe('callers', () => {
  it('takes twelve digits for the administrator of that account', async () => {
    expect(await identity(management)).toMatchObject({
      Account: management,
      Arn: `arn:aws:iam::${management}:root`,
    });
  });

  it('refuses a key that it never issued', async () => {
    const unknown = { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' };
    await expect(identity(unknown)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(send(unknown, 'a')).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it('refuses a session without its token, and after it has expired', async () => {
    const role = await sandbox.createRole(sandbox.member, 'short', trust(management));
    const session = await sandbox.assume(management, role, { DurationSeconds: 900 });
    expect(await identity(session)).toMatchObject({
      Account: sandbox.member,
      Arn: `arn:aws:sts::${sandbox.member}:assumed-role/short/test`,
    });
    const { accessKeyId, secretAccessKey } = session;
    await expect(identity({ accessKeyId, secretAccessKey })).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });

    sandbox.ahead = 901_000;
    await expect(identity(session)).rejects.toMatchObject({ name: 'ExpiredToken' });
    expect(sandbox.gateway.principalOf(session.accessKeyId)).toBeUndefined();
    sandbox.ahead = 0;
  });
});

describe('AssumeRole', () => {
  const denied = {
    name: 'AccessDenied',
    message: expect.stringMatching(/is not authorized to perform: sts:AssumeRole/),
  };

  it('refuses a role that does not exist', async () => {
    await expect(
      sandbox.assume(management, `arn:aws:iam::${sandbox.member}:role/none`),
    ).rejects.toMatchObject(denied);
  });

  it('needs both the trust policy and the caller’s own policy across accounts', async () => {
    const target = await sandbox.createRole(sandbox.member, 'both', trust(sandbox.hub));
    const weak = await sandbox.createRole(sandbox.hub, 'weak', trust(sandbox.hub));
    const strong = await sandbox.createRole(sandbox.hub, 'strong', trust(sandbox.hub), mayAssumeAll);
    await expect(sandbox.assume(await sandbox.assume(sandbox.hub, weak), target)).rejects.toMatchObject(
      denied,
    );
    await sandbox.assume(await sandbox.assume(sandbox.hub, strong), target);
    await expect(sandbox.assume(management, target)).rejects.toMatchObject(denied);
  });

  it('compares aws:PrincipalArn with the role, and aws:PrincipalOrgID with the organization', async () => {
    const coordinator = await sandbox.createRole(
      sandbox.hub,
      'coordinator',
      trust(sandbox.hub),
      mayAssumeAll,
    );
    const impostor = await sandbox.createRole(sandbox.hub, 'impostor', trust(sandbox.hub), mayAssumeAll);
    const { Organization } = await new OrganizationsClient(sandbox.as(management)).send(
      new DescribeOrganizationCommand({}),
    );
    const condition = (org: string | undefined) => ({
      ArnEquals: { 'aws:PrincipalArn': coordinator },
      StringEquals: { 'aws:PrincipalOrgID': org },
    });
    const target = await sandbox.createRole(
      sandbox.member,
      'guarded',
      trust(sandbox.hub, condition(Organization?.Id)),
    );
    const foreign = await sandbox.createRole(
      sandbox.member,
      'foreign',
      trust(sandbox.hub, condition('o-other')),
    );
    const asCoordinator = await sandbox.assume(sandbox.hub, coordinator);
    await sandbox.assume(asCoordinator, target);
    await expect(sandbox.assume(asCoordinator, foreign)).rejects.toMatchObject(denied);
    await expect(sandbox.assume(await sandbox.assume(sandbox.hub, impostor), target)).rejects.toMatchObject(
      denied,
    );
  });

  it('checks sts:ExternalId', async () => {
    const target = await sandbox.createRole(
      sandbox.member,
      'external',
      trust(management, { StringEquals: { 'sts:ExternalId': 'secret' } }),
    );
    await expect(sandbox.assume(management, target)).rejects.toMatchObject(denied);
    await sandbox.assume(management, target, { ExternalId: 'secret' });
  });

  it('limits how long a session lasts, chained ones to an hour', async () => {
    const target = await sandbox.createRole(sandbox.member, 'limits', trust(sandbox.hub));
    const first = await sandbox.createRole(sandbox.hub, 'first', trust(sandbox.hub), mayAssumeAll);
    const invalid = { name: 'ValidationError' };
    await expect(sandbox.assume(sandbox.hub, target, { DurationSeconds: 899 })).rejects.toMatchObject(
      invalid,
    );
    await expect(sandbox.assume(sandbox.hub, target, { DurationSeconds: 3601 })).rejects.toMatchObject(
      invalid,
    );
    const chained = await sandbox.assume(sandbox.hub, first);
    await expect(sandbox.assume(chained, target, { DurationSeconds: 3601 })).rejects.toThrow(/role chaining/);
  });

  it('enforces the session policy, and refuses one that is too long or malformed', async () => {
    const queue = (name: string) => `arn:aws:sqs:eu-west-1:${sandbox.member}:${name}`;
    const sendTo = (resource: string) => ({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: resource });
    const target = await sandbox.createRole(sandbox.member, 'scoped', trust(management), sendTo('*'));
    const session = await sandbox.assume(management, target, { Policy: document(sendTo(queue('mine'))) });
    await send(session, 'mine');
    await expect(send(session, 'other')).rejects.toThrow(
      /because no session policy allows the sqs:SendMessage action/,
    );
    expect(sandbox.events.events).toContainEqual(
      expect.objectContaining({ kind: 'denied', action: 'sqs:SendMessage', resource: queue('other') }),
    );

    const long = document(sendTo('x'.repeat(2048)));
    await expect(sandbox.assume(management, target, { Policy: long })).rejects.toThrow(
      /less than or equal to 2048/,
    );
    const everywhere = document({ Effect: 'Allow', Action: 'sqs:*' });
    await expect(sandbox.assume(management, target, { Policy: everywhere })).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: expect.stringContaining('must contain resources'),
    });
    await expect(sandbox.assume(management, target, { Policy: '{' })).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    });
  });

  it('tells of every role that is assumed', async () => {
    const target = await sandbox.createRole(sandbox.member, 'told', trust(management));
    await sandbox.assume(management, target);
    expect(sandbox.events.events).toContainEqual(
      expect.objectContaining({
        kind: 'assumed',
        accountId: sandbox.member,
        roleArn: target,
        by: `arn:aws:iam::${management}:root`,
      }),
    );
  });
});

describe('roles', () => {
  it('loses what a deleted policy allowed, and everything with the role, in sessions that run', async () => {
    const role = await sandbox.createRole(sandbox.member, 'shrinking', trust(management), {
      Effect: 'Allow',
      Action: 'sqs:*',
      Resource: '*',
    });
    const session = await sandbox.assume(management, role);
    await send(session, 'shrinking');
    const iam = new IAMClient(sandbox.as(sandbox.member));
    await iam.send(new DeleteRolePolicyCommand({ RoleName: 'shrinking', PolicyName: 'policy' }));
    await expect(send(session, 'shrinking')).rejects.toThrow(/no identity-based policy allows/);
    await iam.send(new DeleteRoleCommand({ RoleName: 'shrinking' }));
    await expect(sandbox.assume(management, role)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('serviceSession', () => {
  it('gives a service the role that trusts it, and no other service', async () => {
    const role = await sandbox.createRole(sandbox.member, 'execution', {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    });
    const session = await sandbox.gateway.serviceSession('lambda.amazonaws.com', role, 'function');
    expect(await identity(session)).toMatchObject({
      Arn: expect.stringMatching(/assumed-role\/execution\/function$/),
    });
    await expect(sandbox.gateway.serviceSession('config.amazonaws.com', role, 'x')).rejects.toThrow(
      /not authorized/,
    );
    await expect(sandbox.gateway.serviceSession('lambda.amazonaws.com', `${role}-2`, 'x')).rejects.toThrow(
      /does not exist/,
    );
  });
});
