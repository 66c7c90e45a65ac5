import type { JsonObject } from '../../../core/json';
import type { Example, TypeExamples } from './examples';
import { policyOf, privatePolicies, publicPolicies, type StatementMaker, statementMaker } from './statements';

const control = 'kms-public-policy';
const accountId = '222222222222';
const KeyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const Arn = `arn:aws:kms:eu-west-1:${accountId}:key/${KeyId}`;
const KeyMetadata = {
  KeyId,
  Arn,
  AWSAccountId: accountId,
  CreationDate: '2026-01-02T03:04:05.000Z',
  KeyManager: 'CUSTOMER',
};
const uses = statementMaker('kms:Decrypt', '*');
const manages = statementMaker('kms:*', '*');
/** As every key has it where nobody says otherwise. */
const own = manages({ AWS: `arn:aws:iam::${accountId}:root` }, { Sid: 'Enable IAM User Permissions' });

const keyOf = (policy: (words: string) => string, more: JsonObject = {}): Example => ({
  control,
  answer: (words) => ({ KeyMetadata: { ...KeyMetadata, ...more }, Policy: policy(words) }),
});
/** The same policies, beside what lets the account manage its key. */
const managed = (
  policies: Readonly<Record<string, (of: StatementMaker, words: string) => string>>,
): Record<string, Example> =>
  Object.fromEntries(
    Object.entries(policies).map(([name, policy]) => [
      name,
      keyOf((words) => {
        const { Statement } = JSON.parse(policy(uses, words)) as { Statement: JsonObject | JsonObject[] };
        return policyOf(own, ...[Statement].flat());
      }),
    ]),
  );
const only = (Condition: JsonObject) => () => policyOf(own, uses({ AWS: '*' }, { Condition }));
const viaS3 = { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' };

/** Keys. */
export const keyExamples: TypeExamples = {
  ids: () => [KeyId, 'mrk-1234abcd12ab34cd56ef1234567890ab'],
  longestId: () => 'mrk-1234abcd12ab34cd56ef1234567890ab',
  noIds: [
    'orders',
    Arn,
    'alias/orders',
    KeyId.toUpperCase(),
    `${KeyId}0`,
    '1234abcd-12ab-34cd-56ef-1234567890a*',
    'mrk-1234abcd-12ab-34cd-56ef-1234567890ab',
  ],
  dangers: {
    ...managed(publicPolicies),
    'a policy that lets everybody do everything, and nothing else': keyOf((words) =>
      policyOf(manages('*', { Sid: words })),
    ),
    'a policy whose public statement alone lets its account manage it': keyOf((words) =>
      policyOf(uses({ AWS: 'arn:aws:iam::444455556666:root' }), manages('*', { Sid: words })),
    ),
    'a policy for everybody through a service': keyOf(only({ StringEquals: viaS3 })),
    'a policy in the form of all policies': {
      control,
      answer: (words) => ({
        Name: KeyId,
        AccountId: accountId,
        Arn,
        Policy: policyOf(own, uses('*', { Sid: words })),
      }),
    },
  },
  neighbours: {
    ...managed(privatePolicies),
    'a policy for the account through a service': keyOf(
      only({ StringEquals: { ...viaS3, 'kms:CallerAccount': accountId } }),
    ),
    'a policy for the account alone': keyOf(() => policyOf(own)),
    'a key that AWS manages': keyOf(only({ StringEquals: viaS3 }), { KeyManager: 'AWS' }),
  },
  item: ({ KeyMetadata: metadata, Policy }) => {
    const { KeyManager } = (metadata ?? {}) as JsonObject;
    return {
      resourceType: 'AWS::KMS::Key',
      resourceId: KeyId,
      resourceName: KeyId,
      ARN: Arn,
      configurationItemStatus: 'OK',
      configuration: {
        arn: Arn,
        keyId: KeyId,
        awsaccountId: accountId,
        keyManager: KeyManager ?? 'CUSTOMER',
        keyState: 'Enabled',
      },
      supplementaryConfiguration: { KeyRotationStatus: false, ...(Policy !== undefined && { Policy }) },
    };
  },
};
