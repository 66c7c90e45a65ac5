import {
  CreatePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { document, management, region, TestSandbox, trust } from './sandbox';

const sandbox = new TestSandbox();
let iam: IAMClient;
let sqs: SQSClient;
let sns: SNSClient;
beforeAll(async () => {
  await sandbox.start();
  iam = new IAMClient(sandbox.as(sandbox.member));
  sqs = new SQSClient(sandbox.as(sandbox.member));
  sns = new SNSClient(sandbox.as(sandbox.member));
}, 30_000);
afterAll(() => sandbox.stop());

const withoutResource = document({ Effect: 'Allow', Principal: '*', Action: '*' });
const withoutPrincipal = document({ Effect: 'Allow', Action: '*', Resource: '*' });

describe('a malformed policy', () => {
  const malformed = { name: 'MalformedPolicyDocumentException' };

  it('of a role is refused, and changes nothing', async () => {
    await sandbox.createRole(sandbox.member, 'kept', trust(management));
    const RoleName = 'kept';
    const PolicyName = 'new';
    const noResource = document({ Effect: 'Allow', Action: '*' });
    const named = document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' });
    for (const PolicyDocument of [noResource, named]) {
      await expect(
        iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })),
      ).rejects.toMatchObject(malformed);
      await expect(iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }))).rejects.toMatchObject(
        malformed,
      );
    }
    await expect(iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  it('of trust is refused, and changes nothing', async () => {
    await sandbox.createRole(sandbox.member, 'trusting', trust(management));
    await expect(
      iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'trusting', PolicyDocument: withoutPrincipal })),
    ).rejects.toMatchObject(malformed);
    await expect(
      iam.send(
        new CreateRoleCommand({
          RoleName: 'never',
          AssumeRolePolicyDocument: document({ ...trust('*'), Resource: '*' }),
        }),
      ),
    ).rejects.toMatchObject(malformed);
    await expect(iam.send(new GetRoleCommand({ RoleName: 'never' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    await sandbox.assume(management, `arn:aws:iam::${sandbox.member}:role/staunch/trusting`);
  });

  it.each([withoutResource, withoutPrincipal])(
    'of a queue is refused, and changes nothing: %s',
    async (Policy) => {
      const refused = { name: 'InvalidAttributeValue' };
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'plain' }));
      await expect(
        sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } })),
      ).rejects.toMatchObject(refused);
      await expect(
        sqs.send(new CreateQueueCommand({ QueueName: 'never', Attributes: { Policy } })),
      ).rejects.toMatchObject(refused);
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
      );
      expect(Attributes?.Policy).toBeUndefined();
      expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'never' }))).QueueUrls ?? []).toEqual(
        [],
      );
    },
  );

  it.each([withoutResource, withoutPrincipal])('of a topic is refused: %s', async (Policy) => {
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'plain' }));
    const attribute = { AttributeName: 'Policy', AttributeValue: Policy };
    const refused = { Error: expect.objectContaining({ Code: 'InvalidParameter' }) };
    await expect(sns.send(new SetTopicAttributesCommand({ TopicArn, ...attribute }))).rejects.toMatchObject(
      refused,
    );
    await expect(
      sns.send(new CreateTopicCommand({ Name: 'never', Attributes: { Policy } })),
    ).rejects.toMatchObject(refused);
  });

  it.each([withoutResource, withoutPrincipal])('of a bucket or a key is refused: %s', async (Policy) => {
    const s3 = new S3Client({ ...sandbox.as(sandbox.member), forcePathStyle: true });
    const Bucket = 'malformed-policies';
    await s3
      .send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }))
      .catch((error: Error) => expect(error.name).toBe('BucketAlreadyOwnedByYou'));
    await expect(s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))).rejects.toMatchObject({
      name: 'MalformedPolicy',
    });
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
    await expect(
      new KMSClient(sandbox.as(sandbox.member)).send(new CreateKeyCommand({ Policy })),
    ).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  });

  it.each([withoutResource, withoutPrincipal])('is not set by the sandbox itself: %s', (policy) => {
    const bus = `arn:aws:events:${region}:${sandbox.hub}:event-bus/staunch`;
    expect(() => sandbox.gateway.setResourcePolicy(bus, policy)).toThrow(
      expect.objectContaining({ name: 'PolicyDocumentError' }),
    );
  });
});

it('does what a call asks, whatever a text in it looks like', async () => {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'texts' }));
  const MessageBody = `a&Action=DeleteQueue&QueueUrl=${QueueUrl}&b`;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages?.map(({ Body }) => Body)).toEqual([MessageBody]);
});

it.each([
  ['GroupId twice', 'GroupId=sg-1&GroupId=sg-2', 'InvalidParameterValue'],
  ['GroupName beside GroupId', 'GroupId=sg-1&GroupName=sg-2', 'InvalidParameterCombination'],
])('refuses to change a security group named by %s', async (_, names, code) => {
  const answer = await fetch(sandbox.gateway.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=${sandbox.member}/20260101/${region}/ec2/aws4_request, SignedHeaders=host, Signature=x`,
    },
    body: `Action=RevokeSecurityGroupIngress&Version=2016-11-15&${names}`,
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(`<Code>${code}</Code>`);
  expect(sandbox.failures.all).toEqual([]);
});
