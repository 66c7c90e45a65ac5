import type { JsonObject } from '../../../core/json';
import type { Example, TypeExamples } from './examples';

const openPorts = 'security-group-open-ports';
const wideOpen = 'security-group-wide-open';
const groupId = 'sg-0123456789abcdef0';

const group = (
  permissions: (words: string) => JsonObject[],
  control = openPorts,
  parameters?: JsonObject,
): Example => ({
  control,
  ...(parameters && { parameters }),
  answer: (words) => ({
    GroupId: groupId,
    GroupName: words || 'web',
    VpcId: 'vpc-1',
    IpPermissions: permissions(words),
  }),
});
const from =
  (FromPort: number, ToPort: number, ...cidrs: string[]) =>
  (words: string): JsonObject => ({
    IpProtocol: 'tcp',
    FromPort,
    ToPort,
    IpRanges: cidrs.filter((cidr) => !cidr.includes(':')).map((CidrIp) => described({ CidrIp }, words)),
    Ipv6Ranges: cidrs.filter((cidr) => cidr.includes(':')).map((CidrIpv6) => described({ CidrIpv6 }, words)),
  });
const described = (range: JsonObject, Description: string): JsonObject =>
  Description === '' ? range : { ...range, Description };

/** Security groups. */
export const securityGroupExamples: TypeExamples = {
  ids: () => [groupId, 'sg-12345678'],
  longestId: () => `sg-${'f'.repeat(17)}`,
  noIds: ['sg-*', 'sg-12345678\n', 'my-group', 'sg-1234567', ''],
  dangers: {
    'SSH for everybody, beside HTTPS': group((words) => [
      from(22, 22, '0.0.0.0/0')(words),
      from(443, 443, '0.0.0.0/0', '::/0')(words),
    ]),
    'a database inside a range of ports': group((words) => [from(3300, 3310, '::/0')(words)]),
    'SSH for both halves of the internet': group((words) => [
      from(22, 22, '0.0.0.0/1', '128.0.0.0/1')(words),
    ]),
    'all traffic': group(() => [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]),
    'a protocol by its number': group(() => [
      { IpProtocol: '6', FromPort: 3389, ToPort: 3389, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ]),
    'ten thousand ports': group((words) => [from(10_000, 20_000, '0.0.0.0/0')(words)], wideOpen),
  },
  neighbours: {
    'a web server': group((words) => [from(80, 80, '0.0.0.0/0', '::/0')(words)]),
    'SSH from the office': group((words) => [from(22, 22, '10.0.0.0/8', 'fd00::/8')(words)]),
    'a group without rules': group(() => []),
    'a hundred ports': group((words) => [from(10_000, 10_099, '0.0.0.0/0')(words)], wideOpen),
  },
  item: (answer) => ({
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: groupId,
    resourceName: answer.GroupName ?? null,
    configurationItemStatus: 'OK',
    configuration: smallKeys(answer) as JsonObject,
    supplementaryConfiguration: {},
  }),
  chosenByAws: ['SecurityGroupRuleId', 'SecurityGroupRuleArn'],
};

/** AWS Config writes EC2's keys with a small first letter. */
function smallKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(smallKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key[0]?.toLowerCase() + key.slice(1), smallKeys(inner)]),
  );
}
