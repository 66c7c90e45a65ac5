import { request } from 'node:http';
import { CloudTrailClient, ListTrailsCommand, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import {
  ConfigServiceClient,
  DescribeComplianceByConfigRuleCommand,
  PutEvaluationsCommand,
} from '@aws-sdk/client-config-service';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetBucketInventoryConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from '../../../sandbox/gateway/api';
import { largestBody } from '../../../sandbox/gateway/protocols/request';
import { region, TestSandbox, trust } from './sandbox';

const sandbox = new TestSandbox();
/** Someone at the keyboard: knows an account's id, and nothing else. */
let stranger: { region: string; endpoint: string; credentials: Credentials; maxAttempts: number };

beforeAll(async () => {
  await sandbox.start();
  const credentials = { accessKeyId: sandbox.member, secretAccessKey: 'any' };
  stranger = { ...sandbox.as(credentials) };
}, 60_000);

afterAll(() => sandbox.stop());

beforeEach(() => void warnings());

/** What the view was warned of since the last time. */
function warnings(): string[] {
  return sandbox.events.events.splice(0).flatMap((event) => (event.kind === 'warning' ? [event.text] : []));
}

afterEach(async () => {
  expect(sandbox.failures.all.splice(0)).toEqual([]);
  // It goes on.
  const { SecurityGroups } = await new EC2Client(sandbox.as(sandbox.member)).send(
    new DescribeSecurityGroupsCommand({}),
  );
  expect(SecurityGroups?.length).toBeGreaterThan(0);
});

interface Raw {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** A request that no SDK would send; signed for a service where one is named. */
function send(service: string | undefined, { method = 'POST', path = '/', headers = {}, body = '' }: Raw) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const scope = `${sandbox.member}/20260101/${region}/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
    const sent = request(
      `${sandbox.gateway.endpoint}${path}`,
      { method, headers: { ...(service !== undefined && { authorization }), ...headers } },
      (response) => {
        let text = '';
        response.on('data', (part: Buffer) => {
          text += part.toString();
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('a call from outside that cannot be answered gets an AWS error and a warning, and the sandbox goes on', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    [
      'an unknown action of a service that the sandbox has',
      () => new CloudTrailClient(stranger).send(new LookupEventsCommand({})),
      'UnknownOperationException',
    ],
    [
      'an unknown action of AWS Config',
      () => new ConfigServiceClient(stranger).send(new DescribeComplianceByConfigRuleCommand({})),
      'UnknownOperationException',
    ],
    [
      'an unknown action of the query protocol',
      () => new STSClient(stranger).send(new GetSessionTokenCommand({})),
      'InvalidAction',
    ],
    [
      'an unknown Region',
      () =>
        new DynamoDBClient({ ...stranger, region: 'eu-wset-1' }).send(
          new ScanCommand({ TableName: 'staunch-ledger' }),
        ),
      'UnknownOperationException',
    ],
    [
      'an HTTP 500 of moto',
      () =>
        new ConfigServiceClient(stranger).send(
          new PutEvaluationsCommand({
            ResultToken: 'x',
            Evaluations: [
              {
                ComplianceResourceType: 'AWS::S3::Bucket',
                ComplianceResourceId: 'b',
                ComplianceType: 'COMPLIANT',
                OrderingTimestamp: new Date(0),
              },
            ],
          }),
        ),
      'UnknownOperationException',
    ],
  ])('%s', async (_, call, name) => {
    await expect(call()).rejects.toMatchObject({
      name,
      message: expect.stringContaining('The sandbox does not do that ('),
    });
    expect(warnings()).toEqual([expect.stringContaining(`refused, ${name}: `)]);
  });

  it.each<[string, string | undefined, Raw, number, RegExp]>([
    [
      'an unknown service, JSON',
      'frauddetector',
      {
        headers: {
          'x-amz-target': 'AWSHawksNestServiceFacade.GetModels',
          'content-type': 'application/x-amz-json-1.1',
        },
        body: '{}',
      },
      400,
      /"__type":"UnknownOperationException"/,
    ],
    [
      'an unknown service, query protocol',
      'importexport',
      {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'Action=ListJobs&Version=2010-06-01',
      },
      400,
      /<Code>InvalidAction<\/Code>/,
    ],
    [
      'a service named like a property of every object',
      'constructor',
      { method: 'GET', path: '/x' },
      400,
      /UnknownOperationException/,
    ],
    [
      'a JSON body that is none',
      'dynamodb',
      {
        headers: { 'x-amz-target': 'DynamoDB_20120810.Scan', 'content-type': 'application/x-amz-json-1.0' },
        body: '{"TableName": ',
      },
      400,
      /__type/,
    ],
    [
      'a body that is no XML',
      's3',
      { method: 'PUT', path: '/some-bucket?acl', body: '<AccessControlPolicy><' },
      501,
      /<Code>NotImplemented<\/Code>/,
    ],
    [
      'a path that cannot be decoded',
      's3',
      { method: 'GET', path: '/%zz/%' },
      400,
      /<Code>InvalidURI<\/Code>/,
    ],
    [
      'a body that is too large',
      's3',
      { method: 'PUT', path: '/some-bucket/object', body: Buffer.alloc(largestBody + 1) },
      501,
      /larger than/,
    ],
    [
      'a form that is too large',
      'ec2',
      {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.alloc(largestBody + 1, 'a'),
      },
      400,
      /<Code>InvalidAction<\/Code>/,
    ],
    ['an unknown path', 'lambda', { method: 'GET', path: '/no/such/path' }, 400, /UnknownOperationException/],
    [
      "the emulator's own interface",
      's3',
      { path: '/moto-api/reset' },
      501,
      /not reached through the gateway/,
    ],
    [
      'no signature',
      undefined,
      { headers: { 'x-amz-target': 'DynamoDB_20120810.Scan' }, body: '{}' },
      400,
      /MissingAuthenticationTokenException/,
    ],
    [
      'no signature, by the query protocol',
      undefined,
      { path: '/?Action=ListQueues', method: 'GET' },
      403,
      /MissingAuthenticationToken/,
    ],
    [
      'OPTIONS without a signature',
      undefined,
      { method: 'OPTIONS', path: '/some-bucket' },
      403,
      /AccessDenied/,
    ],
  ])('%s', async (_, service, raw, status, body) => {
    expect(await send(service, raw)).toMatchObject({ status, body: expect.stringMatching(body) });
    expect(warnings()).toHaveLength(1);
  });

  it.each<[string, Raw]>([
    ['HEAD', { method: 'HEAD', path: '/no-such-bucket' }],
    ['OPTIONS', { method: 'OPTIONS', path: '/no-such-bucket' }],
    [
      'a host that nobody knows',
      { method: 'GET', path: '/no-such-bucket', headers: { host: 'nowhere.example.com' } },
    ],
  ])('%s', async (_, raw) => {
    expect((await send('s3', raw)).status).toBeGreaterThanOrEqual(400);
  });

  it('credentials that nobody has', async () => {
    const unknown = { ...stranger, credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' } };

    await expect(
      new SQSClient({ ...unknown, useQueueUrlAsEndpoint: false }).send(new ListQueuesCommand({})),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    expect(warnings()).toEqual([expect.stringContaining('AKIAUNKNOWN: UnrecognizedClientException')]);
  });

  it('a subresource of S3 that nobody handles', async () => {
    const call = new S3Client(stranger).send(
      new GetBucketInventoryConfigurationCommand({ Bucket: 'b', Id: 'i' }),
    );

    await expect(call).rejects.toBeInstanceOf(Error);
  });

  it('CloudWatch, whose SDK speaks CBOR', async () => {
    await expect(
      new CloudWatchClient({ ...stranger, region: 'eu-wset-1' }).send(new ListDashboardsCommand({})),
    ).rejects.toBeInstanceOf(Error);
  });

  it('a session that a stranger took of a role is a stranger as well', async () => {
    const role = await sandbox.createRole(sandbox.member, 'visited', trust(sandbox.member), {
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
    });
    const { Credentials: issued } = await new STSClient(stranger).send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'visit' }),
    );
    const credentials = {
      accessKeyId: issued?.AccessKeyId ?? '',
      secretAccessKey: issued?.SecretAccessKey ?? '',
      sessionToken: issued?.SessionToken ?? '',
    };

    await expect(
      new CloudTrailClient(sandbox.as(credentials)).send(new ListTrailsCommand({})),
    ).rejects.toMatchObject({ name: 'UnknownOperationException' });
    expect(warnings()).toHaveLength(1);
  });
});

describe('a call of the sandbox itself, or of a function, that cannot be answered', () => {
  it('stays a failure', async () => {
    await expect(
      new CloudTrailClient(sandbox.as(sandbox.member)).send(new LookupEventsCommand({})),
    ).rejects.toBeInstanceOf(Error);
    expect(sandbox.failures.all.splice(0)).toMatchObject([{ name: 'UnsupportedError' }]);

    const role = await sandbox.createRole(
      sandbox.member,
      'function',
      { ...trust(sandbox.member), Principal: { Service: 'lambda.amazonaws.com' } },
      {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
      },
    );
    const credentials = await sandbox.gateway.serviceSession('lambda.amazonaws.com', role, 'function');
    await expect(
      new CloudTrailClient(sandbox.as(credentials)).send(new ListTrailsCommand({})),
    ).rejects.toBeInstanceOf(Error);
    expect(sandbox.failures.all.splice(0)).toMatchObject([{ name: 'UnsupportedError' }]);
    expect(warnings()).toEqual([]);
  });
});
