import type { RandomChoice } from './item-maker';

const named = [
  { AWS: 'arn:aws:iam::444455556666:root' },
  { AWS: ['arn:aws:iam::444455556666:role/reader', 'arn:aws:iam::777788889999:root'] },
  { Service: 'cloudtrail.amazonaws.com' },
];
const everybody = ['*', { AWS: '*' }, { AWS: ['*', 'arn:aws:iam::444455556666:root'] }];
const restricting = [
  { IpAddress: { 'aws:SourceIp': '52.95.110.0/24' } },
  { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
  { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:444455556666:events' } },
];
const harmless = [
  undefined,
  { Bool: { 'aws:SecureTransport': 'true' } },
  { StringLike: { 'aws:SourceArn': '*' } },
];

/** The text of a policy with up to four statements; null where there are none. */
export function policyText(
  { below, oneOf, several }: RandomChoice,
  Action: string,
  Resource: string,
): string | null {
  const Statement = several(4, () => {
    const isPublic = below(8) === 0;
    const isDeny = !isPublic && below(4) === 0;
    const isLimited = !isPublic && !isDeny && below(3) === 0;
    return {
      Sid: `Statement${below(1_000)}`,
      Effect: isDeny ? 'Deny' : 'Allow',
      Principal: oneOf<unknown>(isPublic || isDeny || isLimited ? everybody : named),
      Action,
      Resource,
      Condition: isLimited ? oneOf(restricting) : oneOf<unknown>(harmless),
    };
  });
  return Statement.length === 0 ? null : JSON.stringify({ Version: '2012-10-17', Statement });
}
