import fc from 'fast-check';
import { runsOf } from '../../support/property-runs';
import { allUsers, authenticatedUsers, grant, statement } from './buckets';

/** Every property runs with this seed, so that a failure comes back. */
export const runs = { seed: 20_261_123, numRuns: runsOf(2_000) };

const ports = fc.constantFrom(0, 1, 21, 22, 23, 80, 443, 1433, 3306, 3307, 3389, 8080, 65534, 65535);

const cidrs = fc.oneof(
  fc.constantFrom(
    '0.0.0.0/0',
    '::/0',
    '0.0.0.0/1',
    '128.0.0.0/1',
    '10.0.0.0/8',
    '198.51.100.7/32',
    '2a00::/31',
  ),
  fc
    .tuple(fc.integer({ min: 1, max: 223 }), fc.integer({ min: 6, max: 12 }))
    .map(([first, bits]) => `${first}.0.0.0/${bits}`),
  // Many of these tile a broad range together.
  fc.integer({ min: 0, max: 31 }).map((index) => `${52 + (index >> 4)}.${(index % 16) * 16}.0.0/12`),
);

const described = fc.option(fc.constantFrom('office', 'partner'), { nil: undefined });

/** A permission as DescribeSecurityGroups answers it. */
const permissionsOf = (most: { sources: number }) =>
  fc
    .record({
      protocol: fc.constantFrom('tcp', 'tcp', 'tcp', '6', 'udp', '-1', 'icmp', '47'),
      ends: fc.tuple(ports, ports),
      sources: fc.uniqueArray(fc.tuple(cidrs, described), {
        maxLength: most.sources,
        selector: ([cidr]) => cidr,
      }),
      isReferenced: fc.boolean(),
      isListed: fc.boolean(),
    })
    .map(({ protocol, ends, sources, isReferenced, isListed }) => {
      const hasPorts = ['tcp', '6', 'udp'].includes(protocol);
      const words = (Description: string | undefined) => (Description === undefined ? {} : { Description });
      return {
        IpProtocol: protocol,
        ...(hasPorts ? { FromPort: Math.min(...ends), ToPort: Math.max(...ends) } : {}),
        ...(protocol === 'icmp' ? { FromPort: -1, ToPort: -1 } : {}),
        IpRanges: sources
          .filter(([cidr]) => !cidr.includes(':'))
          .map(([CidrIp, description]) => ({ CidrIp, ...words(description) })),
        Ipv6Ranges: sources
          .filter(([cidr]) => cidr.includes(':'))
          .map(([CidrIpv6, description]) => ({ CidrIpv6, ...words(description) })),
        PrefixListIds: isListed ? [{ PrefixListId: 'pl-1' }] : [],
        UserIdGroupPairs: isReferenced ? [{ GroupId: 'sg-2', UserId: '111122223333' }] : [],
      };
    });

const groupsOf = (most: { permissions: number; sources: number }) =>
  fc
    .array(permissionsOf(most), { maxLength: most.permissions })
    .map((IpPermissions) => ({ GroupId: 'sg-1', IpPermissions }));

/** A security group as DescribeSecurityGroups answers it. */
export const apiGroups = groupsOf({ permissions: 6, sources: 40 });

/** One of a few rules, for what looks at each rule by itself. */
export const smallApiGroups = groupsOf({ permissions: 4, sources: 3 });

/** The entries of the prefix list that the groups refer to, or that they are not known. */
export const prefixLists = fc.option(
  fc.array(cidrs, { minLength: 1, maxLength: 4 }).map((entries) => ({ 'pl-1': entries })),
  { nil: undefined },
);

