import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from '@aws-sdk/client-ec2';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { queueUrl } from '../../../core/queue-address';
import type { RemediationReport } from '../../../core/report';
import { sqsClient } from '../../../sandbox/resources/queue/clients';
import type { Sandbox } from '../../../sandbox/sandbox';
import { groupWithEmptyList, listsOf, openList } from '../../end-to-end/prefix-list';
import {
  calm,
  eventsOf,
  ingressOf,
  lastReportOf,
  leaveSandbox,
  patience,
  patrol,
  recordsOf,
  sharedSandbox,
  until,
} from '../../end-to-end/support';

const region = 'eu-west-1';
const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
let sandbox: Sandbox;

const clients = () => sandbox.clients('playground', region);
const queues = () => {
  const { gateway } = sandbox;
  return sqsClient({
    region,
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(clients().accountId),
  });
};

/** A group that lets everybody in by SSH; its id. */
async function openGroup(GroupName: string, { ec2 } = clients()): Promise<string> {
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName, Description: GroupName }),
  );
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [ssh] }));
  return GroupId;
}

/** A bucket that everybody may read; its name. */
async function openBucket(Bucket: string): Promise<string> {
  const { s3 } = clients();
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
  );
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  const Policy = policyFor('s3:GetObject', `arn:aws:s3:::${Bucket}/*`);
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  return Bucket;
}

/** A queue to which everybody may send; its URL. */
async function openQueue(QueueName: string): Promise<string> {
  const { accountId } = clients();
  await queues().send(new CreateQueueCommand({ QueueName }));
  const QueueUrl = queueUrl(accountId, region, QueueName);
  const Policy = policyFor('sqs:SendMessage', `arn:aws:sqs:${region}:${accountId}:${QueueName}`);
  await queues().send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  return QueueUrl;
}

