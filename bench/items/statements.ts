import type { RandomChoice } from './item-maker';

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

/** The text of a policy with up to four statements; null where there are none. */
export function policyText(
  { oneOf, several }: RandomChoice,
  Action: string,
  Resource: string,
): string | null {
  const Statement = several(4, () => ({
    Effect: oneOf(['Allow', 'Allow', 'Deny']),
    Principal: oneOf(principals),
    Action,
    Resource,
    Condition: oneOf(conditions),
  }));
  return Statement.length === 0 ? null : JSON.stringify({ Version: '2012-10-17', Statement });
}
