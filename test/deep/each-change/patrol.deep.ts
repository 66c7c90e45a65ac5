import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand as DeleteBucketBlockCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { DeletePublicAccessBlockCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { queueUrl } from '../../../core/queue-address';
import type { Sandbox } from '../../../sandbox/sandbox';
import { ClientsByPlace } from '../../../sandbox/services/config/account-clients';
import { groupWithEmptyList, listsOf, openList } from '../../end-to-end/prefix-list';
import {
  calm,
  lastReportOf,
  leaveSandbox,
  patience,
  patrol,
  recordsOf,
  sharedSandbox,
  until,
} from '../../end-to-end/support';

const region = 'eu-west-1';
let sandbox: Sandbox;
let clients: ClientsByPlace;

beforeAll(async () => {
  sandbox = await sharedSandbox([]);
  clients = new ClientsByPlace(sandbox.gateway);
}, patience);

afterAll(async () => {
  clients?.stop();
  await leaveSandbox();
});

const publicPolicy = (action: string, resource: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: resource }],
  });

it(
  'finds and has healed what no rule reports: a group, a queue, and a bucket that the account no longer blocks',
  async () => {
    const { ec2, s3, client, accountId } = sandbox.clients('staging', region);
    const { s3Control } = clients.of({ accountId, region });
    await s3Control.send(
      new PutPublicAccessBlockCommand({
        AccountId: accountId,
        PublicAccessBlockConfiguration: { IgnorePublicAcls: true, RestrictPublicBuckets: true },
      }),
    );
    const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
    const { GroupId = '' } = await ec2.send(
      new CreateSecurityGroupCommand({
        GroupName: 'patrolled',
        Description: 'patrolled',
        VpcId: Vpcs[0]?.VpcId,
      }),
    );
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      }),
    );
    const Bucket = `patrolled-${accountId}`;
    await s3.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
    );
    await s3.send(new DeleteBucketBlockCommand({ Bucket }));
    await s3.send(
      new PutBucketPolicyCommand({
        Bucket,
        Policy: publicPolicy('s3:GetObject', `arn:aws:s3:::${Bucket}/*`),
      }),
    );
    await client((configuration) => new SQSClient({ ...configuration, useQueueUrlAsEndpoint: false })).send(
      new CreateQueueCommand({
        QueueName: 'patrolled',
        Attributes: {
          Policy: publicPolicy('sqs:SendMessage', `arn:aws:sqs:${region}:${accountId}:patrolled`),
        },
      }),
    );
    const queue = queueUrl(accountId, region, 'patrolled');
    await calm(sandbox);

    await patrol(sandbox, accountId, region);
    await until(sandbox, 'the group and the queue were fixed', () =>
      [GroupId, queue].every((id) => lastReportOf(sandbox, id)?.state === 'fixed'),
    );
    await calm(sandbox);
    // The account's block keeps everybody out, so that the bucket complies.
    expect((await recordsOf(sandbox)).map(({ identity }) => identity.resourceId)).not.toContain(Bucket);

    await s3Control.send(new DeletePublicAccessBlockCommand({ AccountId: accountId }));
    await patrol(sandbox, accountId, region);
    await until(sandbox, 'the bucket was fixed', () => lastReportOf(sandbox, Bucket)?.state === 'fixed');
    await calm(sandbox);
    const found = (await recordsOf(sandbox)).filter(({ identity }) =>
      [GroupId, queue, Bucket].includes(identity.resourceId),
    );
    expect(new Set(found.map(({ detector }) => detector))).toEqual(new Set(['patrol']));
  },
  patience,
);

it(
  'finds and has healed a group that lets in a prefix list which holds everybody since the last patrol',
  async () => {
    const staging = sandbox.clients('staging', region);
    const group = await groupWithEmptyList(staging, 'list-patrolled');
    await patrol(sandbox, staging.accountId, region);
    await calm(sandbox);
    expect((await recordsOf(sandbox)).map(({ identity }) => identity.resourceId)).not.toContain(
      group.groupId,
    );

    await openList(staging, group, '0.0.0.0/0');
    await patrol(sandbox, staging.accountId, region);
    await until(
      sandbox,
      'the group was fixed',
      () => lastReportOf(sandbox, group.groupId)?.state === 'fixed',
    );
    await calm(sandbox);
    expect(lastReportOf(sandbox, group.groupId)?.detector).toBe('patrol');
    expect(await listsOf(staging, group)).toEqual([]);
  },
  patience,
);
