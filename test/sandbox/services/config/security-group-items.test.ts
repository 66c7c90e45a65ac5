import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  administrator,
  createFixture,
  customRule,
  type Fixture,
  home,
  stopMotoOfThisFile,
} from './support/fixture';

const type = 'AWS::EC2::SecurityGroup';
const ssh = {
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'me' }],
};

let aws: Fixture;
let ec2: EC2Client;

beforeEach(async () => {
  aws = await createFixture();
  ec2 = new EC2Client(administrator(aws.gateway));
});
afterEach(() => aws.stop());
afterAll(stopMotoOfThisFile);

async function createGroup(name = 'web'): Promise<string> {
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: name, Description: 'a group', VpcId: Vpcs?.[0]?.VpcId }),
  );
  return GroupId;
}

function notifications(groupId: string) {
  return aws.invocations
    .map((event) => JSON.parse(event.invokingEvent))
    .filter(({ configurationItem }) => configurationItem.resourceId === groupId);
}

it('records a security group in the shape of AWS Config', async () => {
  await aws.startRecording(type);
  await aws.config.putRule(customRule(type));
  const groupId = await createGroup();
  await aws.settled();
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [ssh] }));
  await aws.settled();

  const [created, opened] = notifications(groupId);
  expect(created).toMatchObject({
    messageType: 'ConfigurationItemChangeNotification',
    recordVersion: '1.3',
    configurationItemDiff: { changeType: 'CREATE', changedProperties: {} },
    configurationItem: { configurationItemStatus: 'ResourceDiscovered' },
  });
  const permission = {
    fromPort: 22,
    toPort: 22,
    ipProtocol: 'tcp',
    ipRanges: ['0.0.0.0/0'],
    ipv4Ranges: [{ cidrIp: '0.0.0.0/0', description: 'me' }],
    ipv6Ranges: [],
    prefixListIds: [],
    userIdGroupPairs: [],
  };
  expect(opened.configurationItemDiff).toEqual({
    changeType: 'UPDATE',
    changedProperties: {
      'Configuration.IpPermissions.0': {
        changeType: 'CREATE',
        previousValue: null,
        updatedValue: permission,
      },
    },
  });
  expect(opened.configurationItem).toMatchObject({
    configurationItemVersion: '1.3',
    configurationItemStatus: 'OK',
    awsAccountId: home.accountId,
    awsRegion: home.region,
    resourceType: type,
    resourceId: groupId,
    resourceName: 'web',
    ARN: `arn:aws:ec2:eu-west-1:111111111111:security-group/${groupId}`,
    availabilityZone: 'Not Applicable',
    supplementaryConfiguration: {},
    relationships: [{ name: 'Is contained in Vpc', resourceType: 'AWS::EC2::VPC' }],
    configuration: {
      groupId,
      groupName: 'web',
      description: 'a group',
      ownerId: home.accountId,
      ipPermissions: [permission],
      ipPermissionsEgress: [{ ipProtocol: '-1', ipRanges: ['0.0.0.0/0'] }],
    },
  });
  expect(opened.configurationItem.configuration.ipPermissionsEgress[0]).not.toHaveProperty('fromPort');
  expect(Date.parse(opened.configurationItem.configurationItemCaptureTime)).toBe(
    opened.configurationItem.configurationStateId,
  );
});

it('names a closed permission as one that went', async () => {
  await aws.startRecording(type);
  const groupId = await createGroup();
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [ssh] }));
  await aws.settled();
  await aws.config.putRule(customRule(type));
  await aws.settled();
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [ssh] }));
  await aws.settled();

  const diff = notifications(groupId).at(-1).configurationItemDiff;
  expect(diff.changedProperties['Configuration.IpPermissions.0']).toMatchObject({
    changeType: 'DELETE',
    updatedValue: null,
  });
});

