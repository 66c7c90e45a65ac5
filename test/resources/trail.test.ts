import { trailCallSchema } from '../../core/trail-call';
import type { Touched } from '../../resources/kit/trail-events';
import { type FixableResourceType, factsOf } from '../../resources/resource-types';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const group = 'sg-0123456789abcdef0';
const secretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf';
const url = 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders';

function touched(type: FixableResourceType, eventName: string, detail: object): Touched | undefined {
  const { trail } = factsOf(type);
  expect(trail.opening).toContain(eventName);
  const call = trailCallSchema.parse({ eventSource: trail.source, eventName, ...detail });
  return trail.touched(call, place);
}

describe('a call about security groups', () => {
  const touchedBy = (eventName: string, detail: object) =>
    touched('AWS::EC2::SecurityGroup', eventName, detail);
  const authorize = (permission: object, more: object = {}) =>
    touchedBy('AuthorizeSecurityGroupIngress', {
      requestParameters: { groupId: group, ipPermissions: { items: [permission] } },
      ...more,
    });
  const modify = (rule: object) =>
    touchedBy('ModifySecurityGroupRules', {
      requestParameters: {
        ModifySecurityGroupRulesRequest: {
          GroupId: group,
          SecurityGroupRule: { SecurityGroupRuleId: 'sgr-1', SecurityGroupRule: rule, tag: 1 },
        },
      },
    });
  const ranges = (...cidrs: string[]) => ({ ipRanges: { items: cidrs.map((cidrIp) => ({ cidrIp })) } });

  it.each([
    ['everything', ranges('0.0.0.0/0')],
    // Many of them may be the internet together.
    ['a single address of the internet', ranges('8.8.8.8/32')],
    ['a private and a public range', ranges('10.0.0.0/8', '52.0.0.0/8')],
    ['all of IPv6', { ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] } }],
    ['a prefix list', { prefixListIds: { items: [{ prefixListId: 'pl-1' }] } }],
    ['what is no range', ranges('everywhere')],
    ['lists that are something else', { ipRanges: 'x' }],
    ['nothing that is known', { newRanges: { items: [{}] } }],
  ])('touches the group where it lets in %s', (_what, permission) => {
    expect(authorize(permission)).toEqual({ ids: [group] });
  });

  it.each([
    ['private ranges', ranges('10.0.0.0/8', '192.168.1.0/24')],
    ['a private range of IPv6', { ipv6Ranges: { items: [{ cidrIpv6: 'fd00::/8' }] } }],
    ['another group', { groups: { items: [{ groupId: 'sg-1' }] }, ipRanges: {} }],
  ])('touches nothing where it lets in %s alone', (_what, permission) => {
    expect(authorize(permission)).toBeUndefined();
  });

  it('has the id of a group that it names by name in the rules that it made', () => {
    const requestParameters = { groupName: 'web', cidrIp: '0.0.0.0/0', ipProtocol: 'tcp' };
    const responseElements = { securityGroupRuleSet: { items: [{ groupId: group }] } };
    expect(touchedBy('AuthorizeSecurityGroupIngress', { requestParameters, responseElements })).toEqual({
      ids: [group],
    });
    expect(touchedBy('AuthorizeSecurityGroupIngress', { requestParameters })).toBeUndefined();
  });

  it.each([
    [{ CidrIpv4: '0.0.0.0/0' }, { ids: [group] }],
    [{ CidrIpv6: '2000::/3' }, { ids: [group] }],
    [{ PrefixListId: 'pl-1' }, { ids: [group] }],
    [{}, { ids: [group] }],
    [{ CidrIpv4: '172.16.0.0/12' }, undefined],
    [{ ReferencedGroupId: 'sg-1' }, undefined],
  ])('that changes a rule to %o touches %o', (rule, expected) => {
    expect(modify(rule)).toEqual(expected);
  });

  it('touches every group that lets in a prefix list, where the list takes in addresses of the internet', () => {
    const added = (...cidrs: string[]) =>
      touchedBy('ModifyManagedPrefixList', {
        requestParameters: {
          ModifyManagedPrefixListRequest: {
            PrefixListId: 'pl-1',
            ...(cidrs.length > 0 && { AddEntry: cidrs.map((Cidr) => ({ Cidr })) }),
          },
        },
      });
    expect(added('10.0.0.0/8', '0.0.0.0/1')).toEqual({ everyOne: 'in-region' });
    expect(added('10.0.0.0/8')).toBeUndefined();
    // Only its name, or what it takes out.
    expect(added()).toBeUndefined();
    expect(touchedBy('ModifyManagedPrefixList', {})).toEqual({ everyOne: 'in-region' });
    expect(touchedBy('RestoreManagedPrefixListVersion', {})).toEqual({ everyOne: 'in-region' });
  });
});

