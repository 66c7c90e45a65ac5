import { type CallsFor, callsPerFix, mostCalls, type Purpose } from './calls-per-fix';
import { bucket } from './resource-types/bucket';
import { resourceTypesUnderFaults } from './resource-types/registry';
import { securityGroup } from './resource-types/security-group';

/** What the coordinator itself asks for, whatever the resource is. */
const ofTheHub: Partial<Record<Purpose, string[]>> = {
  'find the record, a place and a number for it': Array(3).fill('DynamoDB Query'),
  'take the finding': ['DynamoDB Put'],
  'what is known of the account and of an exemption': ['DynamoDB BatchGet'],
  'session and request for the look': ['Lambda Invoke', 'STS AssumeRole'],
  'what may hold the fix': ['DynamoDB BatchGet'],
  'take the limits': ['DynamoDB TransactWrite'],
  'where the account lies just now': ['Organizations ListParents'],
  'begin the fix, and save what was there': ['DynamoDB TransactWrite'],
  'session and request for the fix': ['Lambda Invoke', 'STS AssumeRole'],
  'record the result, and what is there now': ['DynamoDB TransactWrite'],
  'report, and strike it off': ['DynamoDB Put', 'EventBridge PutEvents'],
};
const group = ['EC2 DescribeSecurityGroups', 'EC2 DescribeSecurityGroupRules'];
const written = ['S3 GetBucketAcl', 'S3 GetBucketPolicy', 'S3 GetPublicAccessBlock'];
const planned = [
  ...written,
  'S3 Control GetPublicAccessBlock',
  'S3 GetBucketOwnershipControls',
  'S3 GetBucketWebsite',
];

const sorted = (found: readonly CallsFor[]) =>
  Object.fromEntries(
    found.flatMap(({ purpose, calls }) => (calls.length === 0 ? [] : [[purpose, [...calls].sort()]])),
  );
const count = (found: readonly CallsFor[]) => found.reduce((sum, { calls }) => sum + calls.length, 0);

describe('a fix makes, from its message to its delivered report,', () => {
  it('24 calls for a security group', async () => {
    const found = await callsPerFix(securityGroup);
    expect(count(found)).toBe(24);
    expect(sorted(found)).toEqual({
      ...ofTheHub,
      'the look': [...group].sort(),
      'read what the plan was made from': [...group].sort(),
      'stop switch, before each write': ['DynamoDB Query'],
      writes: ['EC2 RevokeSecurityGroupIngress'],
      'read what was written': [...group].sort(),
    });
  });

  it('38 calls for a bucket whose ACL is public, beside a policy that is not', async () => {
    const found = await callsPerFix(bucket);
    expect(count(found)).toBe(38);
    expect(sorted(found)).toEqual({
      ...ofTheHub,
      'the look': [...planned, 'S3 GetBucketPolicyStatus', 'S3 GetBucketTagging'].sort(),
      'read what the plan was made from': [...planned].sort(),
      'stop switch, before each write': ['DynamoDB Query', 'DynamoDB Query'],
      writes: ['S3 PutBucketAcl', 'S3 PutPublicAccessBlock'],
      'read again between writes': ['S3 GetBucketAcl'],
      'read what was written': written,
    });
  });

  it.each(resourceTypesUnderFaults.filter(({ name }) => mostCalls[name] !== undefined))(
    'no more calls than are allowed for a $name',
    async (type) => {
      expect(count(await callsPerFix(type))).toBeLessThanOrEqual(mostCalls[type.name] ?? 0);
    },
  );
});
