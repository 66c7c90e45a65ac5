import { request } from 'node:http';
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Credentials } from '../../../sandbox/gateway/api';
import { TestSandbox, trust } from './sandbox';

const sandbox = new TestSandbox();
beforeAll(() => sandbox.start());
afterAll(() => sandbox.stop());

function raw(
  credentials: Credentials,
  service: string,
  {
    method = 'POST',
    path = '/',
    headers = {},
    body = '',
  }: { method?: string; path?: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; body: string }> {
  const url = new URL(sandbox.gateway.endpoint);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: url.hostname,
        port: url.port,
        method,
        path,
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20261126/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
          ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
          ...headers,
        },
      },
      (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('what was authorized is what moto does', () => {
  it('a bucket in the Host header is not another one than was authorized', async () => {
    const { member } = sandbox;
    const admin = new S3Client({ ...sandbox.as(member), forcePathStyle: true });
    for (const Bucket of ['mine-breaker', 'victim-breaker'])
      await admin.send(
        new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
      );
    const role = await sandbox.createRole(member, 'own-bucket', trust(`arn:aws:iam::${member}:root`), {
      Effect: 'Allow',
      Action: ['s3:ListBucket', 's3:PutObject'],
      Resource: ['arn:aws:s3:::mine-breaker', 'arn:aws:s3:::mine-breaker/*'],
    });
    const credentials = await sandbox.assume(member, role);
    await admin.send(new PutObjectCommand({ Bucket: 'victim-breaker', Key: 'mine-breaker', Body: 'secret' }));
    const host = 'victim-breaker.s3.eu-west-1.amazonaws.com';
    const read = await raw(credentials, 's3', { method: 'GET', path: '/mine-breaker', headers: { host } });
    const written = await raw(credentials, 's3', {
      method: 'PUT',
      path: '/mine-breaker/planted',
      headers: { host },
      body: 'planted',
    });
    const { Contents = [] } = await admin.send(new ListObjectsV2Command({ Bucket: 'victim-breaker' }));
    // The role may do this in mine-breaker alone.
    expect({ read: read.body, written: written.status, keys: Contents.map(({ Key }) => Key) }).toEqual({
      read: expect.not.stringContaining('secret'),
      written: 403,
      keys: ['mine-breaker'],
    });
  });

  it('a slash that is percent-encoded names no object of a bucket that was authorized only as a bucket', async () => {
    const { member } = sandbox;
    const admin = new S3Client({ ...sandbox.as(member), forcePathStyle: true });
    await admin.send(
      new CreateBucketCommand({
        Bucket: 'listed-breaker',
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    );
    await admin.send(new PutObjectCommand({ Bucket: 'listed-breaker', Key: 'object', Body: 'secret' }));
    const role = await sandbox.createRole(member, 'lists-only', trust(`arn:aws:iam::${member}:root`), {
      Effect: 'Allow',
      Action: ['s3:ListBucket'],
      Resource: ['arn:aws:s3:::listed-breaker', 'arn:aws:s3:::listed-breaker/*'],
    });
    const credentials = await sandbox.assume(member, role);
    const plain = await raw(credentials, 's3', { method: 'GET', path: '/listed-breaker/object' });
    const encoded = await raw(credentials, 's3', { method: 'GET', path: '/listed-breaker%2Fobject' });
    expect({ plain: plain.status, encoded: encoded.body }).toEqual({
      plain: 403,
      encoded: expect.not.stringContaining('secret'),
    });
  });

  it.each([
    ['ec2', 'Action=CreateTags&Version=2016-11-15'],
    ['ec2', 'Action=CreateTags&Version=2016-11-15&Tag.1.Key=a&Tag.1.Value=b&ResourceId.member.1=sg-1'],
    ['ec2', 'Action=DescribeInstances&Version=2016-11-15'],
    ['ec2', 'Action=describesecuritygroups&Version=2016-11-15'],
    ['sqs', 'Action=ListQueues'],
    ['sns', 'Action=ListTopics'],
    ['iam', 'Action=ListRoles'],
    ['iam', 'Action=CreateUser&UserName=me'],
    ['rds', 'Action=DescribeDBInstances'],
    ['monitoring', 'Action=ListMetrics'],
    ['sts', 'Action=GetSessionToken'],
  ])('a role without permissions may not call %s %s', async (service, body) => {
    const role = await sandbox.createRole(
      sandbox.member,
      `nothing-${Math.random().toString(36).slice(2)}`,
      trust(`arn:aws:iam::${sandbox.member}:root`),
    );
    const credentials = await sandbox.assume(sandbox.member, role);
    const answer = await raw(credentials, service, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('<ListRolesResponse');
  });

  it.each([
    ['dynamodb', 'DynamoDB_20120810.ListTables', '{}'],
    ['dynamodb', 'DynamoDB_20120810.TransactWriteItems', '{"TransactItems":[]}'],
    ['dynamodb', 'DynamoDB_20120810.BatchGetItem', '{"RequestItems":{}}'],
    ['dynamodb', 'DynamoDB_20120810.ExecuteTransaction', '{"TransactStatements":[]}'],
    ['events', 'AWSEvents.PutEvents', '{"Entries":[]}'],
    ['events', 'AWSEvents.ListRules', '{}'],
    ['sqs', 'DynamoDB_20120810.ListTables', '{}'],
    ['sqs', 'AmazonSQS.toString', '{}'],
    ['dynamodb', 'DynamoDB_20120810.__proto__', '{}'],
    ['config', 'StarlingDoveService.StartConfigRulesEvaluation', '{"ConfigRuleNames":[]}'],
    ['logs', 'Logs_20140328.DescribeLogGroups', '{}'],
    ['dynamodb', 'Logs_20140328.Scan', '{"TableName":"x"}'],
  ])('a role without permissions may not call %s %s %s', async (service, target, body) => {
    const role = await sandbox.createRole(
      sandbox.member,
      `nothing-${Math.random().toString(36).slice(2)}`,
      trust(`arn:aws:iam::${sandbox.member}:root`),
    );
    const credentials = await sandbox.assume(sandbox.member, role);
    const answer = await raw(credentials, service, {
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
      body,
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  it.each([
    ['s3', '/%6doto-api/reset', {}],
    ['s3', '/%6Doto-api/data.json', {}],
    ['sqs', '/%6doto-api/reset', {}],
    ['s3', '/./moto-api/reset', {}],
    ['s3', '/x/../moto-api/reset', {}],
    ['s3', '/', { host: 'motoapi.amazonaws.com' }],
  ])("the emulator's own interface is not reached: %s %s", async (service, path, headers) => {
    const { member } = sandbox;
    const admin = new S3Client({ ...sandbox.as(member), forcePathStyle: true });
    const Bucket = `kept-${Math.random().toString(36).slice(2)}`;
    await admin.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
    // A stranger, who knows nothing but the id of an account.
    const stranger = { accessKeyId: member, secretAccessKey: 'x' } as Credentials;
    const answer = await raw(stranger, service, { method: 'POST', path, headers });
    const left = await admin.send(new ListObjectsV2Command({ Bucket })).then(
      () => 'there',
      (error: Error) => error.name,
    );
    expect({ left, body: answer.body.slice(0, 60) }).toEqual({
      left: 'there',
      body: expect.not.stringContaining('"status": "ok"'),
    });
  });

  it.each([
    ['a bare name', 'victim', {}, '/'],
    [
      'a URL that ends in a slash and a query',
      'https://sqs.eu-west-1.amazonaws.com/ACCOUNT/x?/victim',
      {},
      '/',
    ],
    ['a name, and another in the path', 'victim', {}, '/ACCOUNT/allowed'],
  ])('a message is sent to the queue that was authorized: %s', async (_what, queueUrl, more, path) => {
    const { member } = sandbox;
    const sqs = new SQSClient(sandbox.as(member));
    const urls: string[] = [];
    for (const QueueName of ['allowed', 'victim']) {
      const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName }));
      urls.push(QueueUrl);
    }
    const role = await sandbox.createRole(
      member,
      `sends-${Math.random().toString(36).slice(2)}`,
      trust(`arn:aws:iam::${member}:root`),
      {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: `arn:aws:sqs:eu-west-1:${member}:allowed`,
      },
    );
    const credentials = await sandbox.assume(member, role);
    const body = JSON.stringify({
      QueueUrl: queueUrl.replace('ACCOUNT', member),
      QueueName: 'allowed',
      MessageBody: 'forged',
      ...more,
    });
    const answer = await raw(credentials, 'sqs', {
      path: path.replace('ACCOUNT', member),
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
      body,
    });
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: urls[1] }));
    expect({ victim: Messages.map(({ Body }) => Body), status: answer.status }).toMatchObject({ victim: [] });
    for (const QueueUrl of urls) await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  });

  it('a message is published to the topic that was authorized', async () => {
    const { member } = sandbox;
    const sns = new SNSClient(sandbox.as(member));
    const sqs = new SQSClient(sandbox.as(member));
    const topic = async (Name: string) => (await sns.send(new CreateTopicCommand({ Name }))).TopicArn ?? '';
    const [allowed, victim] = [await topic('allowed'), await topic('victim')];
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'hears-victim' }));
    await sns.send(
      new SubscribeCommand({
        TopicArn: victim,
        Protocol: 'sqs',
        Endpoint: `arn:aws:sqs:eu-west-1:${member}:hears-victim`,
      }),
    );
    const role = await sandbox.createRole(member, 'publishes', trust(`arn:aws:iam::${member}:root`), {
      Effect: 'Allow',
      Action: 'sns:Publish',
      Resource: allowed,
    });
    const credentials = await sandbox.assume(member, role);
    const body = new URLSearchParams({
      Action: 'Publish',
      Version: '2010-03-31',
      TopicArn: allowed,
      TargetArn: victim,
      Message: 'forged',
    }).toString();
    const answer = await raw(credentials, 'sns', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect({ status: answer.status, victim: Messages.length }).toMatchObject({ victim: 0 });
  });

  it.each([
    [`SELECT "from allowed", a FROM "victim"`],
    [`SELECT "x FROM victim WHERE a" FROM "allowed"`],
    [`SELECT ' FROM victim WHERE ' FROM "allowed"`],
    [`SELECT a\tFROM\tallowed FROM victim`],
    [`SELECT a FROM victim, allowed`],
    [`SELECT a FROM victim AS allowed`],
  ])('a table is read that was authorized: %s', async (Statement) => {
    const { member } = sandbox;
    const dynamodb = new DynamoDBClient(sandbox.as(member));
    for (const TableName of ['allowed', 'victim'])
      await dynamodb
        .send(
          new CreateTableCommand({
            TableName,
            BillingMode: 'PAY_PER_REQUEST',
            AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
            KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
          }),
        )
        .catch(() => undefined);
    await dynamodb.send(new PutItemCommand({ TableName: 'victim', Item: { a: { S: 'secret' } } }));
    const role = await sandbox.createRole(
      member,
      `reads-${Math.random().toString(36).slice(2)}`,
      trust(`arn:aws:iam::${member}:root`),
      {
        Effect: 'Allow',
        Action: ['dynamodb:PartiQLSelect'],
        Resource: [
          `arn:aws:dynamodb:eu-west-1:${member}:table/allowed`,
          `arn:aws:dynamodb:eu-west-1:${member}:table/allowed/index/*`,
        ],
      },
    );
    const credentials = await sandbox.assume(member, role);
    const answer = await raw(credentials, 'dynamodb', {
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.ExecuteStatement',
      },
      body: JSON.stringify({ Statement }),
    });
    expect(answer.body).not.toContain('secret');
  });
});

