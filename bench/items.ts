import { randomFrom } from './random';

const accountId = '111122223333';
const cidrs = [
  '0.0.0.0/0',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '10.0.0.0/8',
  '52.95.110.0/24',
  '203.0.113.7/32',
  '172.16.0.0/12',
];
const cidrs6 = ['::/0', 'fd00::/8', '2600:1f00::/24'];
const ports = [22, 80, 443, 1433, 3306, 3389, 5432, 8080, 9300];
const principals = [
  '*',
  { AWS: '*' },
  { AWS: ['*', 'arn:aws:iam::444455556666:root'] },
  { AWS: 'arn:aws:iam::444455556666:root' },
];
const conditions = [
  undefined,
  { IpAddress: { 'aws:SourceIp': '52.95.110.0/24' } },
  { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
  { StringLike: { 'aws:SourceArn': '*' } },
];
const grantees = ['AllUsers', 'AuthenticatedUsers', 'LogDelivery', { id: 'f'.repeat(64) }];

/** Configuration items as a rule function receives them, half groups and half buckets, the same for the same seed. */
export function mixedItems(count: number, seed: number): Record<string, unknown>[] {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const several = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make);
  const permission = () => {
    const from = oneOf(ports);
    const ranges = several(3, () => oneOf(cidrs));
    return {
      ...(below(12) === 0
        ? { ipProtocol: '-1' }
        : { ipProtocol: oneOf(['tcp', 'udp', '6']), fromPort: from, toPort: from + oneOf([0, 0, 1, 5000]) }),
      ipRanges: ranges,
      ipv4Ranges: ranges.map((cidrIp) => ({ cidrIp })),
      ipv6Ranges: several(1, () => ({ cidrIpv6: oneOf(cidrs6) })),
      prefixListIds: [],
      userIdGroupPairs: several(1, () => ({ groupId: 'sg-0fedcba9876543210', userId: accountId })),
    };
  };
  const group = (index: number) => ({
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: `sg-${String(index).padStart(17, '0')}`,
    configuration: {
      groupId: `sg-${String(index).padStart(17, '0')}`,
      groupName: `group-${index}`,
      ipPermissions: several(6, permission),
      ipPermissionsEgress: [],
    },
    supplementaryConfiguration: {},
  });
  const bucket = (index: number) => {
    const name = `bucket-${index}`;
    const statements = several(4, () => ({
      Effect: oneOf(['Allow', 'Allow', 'Deny']),
      Principal: oneOf(principals),
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${name}/*`,
      Condition: oneOf(conditions),
    }));
    const policyText =
      statements.length === 0 ? null : JSON.stringify({ Version: '2012-10-17', Statement: statements });
    return {
      resourceType: 'AWS::S3::Bucket',
      resourceId: name,
      resourceName: name,
      configuration: { name },
      supplementaryConfiguration: {
        AccessControlList: JSON.stringify({
          grantSet: null,
          grantList: several(3, () => ({
            grantee: oneOf(grantees),
            permission: oneOf(['Read', 'Write', 'FullControl']),
          })),
          owner: { displayName: null, id: 'f'.repeat(64) },
        }),
        BucketPolicy: { policyText },
        PublicAccessBlockConfiguration: {
          blockPublicAcls: below(2) === 0,
          ignorePublicAcls: below(4) === 0,
          blockPublicPolicy: below(2) === 0,
          restrictPublicBuckets: below(4) === 0,
        },
      },
    };
  };
  return Array.from({ length: count }, (_, index) => ({
    configurationItemStatus: 'OK',
    configurationItemCaptureTime: '2026-11-01T10:00:00.000Z',
    awsAccountId: accountId,
    awsRegion: 'eu-west-1',
    ...(index % 2 === 0 ? group(index) : bucket(index)),
  }));
}