describe('a call about EBS snapshots', () => {
  const touchedBy = (eventName: string, detail: object) => touched('AWS::EC2::Snapshot', eventName, detail);
  const snapshotId = 'snap-0123456789abcdef0';
  const modify = (requestParameters: object) =>
    touchedBy('ModifySnapshotAttribute', {
      requestParameters: { snapshotId, attributeType: 'CREATE_VOLUME_PERMISSION', ...requestParameters },
    });
  const permissions = (...items: object[]) => ({ items });

  it.each([
    ['everybody', { createVolumePermission: { add: permissions({ group: 'all' }) } }],
    ['an account', { createVolumePermission: { add: permissions({ userId: '444455556666' }) } }],
    ['nobody knows whom', {}],
    ['nobody knows whom any more', { createVolumePermission: {} }],
  ])('touches the snapshot where it is shared with %s', (_whom, requestParameters) => {
    expect(modify(requestParameters)).toEqual({ ids: [snapshotId] });
  });

  it('touches nothing where somebody is taken from the list', () => {
    const createVolumePermission = { remove: permissions({ group: 'all' }) };
    expect(modify({ createVolumePermission })).toBeUndefined();
  });

  it('touches every snapshot in the Region where the setting that keeps everybody out goes, or is less strict', () => {
    const enable = (State: string) =>
      touchedBy('EnableSnapshotBlockPublicAccess', {
        requestParameters: { EnableSnapshotBlockPublicAccessRequest: { State } },
      });
    expect(touchedBy('DisableSnapshotBlockPublicAccess', {})).toEqual({ everyOne: 'in-region' });
    expect(enable('block-new-sharing')).toEqual({ everyOne: 'in-region' });
    expect(touchedBy('EnableSnapshotBlockPublicAccess', {})).toEqual({ everyOne: 'in-region' });
    expect(enable('block-all-sharing')).toBeUndefined();
  });
});

describe('a call about AMIs', () => {
  const imageId = 'ami-0123456789abcdef0';
  const modify = (requestParameters: object) =>
    touched('AWS::EC2::Image', 'ModifyImageAttribute', {
      requestParameters: { imageId, ...requestParameters },
    });

  it.each([
    { launchPermission: { add: { items: [{ group: 'all' }] } }, attributeType: 'launchPermission' },
    {
      launchPermission: {
        add: { items: [{ organizationArn: 'arn:aws:organizations::1:organization/o-1' }] },
      },
    },
    { launchPermission: {} },
    {},
  ])('touches the AMI: %o', (requestParameters) => {
    expect(modify(requestParameters)).toEqual({ ids: [imageId] });
  });

  it.each([
    { launchPermission: { remove: { items: [{ group: 'all' }] } }, attributeType: 'launchPermission' },
    { attributeType: 'description', description: { value: 'x' } },
  ])('touches nothing: %o', (requestParameters) => {
    expect(modify(requestParameters)).toBeUndefined();
  });
});

describe.each([
  ['AWS::RDS::DBSnapshot', 'ModifyDBSnapshotAttribute', 'dBSnapshotIdentifier', 'snapshot'],
  [
    'AWS::RDS::DBClusterSnapshot',
    'ModifyDBClusterSnapshotAttribute',
    'dBClusterSnapshotIdentifier',
    'cluster-snapshot',
  ],
] as const)('a call about %s', (type, eventName, key, kind) => {
  const modify = (requestParameters: object, id = 'orders') =>
    touched(type, eventName, {
      requestParameters: { [key]: id, attributeName: 'restore', ...requestParameters },
    });

  it('touches the snapshot that is shared with somebody, under the name by which RDS keeps it', () => {
    expect(modify({ valuesToAdd: ['all'] })).toEqual({ ids: ['orders'] });
    expect(modify({ valuesToAdd: ['444455556666'], valuesToRemove: ['all'] })).toEqual({ ids: ['orders'] });
    expect(modify({}, 'Orders')).toEqual({ ids: ['orders'] });
    const arn = `arn:aws:rds:eu-west-1:222222222222:${kind}:orders`;
    expect(modify({ valuesToAdd: ['all'] }, arn)).toEqual({ ids: ['orders'] });
  });

  it('touches nothing where somebody is taken from the list, or no snapshot is named', () => {
    expect(modify({ valuesToRemove: ['all'] })).toBeUndefined();
    expect(modify({ valuesToRemove: ['all'], valuesToAdd: [] })).toBeUndefined();
    expect(touched(type, eventName, {})).toBeUndefined();
  });
});