describe('a request that can be read in two ways does nothing to what it may not touch', () => {
  let credentials: Credentials;
  let s3: S3Client;
  let sqs: SQSClient;
  let victimUrl: string;
  const keys = async () =>
    (await s3.send(new ListObjectsV2Command({ Bucket: 'victim-bucket' }))).Contents?.map(({ Key }) => Key);

  beforeAll(async () => {
    const { member } = sandbox;
    s3 = new S3Client({ ...sandbox.as(member), forcePathStyle: true });
    for (const Bucket of ['own-bucket', 'victim-bucket'])
      await s3.send(
        new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
      );
    await s3.send(new PutObjectCommand({ Bucket: 'victim-bucket', Key: 'key', Body: 'secret' }));
    sqs = new SQSClient(sandbox.as(member));
    await sqs.send(new CreateQueueCommand({ QueueName: 'own-queue' }));
    victimUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'victim-queue' }))).QueueUrl ?? '';
    const role = await sandbox.createRole(member, 'own-things', trust(`arn:aws:iam::${member}:root`), {
      Effect: 'Allow',
      Action: ['s3:ListAllMyBuckets', 's3:ListBucket', 's3:GetObject', 's3:PutObject', 'sqs:*'],
      Resource: [
        'arn:aws:s3:::own-bucket',
        'arn:aws:s3:::own-bucket/*',
        `arn:aws:sqs:eu-west-1:${member}:own-queue`,
      ],
    });
    const list = { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' };
    const lister = await sandbox.createRole(member, 'lists-all', trust(`arn:aws:iam::${member}:root`), list);
    credentials = await sandbox.assume(member, role);
    listing = await sandbox.assume(member, lister);
  });
  let listing: Credentials;

  it.each([
    ['an empty part first', 'GET', '//victim-bucket/key', {}],
    ['an absolute URL', 'GET', 'http://victim-bucket.s3.amazonaws.com/key', {}],
    ['no path', 'GET', '*', {}],
    ['a bucket that is encoded twice', 'GET', '/%2576ictim-bucket/key', {}],
    ['a fragment', 'GET', '/#/victim-bucket/key', {}],
    ['dots', 'GET', '/own-bucket/../victim-bucket/key', {}],
    ['encoded dots', 'GET', '/own-bucket/%2e%2e/victim-bucket/key', {}],
    ['a bucket before localhost', 'GET', '/key', { host: 'victim-bucket.localhost' }],
  ])('S3: %s', async (_what, method, path, headers) => {
    for (const who of [credentials, listing]) {
      const answer = await raw(who, 's3', { method, path, headers });
      expect(answer.body).not.toContain('secret');
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  });

  it('S3: a part that is copied from another bucket', async () => {
    const path = '/own-bucket/copy?uploadId=x&partNumber=1';
    const answer = await raw(credentials, 's3', {
      method: 'PUT',
      path,
      headers: { 'x-amz-copy-source': '/victim-bucket/key' },
    });
    expect(answer.status).toBe(501);
  });

  it.each(['legal-hold', 'retention', 'inventory', 'something-new'])(
    'S3: a query parameter that may choose another operation: %s',
    async (name) => {
      const answer = await raw(credentials, 's3', { method: 'PUT', path: `/own-bucket/key?${name}` });
      expect(answer.status).toBe(501);
    },
  );

  it('S3: a form, whose fields moto takes for the query', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await raw(credentials, 's3', {
      method: 'GET',
      path: '/own-bucket',
      headers,
      body: 'prefix=x',
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  it('a second credential in the header, and one in the query alone, name no other service', async () => {
    const { accessKeyId } = credentials;
    const scope = (service: string) => `${accessKeyId}/20261126/eu-west-1/${service}/aws4_request`;
    const path = '/victim-bucket/planted?Action=GetQueueUrl&QueueName=own-queue';
    const put = { method: 'PUT', body: '' };
    await raw(credentials, 'sqs', {
      ...put,
      path,
      headers: {
        authorization: `AWS4-HMAC-SHA256 X=${scope('s3')}, Credential=${scope('sqs')}, Signature=0`,
      },
    });
    await raw(credentials, 'sqs', {
      ...put,
      path: `${path}&X-Amz-Credential=${encodeURIComponent(scope('sqs'))}`,
      headers: { authorization: '' },
    });
    expect(await keys()).toEqual(['key']);
  });

  it.each([
    [
      'numbers that are none',
      { QueueUrl: 'VICTIM', MessageBody: 'forged' },
      ',"x":NaN}',
      '/ACCOUNT/own-queue',
    ],
    [
      'a queue in the query',
      undefined,
      '',
      '/ACCOUNT/victim-queue?Action=SendMessage&MessageBody=forged&x=/ACCOUNT/own-queue',
    ],
    [
      'a name beside the URL',
      { QueueUrl: 'VICTIM', QueueName: 'own-queue', MessageBody: 'forged' },
      '}',
      '/',
    ],
  ])('SQS: %s', async (_what, parameters, end, path) => {
    const body = parameters && JSON.stringify(parameters).replace('VICTIM', victimUrl).replace(/\}$/, end);
    await raw(credentials, 'sqs', {
      method: body === undefined ? 'GET' : 'POST',
      path: path.replaceAll('ACCOUNT', sandbox.member),
      headers:
        body === undefined
          ? {}
          : { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
      body: body ?? '',
    });
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: victimUrl }));
    expect(Messages).toEqual([]);
  });

  it('SQS: a queue is created by its name, whatever URL is beside it', async () => {
    const answer = await raw(credentials, 'sqs', {
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.CreateQueue' },
      body: JSON.stringify({ QueueUrl: victimUrl.replace('victim', 'own'), QueueName: 'another-queue' }),
    });
    expect(answer.status).toBe(403);
  });

  it.each([
    ['the user agent', '/', { 'user-agent': 'x region/us-east-1' }],
    ['the query', '/?x=.us-east-1.amazonaws.com', {}],
    ['the query, encoded', '/?x=%2Eus-east-1%2eamazonaws.com', {}],
  ])('a Region in %s is not another one than was authorized', async (_what, path, headers) => {
    const name = `regional-${Math.random().toString(36).slice(2)}`;
    await raw(sandbox.gateway.administratorOf(sandbox.member), 'sqs', {
      path,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AmazonSQS.CreateQueue',
        ...headers,
      },
      body: JSON.stringify({ QueueName: name }),
    });
    const elsewhere = new SQSClient({ ...sandbox.as(sandbox.member), region: 'us-east-1' });
    const { QueueUrls = [] } = await elsewhere.send(new ListQueuesCommand({ QueueNamePrefix: name }));
    expect(QueueUrls).toEqual([]);
  });
});

describe('a policy that asks for a tag', () => {
  const untagged = { Null: { 'aws:RequestTag/team': 'true' } };

  it.each([
    ['of the request', untagged, { tags: { team: 'x' } }],
    ['of the role', { Null: { 'aws:PrincipalTag/team': 'true' } }, {}],
  ])('%s is not decided by its absence where it may be there', async (_what, Condition, more) => {
    const { member } = sandbox;
    const name = `tagged-${Math.random().toString(36).slice(2)}`;
    const role = await sandbox.createRole(member, name, trust(`arn:aws:iam::${member}:root`), {
      Effect: 'Allow',
      Action: 'sqs:CreateQueue',
      Resource: '*',
      Condition,
    });
    const ask = async (parameters: object) =>
      (
        await raw(await sandbox.assume(member, role), 'sqs', {
          headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.CreateQueue' },
          body: JSON.stringify({ QueueName: name, ...parameters }),
        })
      ).status;
    expect(await ask(more)).toBe(501);
    if (Condition === untagged) expect(await ask({})).toBe(200);
  });
});
