import { sourceKeys } from '../kit/policy/condition-keys';
import type { ServiceRules } from '../kit/policy/document-rules';
import { type FixedValue, isFixed, narrowByTheLetter } from '../kit/policy/fixed-values';

/*
 * The keys of which a fixed value makes a bucket's policy non-public, and nothing else, since S3 gives a verdict by the same text:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */

const fixed: FixedValue = (value, comparison) =>
  comparison !== 'address' && comparison !== 'truth' && isFixed(value) ? {} : undefined;

/** The name of an access point may be a wildcard as long as its account is fixed. */
const fixedAccessPoint: FixedValue = (value, comparison) => {
  const name = /^(arn:[^:]+:s3:[^:]*:\d{12}:accesspoint\/)[^/]*$/.exec(value)?.[1];
  return name === undefined || value.includes('${') ? fixed(value, comparison) : fixed(name, comparison);
};

/** How a bucket's policy is judged. */
export const bucketPolicyRules: ServiceRules = {
  service: 'S3',
  prefix: 's3',
  byTheLetter: true,
  keys: new Map<string, FixedValue>([
    ...[
      'aws:sourcearn',
      'aws:sourcevpc',
      'aws:sourcevpce',
      'aws:sourceowner',
      'aws:sourceaccount',
      'aws:userid',
      's3:dataaccesspointaccount',
      // "An AWS principal, user, role, or service principal (e.g. aws:PrincipalOrgID)": the keys that name one.
      'aws:principalorgid',
      'aws:principalorgpaths',
      'aws:principalaccount',
      'aws:principalarn',
      'aws:principalservicename',
    ].map((key) => [key, fixed] as const),
    ['s3:dataaccesspointarn', fixedAccessPoint],
    ['aws:sourceip', narrowByTheLetter],
  ]),
  sourceKeys,
};
