import type { JsonObject } from '../../../core/json';
import type { Example, TypeExamples } from './examples';
import { privatePolicies, publicPolicies, type StatementMaker, statementMaker } from './statements';

const control = 's3-public-access';
const statement = statementMaker('s3:GetObject', 'arn:aws:s3:::photos/*');
const owner = { ID: 'c'.repeat(64), DisplayName: 'owner' };

const bucketOf = (answers: (words: string) => JsonObject): Example => ({
  control,
  answer: (words) => ({
    Name: 'photos',
    AccountId: '222222222222',
    Grants: [],
    Owner: owner,
    ...answers(words),
  }),
});
const withGroup = (group: string, Permission: string) =>
  bucketOf(() => ({
    Grants: [
      { Grantee: { Type: 'CanonicalUser', ...owner }, Permission: 'FULL_CONTROL' },
      { Grantee: { Type: 'Group', URI: `http://acs.amazonaws.com/groups/${group}` }, Permission },
    ],
  }));
const withPolicy = (policy: (of: StatementMaker, words: string) => string) =>
  bucketOf((words) => ({ Policy: policy(statement, words) }));
const all = (policies: typeof publicPolicies): Record<string, Example> =>
  Object.fromEntries(Object.entries(policies).map(([name, policy]) => [name, withPolicy(policy)]));

/** Buckets. */
export const bucketExamples: TypeExamples = {
  ids: () => ['photos', 'my.bucket-1', 'Old_Bucket'],
  longestId: () => 'b'.repeat(255),
  noIds: ['a', 'bucket/key', '-bucket', 'photos*'],
  dangers: {
    ...all(publicPolicies),
    'an ACL for everybody': withGroup('global/AllUsers', 'READ'),
    'an ACL for every account': withGroup('global/AuthenticatedUsers', 'WRITE_ACP'),
    'an ACL for everybody, locked down': {
      ...withGroup('global/AllUsers', 'READ'),
      parameters: { fix: 'lockdown' },
    },
  },
  neighbours: {
    ...all(privatePolicies),
    'an ACL for log delivery': withGroup('s3/LogDelivery', 'WRITE'),
    'a public ACL that is ignored': bucketOf((words) => ({
      ...withGroup('global/AllUsers', 'READ').answer(words),
      PublicAccessBlockConfiguration: { IgnorePublicAcls: true },
    })),
  },
  item: ({ Name, AccountId, Policy = null, Grants, Owner, PublicAccessBlockConfiguration }) => ({
    resourceType: 'AWS::S3::Bucket',
    resourceId: Name ?? null,
    resourceName: Name ?? null,
    awsAccountId: AccountId ?? null,
    configurationItemStatus: 'OK',
    configuration: { name: Name ?? null },
    supplementaryConfiguration: {
      AccessControlList: JSON.stringify({
        grantSet: null,
        grantList: (Grants as { Grantee: { URI?: string; ID?: string }; Permission: string }[]).map(
          ({ Grantee: { URI, ID }, Permission }) => ({
            grantee: URI === undefined ? { id: ID } : URI.split('/').at(-1),
            permission: camelCased(Permission),
          }),
        ),
        owner: { id: (Owner as { ID: string }).ID },
      }),
      BucketPolicy: { policyText: Policy },
      ...(PublicAccessBlockConfiguration && {
        PublicAccessBlockConfiguration: { ignorePublicAcls: true },
      }),
    },
  }),
};

/** AWS Config writes `WRITE_ACP` as `WriteAcp`. */
function camelCased(permission: string): string {
  return permission
    .split('_')
    .map((word) => `${word[0]}${word.slice(1).toLowerCase()}`)
    .join('');
}