describe('a call about SSM documents', () => {
  const modify = (requestParameters: object) =>
    touched('AWS::SSM::Document', 'ModifyDocumentPermission', {
      requestParameters: { name: 'Restart-Shop', permissionType: 'Share', ...requestParameters },
    });

  it.each([
    { accountIdsToAdd: ['all'] },
    { accountIdsToAdd: ['444455556666'], accountIdsToRemove: ['all'] },
    { name: 'arn:aws:ssm:eu-west-1:222222222222:document/Restart-Shop', accountIdsToAdd: ['All'] },
    {},
  ])('touches the document: %o', (requestParameters) => {
    expect(modify(requestParameters)).toEqual({ ids: ['Restart-Shop'] });
  });

  it('touches nothing where somebody is taken from the list, or no document is named', () => {
    expect(modify({ accountIdsToRemove: ['all'] })).toBeUndefined();
    expect(modify({ name: undefined, accountIdsToAdd: ['all'] })).toBeUndefined();
  });
});

describe('a call about buckets', () => {
  const touchedBy = (eventName: string, detail: object) => touched('AWS::S3::Bucket', eventName, detail);
  const on = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  const block = (PublicAccessBlockConfiguration: object) => ({
    requestParameters: { bucketName: 'photos', PublicAccessBlockConfiguration },
  });

  it.each(['PutBucketAcl', 'PutBucketPolicy', 'PutBucketOwnershipControls', 'DeleteBucketPublicAccessBlock'])(
    'touches the bucket: %s',
    (eventName) => {
      expect(touchedBy(eventName, { requestParameters: { bucketName: 'photos' } })).toEqual({
        ids: ['photos'],
      });
    },
  );

  it('touches nothing where it sets every setting of a block', () => {
    expect(touchedBy('PutBucketPublicAccessBlock', block(on))).toBeUndefined();
    expect(touchedBy('PutAccountPublicAccessBlock', block(on))).toBeUndefined();
    for (const setting of Object.keys(on)) {
      const some = { ...on, [setting]: false };
      expect(touchedBy('PutBucketPublicAccessBlock', block(some))).toEqual({ ids: ['photos'] });
      expect(touchedBy('PutAccountPublicAccessBlock', block(some))).toEqual({ everyOne: 'in-account' });
    }
  });

  it("touches every bucket of the account where the account's block goes", () => {
    expect(touchedBy('DeleteAccountPublicAccessBlock', {})).toEqual({ everyOne: 'in-account' });
  });

  it("touches nothing of the caller's account where the bucket is another account's", () => {
    const owned = (accountId: string) =>
      touchedBy('PutBucketPolicy', {
        requestParameters: { bucketName: 'photos' },
        resources: [{ type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::photos', accountId }],
      });
    expect(owned('999999999999')).toBeUndefined();
    expect(owned(place.accountId)).toEqual({ ids: ['photos'] });
  });
});

describe('a call about topics', () => {
  const arn = 'arn:aws:sns:eu-west-1:111122223333:news';
  const touchedBy = (eventName: string, detail: object) => touched('AWS::SNS::Topic', eventName, detail);

  it.each([
    ['CreateTopic', { requestParameters: { name: 'news' }, responseElements: { topicArn: arn } }],
    [
      'CreateTopic',
      { requestParameters: { attributes: { Policy: '{}' } }, responseElements: { topicArn: arn } },
    ],
    ['AddPermission', { requestParameters: { topicArn: arn, label: 'x' } }],
    ['SetTopicAttributes', { requestParameters: { topicArn: arn, attributeName: 'Policy' } }],
    // What the event does not say has to be looked at.
    ['SetTopicAttributes', { requestParameters: { topicArn: arn } }],
  ])('touches the topic: %s of %o', (eventName, detail) => {
    expect(touchedBy(eventName, detail)).toEqual({ ids: [arn] });
  });

  it.each([
    ['another attribute', 'SetTopicAttributes', { topicArn: arn, attributeName: 'DisplayName' }],
    ["a topic with AWS's own policy", 'CreateTopic', { topicArn: arn, attributes: { DisplayName: 'a' } }],
    ['a topic of another account', 'AddPermission', { topicArn: arn.replace('1111', '9999') }],
    ['a topic of another Region', 'AddPermission', { topicArn: arn.replace('west-1', 'west-2') }],
    ['no topic', 'AddPermission', { topicArn: 7 }],
  ])('touches nothing: %s', (_what, eventName, requestParameters) => {
    expect(touchedBy(eventName, { requestParameters })).toBeUndefined();
  });
});

describe('a call about repositories', () => {
  const touchedBy = (eventName: string, requestParameters: object) =>
    touched('AWS::ECR::Repository', eventName, { requestParameters });

  it.each([
    ['SetRepositoryPolicy', { repositoryName: 'team/images', policyText: '{}', force: false }],
    ['SetRepositoryPolicy', { repositoryName: 'team/images', registryId: place.accountId }],
    // A template may give it a policy.
    ['CreateRepository', { repositoryName: 'team/images' }],
  ])('touches the repository: %s of %o', (eventName, parameters) => {
    expect(touchedBy(eventName, parameters)).toEqual({ ids: ['team/images'] });
  });

  it('touches none of another registry', () => {
    const parameters = { repositoryName: 'team/images', registryId: '999999999999' };
    expect(touchedBy('SetRepositoryPolicy', parameters)).toBeUndefined();
  });
});

describe('a call about queues', () => {
  const touchedBy = (eventName: string, detail: object) => touched('AWS::SQS::Queue', eventName, detail);

  it.each([
    ['CreateQueue', { requestParameters: { queueName: 'orders' }, responseElements: { queueUrl: url } }],
    ['AddPermission', { requestParameters: { queueUrl: url, label: 'x' } }],
    ['SetQueueAttributes', { requestParameters: { queueUrl: url, attributes: { Policy: '{}' } } }],
    // Attributes that are not told may hold a policy.
    ['SetQueueAttributes', { requestParameters: { queueUrl: url } }],
  ])('touches the queue: %s of %o', (eventName, detail) => {
    expect(touchedBy(eventName, detail)).toEqual({ ids: [url] });
  });

  it.each([{ VisibilityTimeout: '100' }, { Policy: '' }, {}])(
    'touches nothing where it sets %o',
    (attributes) => {
      expect(
        touchedBy('SetQueueAttributes', { requestParameters: { queueUrl: url, attributes } }),
      ).toBeUndefined();
    },
  );

  it.each([
    'https://eu-west-1.queue.amazonaws.com/111122223333/orders',
    'https://vpce-1.sqs.eu-west-1.vpce.amazonaws.com/111122223333/orders',
  ])('names the queue by the URL of its Region: %s', (queueUrl) => {
    expect(touchedBy('AddPermission', { requestParameters: { queueUrl } })).toEqual({ ids: [url] });
  });

  it("touches no queue of another account, which the URL's middle names", () => {
    const queueUrl = url.replace('111122223333', '999999999999');
    expect(touchedBy('AddPermission', { requestParameters: { queueUrl } })).toBeUndefined();
  });
});

describe('a call about secrets', () => {
  const touchedBy = (eventName: string, detail: object) =>
    touched('AWS::SecretsManager::Secret', eventName, detail);

  it.each([
    ['PutResourcePolicy', { requestParameters: { secretId: secretArn, resourcePolicy: '{}' } }],
    ['RestoreSecret', { requestParameters: { secretId: secretArn } }],
    [
      'PutResourcePolicy',
      { requestParameters: { secretId: 'orders' }, responseElements: { arn: secretArn } },
    ],
  ])('touches the secret: %s of %o', (eventName, detail) => {
    expect(touchedBy(eventName, detail)).toEqual({ ids: [secretArn] });
  });

  it.each([{ secretId: 'orders' }, { secretId: secretArn.slice(0, -7) }, {}])(
    'may touch any of the Region where it does not say which: %o',
    (requestParameters) => {
      expect(touchedBy('PutResourcePolicy', { requestParameters })).toEqual({ everyOne: 'in-region' });
    },
  );

  it('touches nothing where Secrets Manager was to refuse what is public', () => {
    const requestParameters = { secretId: secretArn, blockPublicPolicy: true };
    expect(touchedBy('PutResourcePolicy', { requestParameters })).toBeUndefined();
  });
});

describe('a call about keys', () => {
  const touchedBy = (eventName: string, detail: object) => touched('AWS::KMS::Key', eventName, detail);
  const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const arn = `arn:aws:kms:eu-west-1:111122223333:key/${keyId}`;

  it.each([
    ['PutKeyPolicy', { requestParameters: { keyId, policyName: 'default', policy: '{}' } }],
    ['PutKeyPolicy', { requestParameters: { keyId: arn } }],
    ['CreateKey', { requestParameters: {}, responseElements: { keyMetadata: { keyId, arn } } }],
  ])('touches the key: %s of %o', (eventName, detail) => {
    expect(touchedBy(eventName, detail)).toEqual({ ids: [keyId] });
  });

  it('may touch any of the Region where it does not say which', () => {
    expect(touchedBy('CreateKey', { requestParameters: {} })).toEqual({ everyOne: 'in-region' });
  });
});