function policyFor(Action: string, Resource: string): string {
  const statement = { Effect: 'Allow', Principal: '*', Action, Resource };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** Reports, messages of the remediation queue and messages in Slack about a resource so far. */
const reportsOf = (resourceId: string) =>
  eventsOf(sandbox, 'report')
    .map(({ report }) => report)
    .filter(({ finding }) => finding.resourceId === resourceId);
const queuedCalls = () =>
  eventsOf(sandbox, 'queued')
    .map(({ body }) => JSON.parse(body))
    .filter((message) => message['detail-type'] === 'AWS API Call via CloudTrail');
const slackAbout = (resourceId: string) =>
  eventsOf(sandbox, 'slack').filter(
    ({ text, blocks, edited }) => !edited && JSON.stringify([text, blocks]).includes(resourceId),
  );

async function fixed(...ids: string[]): Promise<RemediationReport[]> {
  await until(sandbox, 'all were fixed', () =>
    ids.every((id) => lastReportOf(sandbox, id)?.state === 'fixed'),
  );
  await calm(sandbox);
  return ids.map((id) => lastReportOf(sandbox, id)).filter((report) => report !== undefined);
}

describe('the trail, where no rule of AWS Config is evaluated', () => {
  beforeAll(async () => {
    sandbox = await sharedSandbox(['trail']);
  }, patience);
  afterAll(leaveSandbox);

  it(
    'alone finds and heals a group, a bucket and a queue, and says who opened them',
    async () => {
      const group = await openGroup('opened-by-hand');
      const bucket = await openBucket('opened-by-hand');
      const queue = await openQueue('opened-by-hand');
      const reports = await fixed(group, bucket, queue);

      expect(await ingressOf(clients(), group)).toEqual([]);
      await expect(clients().s3.send(new GetBucketPolicyCommand({ Bucket: bucket }))).rejects.toMatchObject({
        name: 'NoSuchBucketPolicy',
      });
      const { Attributes = {} } = await queues().send(
        new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['All'] }),
      );
      expect(Attributes.Policy ?? '').not.toContain('"*"');
      expect(eventsOf(sandbox, 'evaluated')).toEqual([]);
      for (const { detector, opened } of reports) {
        expect(detector).toBe('trail');
        expect(opened).toMatchObject({
          principal: `arn:aws:iam::${clients().accountId}:root`,
          kind: 'root',
          tool: 'SDK',
          sourceAddress: '127.0.0.1',
        });
      }
    },
    patience,
  );

  it(
    'has the groups of the Region patrolled when a prefix list gets the two halves of IPv4, and the group healed',
    async () => {
      const group = await groupWithEmptyList(clients(), 'list-opened');
      await calm(sandbox);
      expect(lastReportOf(sandbox, group.groupId)).toBeUndefined();
      await openList(clients(), group, '0.0.0.0/1', '128.0.0.0/1');
      await fixed(group.groupId);
      expect(await listsOf(clients(), group)).toEqual([]);
      expect(lastReportOf(sandbox, group.groupId)?.detector).toBe('patrol');
    },
    patience,
  );

  it(
    'looks at nothing that Staunch itself changed, and at nothing that failed',
    async () => {
      const group = await openGroup('fixed-once');
      await fixed(group);
      const { ec2 } = clients();
      const before = queuedCalls().length;
      await expect(
        ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: 'sg-00000000', IpPermissions: [ssh] })),
      ).rejects.toThrow();
      await calm(sandbox);
      expect(queuedCalls()).toHaveLength(before);
      const callers = queuedCalls().map(
        ({ detail }) => detail.userIdentity.sessionContext?.sessionIssuer?.arn ?? detail.userIdentity.type,
      );
      expect(callers.filter((caller) => caller.includes('staunch'))).toEqual([]);
      expect(queuedCalls().filter(({ detail }) => detail.requestParameters?.groupId === group)).toHaveLength(
        1,
      );
    },
    patience,
  );

  it(
    'records nothing of what a call left harmless',
    async () => {
      const { ec2 } = clients();
      const { GroupId = '' } = await ec2.send(
        new CreateSecurityGroupCommand({ GroupName: 'https-only', Description: 'https only' }),
      );
      const https = { ...ssh, FromPort: 443, ToPort: 443 };
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [https] }));
      await until(sandbox, 'its event arrived', () =>
        queuedCalls().some(({ detail }) => detail.requestParameters?.groupId === GroupId),
      );
      await calm(sandbox);
      const records = await recordsOf(sandbox);
      expect(records.filter(({ identity }) => identity.resourceId === GroupId)).toEqual([]);
    },
    patience,
  );
});

describe('all detectors together', () => {
  beforeAll(async () => {
    sandbox = await sharedSandbox(['rule', 'trail', 'patrol']);
  }, patience);
  afterAll(leaveSandbox);

  it(
    'make one finding, one fix and one message of one danger',
    async () => {
      const ids = [
        await openGroup('seen-twice'),
        await openBucket('seen-twice-by-detectors'),
        await openQueue('seen-twice'),
      ];
      await fixed(...ids);
      await until(sandbox, 'the trail had told of each', () => queuedCalls().length >= ids.length);
      await calm(sandbox);
      const records = await recordsOf(sandbox);
      for (const id of ids) {
        const { finding } = lastReportOf(sandbox, id) ?? {};
        const ofControl = records.filter(
          ({ identity }) => identity.resourceId === id && identity.control === finding?.control,
        );
        expect(ofControl.map(({ state, occurrence }) => [state, occurrence])).toEqual([['fixed', 1]]);
        expect(records.filter(({ identity }) => identity.resourceId === id)).toHaveLength(1);
        expect(reportsOf(id).map(({ state }) => state)).toEqual(['fixed']);
        expect(slackAbout(id)).toHaveLength(1);
      }
    },
    patience,
  );

  it(
    'find what neither an item nor an event told of with the next patrol',
    async () => {
      const unheard = sandbox.clients('playground', region, ['item', 'event']);
      const group = await openGroup('told-by-nobody', unheard);
      await calm(sandbox);
      await patrol(sandbox, unheard.accountId, region);
      const [report] = await fixed(group);
      expect(report?.detector).toBe('patrol');
      expect(await ingressOf(clients(), group)).toEqual([]);
    },
    patience,
  );
});