/** Parameters of security-group-open-ports. */
export const openPortsParameters = fc.oneof(
  fc.constant({}),
  fc.record({
    prohibitedPorts: fc.array(fc.constantFrom(0, 22, '20-25', 443, 65535, '53/udp', '1-1024/udp'), {
      minLength: 1,
      maxLength: 3,
    }),
    rulesQuota: fc.constantFrom(60, 1_000),
    // Where the line of a sum is that of a range by itself, a few ranges are enough.
    ipv4SumPrefix: fc.constantFrom(4, 8),
  }),
  fc.record({ allowedPorts: fc.array(fc.constantFrom(80, 443, '8000-9000', '443/udp'), { maxLength: 3 }) }),
  fc.record({ keepProtocols: fc.array(fc.constantFrom(1, 6, 50, 132), { maxLength: 3 }) }),
);

const account = 'arn:aws:iam::111122223333:root';

/** Statements that let nobody in whom they do not name. */
export const harmlessStatements = fc.constantFrom(
  statement({ Effect: 'Deny' }),
  statement({ Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: account } }),
  statement({ Principal: { AWS: account } }),
  statement({ Principal: { Service: 'cloudtrail.amazonaws.com' } }),
  statement({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }),
  statement({
    Principal: { AWS: ['*', account] },
    Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
  }),
);

/** Statements that let everybody in, and name nobody. */
export const publicStatements = fc.constantFrom(
  statement(),
  statement({ Sid: 'Everybody', Principal: { AWS: '*' } }),
  statement({ Principal: undefined, NotPrincipal: { AWS: account } }),
  statement({ Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
  statement({ Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } } }),
);

/** Statements that let everybody in beside the account 111122223333. */
export const mixedStatements = fc.constantFrom(
  statement({ Principal: { AWS: ['*', account] } }),
  statement({ Principal: { AWS: '*', CanonicalUser: '79a59df900b949e5' } }),
);

const settings = fc.record({
  BlockPublicAcls: fc.boolean(),
  IgnorePublicAcls: fc.boolean(),
  BlockPublicPolicy: fc.boolean(),
  RestrictPublicBuckets: fc.boolean(),
});

const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** A bucket as S3's API answers it. */
export const apiBuckets = fc
  .record({
    statements: fc.array(fc.oneof(harmlessStatements, publicStatements, mixedStatements), { maxLength: 5 }),
    isSingle: fc.boolean(),
    Grants: fc.array(
      fc
        .tuple(
          fc.constantFrom(
            '79a59df900b949e5',
            allUsers,
            authenticatedUsers,
            'http://acs.amazonaws.com/groups/s3/LogDelivery',
          ),
          fc.constantFrom('READ', 'WRITE', 'FULL_CONTROL'),
        )
        .map(([grantee, permission]) => grant(grantee, permission)),
      { maxLength: 6 },
    ),
    PublicAccessBlockConfiguration: rarely(settings),
    AccountPublicAccessBlockConfiguration: rarely(settings),
    Website: rarely(fc.constant({ IndexDocument: { Suffix: 'index.html' } })),
  })
  .map(({ statements, isSingle, ...rest }) => ({
    Name: 'photos',
    ...rest,
    ...(statements.length === 0
      ? {}
      : {
          Policy: JSON.stringify({ Version: '2012-10-17', Statement: isSingle ? statements[0] : statements }),
        }),
  }));

/** A copy of `value` with one part of it, chosen at random, replaced by something else. */
export function damaged(value: object): fc.Arbitrary<unknown> {
  const anything = fc.oneof(
    fc.anything({ withBigInt: true, withNullPrototype: true, withObjectString: true, maxDepth: 2 }),
    fc.constantFrom(undefined, null, '', 0, -1, [], {}, '{}', '[]', '"', 'null', '*', ['*'], { '*': '*' }),
  );
  return fc
    .tuple(fc.constantFrom(...pathsOf(value)), anything)
    .map(([path, other]) => replaced(value, path, other));
}

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, part]) => pathsOf(part).map((path) => [key, ...path]))];
}

function replaced(value: unknown, [key, ...path]: string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value)) {
    return value.map((part, index) => (String(index) === key ? replaced(part, path, other) : part));
  }
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([name, part]) => [
      name,
      name === key ? replaced(part, path, other) : part,
    ]),
  );
}
