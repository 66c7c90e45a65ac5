/** A security group and a bucket that are open to the internet, in every form in which AWS hands them over. */

const account = '111122223333';
const groupId = 'sg-0123456789abcdef0';
const captured = '2026-11-20T09:12:33.512Z';

const permission = {
  fromPort: 22,
  ipProtocol: 'tcp',
  ipv6Ranges: [],
  prefixListIds: [],
  toPort: 22,
  userIdGroupPairs: [],
  ipv4Ranges: [{ cidrIp: '0.0.0.0/0', description: 'temporary' }],
  ipRanges: ['0.0.0.0/0'],
};
const groupConfiguration = {
  description: 'launch-wizard-1 created 2026-11-20',
  groupName: 'launch-wizard-1',
  ipPermissions: [permission],
  ownerId: account,
  groupId,
  ipPermissionsEgress: [],
  tags: [],
  vpcId: 'vpc-0123456789abcdef0',
};
const groupOfApi = {
  Description: 'launch-wizard-1 created 2026-11-20',
  GroupName: 'launch-wizard-1',
  IpPermissions: [
    {
      FromPort: 22,
      IpProtocol: 'tcp',
      IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'temporary' }],
      Ipv6Ranges: [],
      PrefixListIds: [],
      ToPort: 22,
      UserIdGroupPairs: [],
    },
  ],
  OwnerId: account,
  GroupId: groupId,
  IpPermissionsEgress: [],
  VpcId: 'vpc-0123456789abcdef0',
};

const owner = '4c8d8a9f1e2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5';
const acl = {
  grantSet: null,
  grantList: [
    { grantee: { id: owner, displayName: null }, permission: 'FullControl' },
    { grantee: 'AllUsers', permission: 'Read' },
  ],
  owner: { displayName: null, id: owner },
  isRequesterCharged: false,
};
const policyText = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Public',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::photos/*',
    },
  ],
});
const block = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};
const bucketConfiguration = {
  name: 'photos',
  owner: { displayName: null, id: owner },
  creationDate: '2026-01-05T10:00:00.000Z',
  region: 'eu-west-1',
};
/** As a rule and a snapshot have it: the ACL alone is text. */
const supplement = {
  AccessControlList: JSON.stringify(acl),
  BucketAccelerateConfiguration: { status: null },
  BucketLoggingConfiguration: { destinationBucketName: null, logFilePrefix: null },
  BucketPolicy: { policyText },
  BucketVersioningConfiguration: { status: 'Off', isMfaDeleteEnabled: null },
  IsRequesterPaysEnabled: false,
  PublicAccessBlockConfiguration: block,
};
/** As GetResourceConfigHistory and BatchGetResourceConfig have it: every value is text, and the ACL is encoded twice. */
const supplementOfTexts = Object.fromEntries(
  Object.entries(supplement).map(([key, value]) => [key, JSON.stringify(value)]),
);

const common = (resourceType: string, resourceId: string, name: string, arn: string) => ({
  version: '1.3',
  accountId: account,
  configurationItemCaptureTime: captured,
  configurationItemStatus: 'OK',
  configurationStateId: '1763629953512',
  arn,
  resourceType,
  resourceId,
  resourceName: name,
  awsRegion: 'eu-west-1',
  availabilityZone: 'Not Applicable',
  tags: {},
  relatedEvents: [],
  relationships: [],
});
const groupFrame = common(
  'AWS::EC2::SecurityGroup',
  groupId,
  'launch-wizard-1',
  `arn:aws:ec2:eu-west-1:${account}:security-group/${groupId}`,
);
const bucketFrame = common('AWS::S3::Bucket', 'photos', 'photos', 'arn:aws:s3:::photos');

/** An item as a snapshot has it, and a rule's event nearly so. */
function delivered({ accountId, arn, version, ...frame }: typeof groupFrame, rest: object) {
  return { ...frame, configurationItemVersion: version, ARN: arn, awsAccountId: accountId, ...rest };
}

/** The items, in the forms of AWS Config. */
const items = {
  delivered: {
    group: delivered(groupFrame, { configuration: groupConfiguration, supplementaryConfiguration: {} }),
    bucket: delivered(bucketFrame, {
      configuration: bucketConfiguration,
      supplementaryConfiguration: supplement,
    }),
  },
  history: {
    group: {
      ...groupFrame,
      configuration: JSON.stringify(groupConfiguration),
      supplementaryConfiguration: {},
    },
    bucket: {
      ...bucketFrame,
      configuration: JSON.stringify(bucketConfiguration),
      supplementaryConfiguration: supplementOfTexts,
    },
  },
};
/** Ports come as floats out of queries. */
const queriedGroup = {
  ...groupConfiguration,
  ipPermissions: [{ ...permission, fromPort: 22.0, toPort: 22.0 }],
};
const rows = {
  group: { resourceId: groupId, resourceType: 'AWS::EC2::SecurityGroup', configuration: queriedGroup },
  bucket: {
    resourceId: 'photos',
    resourceType: 'AWS::S3::Bucket',
    configuration: bucketConfiguration,
    supplementaryConfiguration: supplement,
  },
};

/** Results of a query, whose rows are text. */
export function queryOf(...some: object[]) {
  return {
    QueryInfo: { SelectFields: [{ Name: 'resourceId' }, { Name: 'configuration' }] },
    Results: some.map((row) => JSON.stringify(row)),
  };
}

/** What a rule function receives as `invokingEvent`. */
export function notificationOf(configurationItem: object) {
  return {
    configurationItemDiff: null,
    configurationItem,
    notificationCreationTime: captured,
    messageType: 'ConfigurationItemChangeNotification',
    recordVersion: '1.3',
  };
}

/** A file of AWS Config's delivery channel. */
export function snapshotOf(...configurationItems: object[]) {
  return {
    fileVersion: '1.0',
    configSnapshotId: '8b3f7d1e-5a52-4f8e-9a36-2c4b6a0d9f11',
    configurationItems,
  };
}

/** The parts of which tests make forms of their own. */
export const parts = { groupOfApi, items, rows, groupId };

/** Every form, by the command or the file that it comes from. */
export function forms(type: 'group' | 'bucket'): [form: string, input: unknown][] {
  const item = items.delivered[type];
  const { resourceId: _id, resourceType: _type, ...bare } = rows[type];
  return [
    ['get-resource-config-history', { configurationItems: [items.history[type]], nextToken: 'more' }],
    [
      'batch-get-resource-config',
      { baseConfigurationItems: [items.history[type]], unprocessedResourceKeys: [] },
    ],
    ['batch-get-aggregate-resource-config', { BaseConfigurationItems: [items.history[type]] }],
    ['get-aggregate-resource-config', { ConfigurationItem: items.history[type] }],
    ['select-resource-config', queryOf(rows[type])],
    ['select-resource-config without id and type', queryOf(bare)],
    ['a row of select-resource-config', rows[type]],
    ['a row of select-resource-config, as text', JSON.stringify(rows[type])],
    ['a snapshot', snapshotOf(item)],
    ['a configuration item', item],
    ['an invokingEvent', notificationOf(item)],
    ['an invokingEvent as text', JSON.stringify(notificationOf(item))],
    ['an event that holds its invokingEvent as an object', { invokingEvent: notificationOf(item) }],
    [
      'an event that holds nothing but its invokingEvent',
      { invokingEvent: JSON.stringify(notificationOf(item)) },
    ],
    ['a list of items', [item]],
    ['a list of what commands print', [[snapshotOf(item)]]],
  ];
}
