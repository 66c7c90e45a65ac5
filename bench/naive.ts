/*
 * What anybody would write in a few lines, as the measure of judging: it knows no sums of ranges, no conditions, no block settings
 * but those of the bucket, and it believes every form that it is given. Nothing in it is slower than it has to be.
 */

/** The ports that the control prohibits by default. */
const ports = [
  22, 23, 135, 445, 1433, 1521, 2375, 3306, 3389, 5432, 5601, 5900, 5985, 6379, 9200, 11211, 27017,
];

interface Range {
  cidrIp?: string;
  cidrIpv6?: string;
}

interface Permission {
  ipProtocol: string;
  fromPort?: number;
  toPort?: number;
  ipv4Ranges?: Range[];
  ipv6Ranges?: Range[];
}

interface Statement {
  Effect: string;
  Principal?: '*' | { AWS?: string | string[] };
}

/** Whether a security group's configuration item, as JSON, opens a prohibited port to the literal 0.0.0.0/0 or ::/0. */
export function naiveGroup(text: string): boolean {
  const item = JSON.parse(text) as { configuration: { ipPermissions: Permission[] } };
  for (const { ipProtocol, fromPort = 0, toPort = 65535, ipv4Ranges, ipv6Ranges } of item.configuration
    .ipPermissions) {
    const isOpen =
      ipv4Ranges?.some(({ cidrIp }) => cidrIp === '0.0.0.0/0') ||
      ipv6Ranges?.some(({ cidrIpv6 }) => cidrIpv6 === '::/0');
    if (!isOpen) continue;
    if (ipProtocol === '-1' || ports.some((port) => port >= fromPort && port <= toPort)) return true;
  }
  return false;
}

/** The same for more open ports of a protocol than 100. */
export function naiveWideGroup(text: string): boolean {
  const item = JSON.parse(text) as { configuration: { ipPermissions: Permission[] } };
  let open = 0;
  for (const { ipProtocol, fromPort = 0, toPort = 65535, ipv4Ranges, ipv6Ranges } of item.configuration
    .ipPermissions) {
    const isOpen =
      ipv4Ranges?.some(({ cidrIp }) => cidrIp === '0.0.0.0/0') ||
      ipv6Ranges?.some(({ cidrIpv6 }) => cidrIpv6 === '::/0');
    if (isOpen) open += ipProtocol === '-1' ? 65536 : toPort - fromPort + 1;
  }
  return open > 100;
}

/** Whether a bucket's configuration item, as JSON, grants everybody something by its ACL or its policy. */
export function naiveBucket(text: string): boolean {
  const { supplementaryConfiguration: parts } = JSON.parse(text) as {
    supplementaryConfiguration: { AccessControlList?: string; BucketPolicy?: { policyText?: string | null } };
  };
  const { grantList } = JSON.parse(parts.AccessControlList ?? '{}') as { grantList?: { grantee: unknown }[] };
  if (grantList?.some(({ grantee }) => grantee === 'AllUsers' || grantee === 'AuthenticatedUsers'))
    return true;
  return naivePolicy(parts.BucketPolicy?.policyText);
}

/** Whether a configuration item of a queue or a topic, as JSON, lets everybody in by its policy. */
export function naiveHolder(text: string): boolean {
  const { configuration } = JSON.parse(text) as { configuration: { Policy?: string } };
  return naivePolicy(configuration.Policy);
}

/** Whether the configuration item of a snapshot of RDS, as JSON, is shared with everybody. */
function naiveRdsSnapshot(text: string, list: string): boolean {
  const { supplementaryConfiguration: parts } = JSON.parse(text) as {
    supplementaryConfiguration: Record<string, { attributeName: string; attributeValues: string[] }[]>;
  };
  return (parts[list] ?? []).some(
    ({ attributeName, attributeValues }) => attributeName === 'restore' && attributeValues.includes('all'),
  );
}

/** Whether a key's configuration item, as JSON, lets everybody in by its policy. */
export function naiveKey(text: string): boolean {
  const { supplementaryConfiguration } = JSON.parse(text) as {
    supplementaryConfiguration: { Policy?: string };
  };
  return naivePolicy(supplementaryConfiguration.Policy);
}

/** Whether a repository's configuration item, as JSON, lets everybody in by its policy. */
export function naiveRepository(text: string): boolean {
  const { configuration } = JSON.parse(text) as {
    configuration: { RepositoryPolicyText?: { Statement: Statement[] } };
  };
  return naiveStatements(configuration.RepositoryPolicyText?.Statement ?? []);
}

function naivePolicy(text: string | null | undefined): boolean {
  return !text ? false : naiveStatements((JSON.parse(text) as { Statement: Statement[] }).Statement);
}

function naiveStatements(statements: Statement[]): boolean {
  return statements.some(({ Effect, Principal }) => {
    if (Effect !== 'Allow') return false;
    if (Principal === '*') return true;
    const aws = Principal?.AWS;
    return Array.isArray(aws) ? aws.includes('*') : aws === '*';
  });
}

/** The naive judge of each control, by its id: whether a configuration item, as JSON, is dangerous. */
export const naiveJudges: Readonly<Record<string, (text: string) => boolean>> = {
  'security-group-open-ports': naiveGroup,
  'security-group-wide-open': naiveWideGroup,
  's3-public-access': naiveBucket,
  'sqs-public-policy': naiveHolder,
  'rds-snapshot-public': (text) => naiveRdsSnapshot(text, 'DBSnapshotAttributes'),
  'rds-cluster-snapshot-public': (text) => naiveRdsSnapshot(text, 'DBClusterSnapshotAttributes'),
  'sns-public-policy': naiveHolder,
  'ecr-public-policy': naiveRepository,
  'kms-public-policy': naiveKey,
};