it('tells a new rule of what exists, without a diff', async () => {
  await aws.startRecording(type);
  const groupId = await createGroup();
  await aws.settled();
  await aws.config.putRule(customRule(type));
  await aws.settled();

  expect(notifications(groupId)).toMatchObject([{ configurationItemDiff: null }]);
  expect(aws.callers[0]).toEqual({
    servicePrincipal: 'config.amazonaws.com',
    sourceArn: customRule().arn,
    sourceAccount: home.accountId,
  });
  expect(aws.invocations[0]).toMatchObject({
    version: '1.0',
    ruleParameters: '{"ports":"[22]"}',
    eventLeftScope: false,
    executionRoleArn: `arn:aws:iam::${home.accountId}:role/staunch/recorder`,
    configRuleId: 'config-rule-abc123',
    configRuleName: 'staunch-judge',
    accountId: home.accountId,
  });
});

it('says that a call changed a group, and records no item when nothing changed', async () => {
  await aws.startRecording(type);
  const groupId = await createGroup();
  await ec2.send(new CreateTagsCommand({ Resources: [groupId], Tags: [{ Key: 'team', Value: 'web' }] }));
  await aws.settled();
  const items = aws.of('item').length;
  await ec2.send(new CreateTagsCommand({ Resources: [groupId], Tags: [{ Key: 'team', Value: 'web' }] }));
  await aws.settled();

  expect(aws.of('item')).toHaveLength(items);
  expect(aws.of('changed').filter(({ operation }) => operation === 'CreateTags')).toHaveLength(2);
  expect(aws.of('changed').at(-1)).toMatchObject({
    resourceId: groupId,
    by: `arn:aws:iam::${home.accountId}:root`,
  });
});

it('records that a network interface came, as a relationship alone', async () => {
  await aws.startRecording(type);
  await aws.config.putRule(customRule(type));
  const groupId = await createGroup();
  await aws.settled();
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
  await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: Subnets?.[0]?.SubnetId, Groups: [groupId] }));
  await aws.settled();

  const { changedProperties } = notifications(groupId).at(-1).configurationItemDiff;
  expect(Object.keys(changedProperties)).toEqual(['Relationships.0']);
  expect(changedProperties['Relationships.0'].updatedValue.name).toBe('Is associated with NetworkInterface');
});

it('records a deleted group, and one that was never seen not at all', async () => {
  await aws.startRecording(type);
  await aws.config.putRule(customRule(type));
  const groupId = await createGroup();
  await aws.settled();
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: groupId }));
  await aws.settled();

  const last = notifications(groupId).at(-1);
  expect(last.configurationItem).toMatchObject({
    configurationItemStatus: 'ResourceDeleted',
    configuration: null,
  });
  expect(last.configurationItemDiff.changeType).toBe('DELETE');
  expect(last.configurationItemDiff.changedProperties.Configuration.changeType).toBe('DELETE');
});

it('finds a group that is named, not identified', async () => {
  await aws.startRecording(type);
  const groupId = await createGroup('named');
  await aws.settled();
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupName: 'named', IpPermissions: [ssh] }));
  await aws.settled();

  expect(aws.of('item').at(-1)).toMatchObject({ resourceId: groupId, status: 'OK' });
});

it('keeps the items of one group in order, and each later than the one before', async () => {
  await aws.startRecording(type);
  await aws.config.putRule(customRule(type));
  const groupId = await createGroup();
  await aws.settled();
  const cidrs = Array.from({ length: 8 }, (_, index) => `203.0.113.${index}/32`);
  await Promise.all(
    cidrs.map((CidrIp) =>
      ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId: groupId,
          IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp }] }],
        }),
      ),
    ),
  );
  await aws.settled();

  const times = notifications(groupId).map(({ configurationItem }) => configurationItem.configurationStateId);
  expect(times).toEqual([...new Set(times)].sort());
  const last = notifications(groupId).at(-1).configurationItem.configuration.ipPermissions[0];
  expect([...last.ipRanges].sort()).toEqual(cidrs);
});

it('records nothing where no recorder records the type', async () => {
  await aws.startRecording('AWS::S3::Bucket');
  const groupId = await createGroup();
  await aws.settled();
  expect(aws.of('changed').at(-1)).toMatchObject({ resourceId: groupId });
  expect(aws.of('item')).toEqual([]);
});
