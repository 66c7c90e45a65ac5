import {
  ConfigServiceClient,
  GetResourceConfigHistoryCommand,
  type ResourceType,
} from '@aws-sdk/client-config-service';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateBucketCommand,
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { control as s3PublicAccess } from '../../../../controls/s3-public-access';
import { control as securityGroupOpenPorts } from '../../../../controls/security-group-open-ports';
import { bucketFromApi } from '../../../../resources/bucket/model';
import { securityGroupFromApi } from '../../../../resources/security-group/model';
import {
  administrator,
  createFixture,
  customRule,
  type Fixture,
  stopMotoOfThisFile,
} from './support/fixture';

let aws: Fixture;
let ec2: EC2Client;
let s3: S3Client;
let config: ConfigServiceClient;

beforeAll(async () => {
  aws = await createFixture();
  ec2 = new EC2Client(administrator(aws.gateway));
  s3 = new S3Client({ ...administrator(aws.gateway), forcePathStyle: true });
  config = new ConfigServiceClient(administrator(aws.gateway));
  await aws.startRecording('AWS::EC2::SecurityGroup', 'AWS::S3::Bucket');
  await aws.config.putRule(customRule());
});
afterAll(async () => {
  await aws.stop();
  await stopMotoOfThisFile();
});

/** The last item of a resource as a rule received it, and as the history answers it. */
async function itemsOf(resourceType: string, resourceId: string) {
  await aws.settled();
  const received = aws.invocations
    .map(({ invokingEvent }) => JSON.parse(invokingEvent).configurationItem)
    .filter((item) => item.resourceId === resourceId)
    .at(-1);
  const { configurationItems } = await config.send(
    new GetResourceConfigHistoryCommand({ resourceType: resourceType as ResourceType, resourceId, limit: 1 }),
  );
  return [received, configurationItems?.[0]];
}

const tcp = (port: number, ranges: object) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...ranges,
});
const anyone = { IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'all' }] };

it.each([
  ['ssh open over IPv4', 'NON_COMPLIANT', [tcp(22, anyone)]],
  ['ssh open over IPv6', 'NON_COMPLIANT', [tcp(22, { Ipv6Ranges: [{ CidrIpv6: '::/0' }] })]],
  [
    'two halves of the internet',
    'NON_COMPLIANT',
    [tcp(22, { IpRanges: [{ CidrIp: '0.0.0.0/1' }, { CidrIp: '128.0.0.0/1' }] })],
  ],
  ['every protocol', 'NON_COMPLIANT', [{ IpProtocol: '-1', ...anyone }]],
  ['https open', 'COMPLIANT', [tcp(443, anyone)]],
  ['ssh from one address', 'COMPLIANT', [tcp(22, { IpRanges: [{ CidrIp: '203.0.113.7/32' }] })]],
])(
  'judges a group with %s alike from the item, the history and the API',
  async (what, verdict, IpPermissions) => {
    const { GroupId = '' } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: what, Description: 'test' }),
    );
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    const items = await itemsOf('AWS::EC2::SecurityGroup', GroupId);
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));

    const { evaluate, fromConfigurationItem, parameters } = securityGroupOpenPorts;
    const groups = [
      ...items.map(fromConfigurationItem),
      securityGroupFromApi(SecurityGroups?.[0], { attached: false }),
    ];
    const judged = groups.map((group) => evaluate(group, parameters.parse({})));
    expect(judged.map(({ compliance }) => compliance)).toEqual([verdict, verdict, verdict]);
    expect(judged[0]?.violations).toEqual(judged[2]?.violations);
    expect(judged[1]?.violations).toEqual(judged[2]?.violations);
  },
);

const policyFor = (bucket: string, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
        ...more,
      },
    ],
  });
type Prepare = (Bucket: string) => Promise<unknown>;
const putPolicy = (Bucket: string, more?: object) =>
  s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policyFor(Bucket, more) }));

it.each<[string, string, Prepare]>([
  ['nothing-public', 'COMPLIANT', async () => {}],
  [
    'public-acl',
    'NON_COMPLIANT',
    (Bucket) => s3.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read-write' })),
  ],
  [
    'authenticated-acl',
    'NON_COMPLIANT',
    (Bucket) => s3.send(new PutBucketAclCommand({ Bucket, ACL: 'authenticated-read' })),
  ],
  ['public-policy', 'NON_COMPLIANT', (Bucket) => putPolicy(Bucket)],
  [
    'fixed-policy',
    'COMPLIANT',
    (Bucket) => putPolicy(Bucket, { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }),
  ],
  [
    'blocked-policy',
    'COMPLIANT',
    async (Bucket) => {
      await putPolicy(Bucket);
      const PublicAccessBlockConfiguration = { IgnorePublicAcls: true, RestrictPublicBuckets: true };
      await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    },
  ],
])('judges the bucket %s alike from the item, the history and the API', async (Bucket, verdict, prepare) => {
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      ObjectOwnership: 'ObjectWriter',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  );
  await prepare(Bucket);
  const items = await itemsOf('AWS::S3::Bucket', Bucket);
  const acl = await s3.send(new GetBucketAclCommand({ Bucket }));
  const policy = await s3.send(new GetBucketPolicyCommand({ Bucket })).catch(() => undefined);
  const block = await s3.send(new GetPublicAccessBlockCommand({ Bucket })).catch(() => undefined);
  const live = bucketFromApi({
    Name: Bucket,
    Grants: acl.Grants,
    Owner: acl.Owner,
    Policy: policy?.Policy,
    PublicAccessBlockConfiguration: block?.PublicAccessBlockConfiguration,
  });

  const { evaluate, fromConfigurationItem, parameters } = s3PublicAccess;
  const judged = [...items.map(fromConfigurationItem), live].map((bucket) =>
    evaluate(bucket, parameters.parse({})),
  );
  expect(judged.map(({ compliance }) => compliance)).toEqual([verdict, verdict, verdict]);
  expect(judged[0]?.violations).toEqual(judged[2]?.violations);
  expect(judged[1]?.violations).toEqual(judged[2]?.violations);
});
