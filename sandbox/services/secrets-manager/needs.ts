import type { ApiCall } from '../../gateway/api';
import { accountOfArn } from '../../gateway/arn';
import type { Learned } from '../../gateway/learned';
import { anyResource, type NeededAccess, type Needs, type ServiceNeeds } from '../needed';
import { secretArn } from './secret-arn';
import { Secrets } from './secrets';

const onSecrets = [
  'DeleteResourcePolicy',
  'DeleteSecret',
  'DescribeSecret',
  'GetResourcePolicy',
  'GetSecretValue',
  'ListSecretVersionIds',
  'PutResourcePolicy',
  'PutSecretValue',
  'RestoreSecret',
  'TagResource',
  'UntagResource',
  'UpdateSecret',
] as const;

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
export const needs: ServiceNeeds = {
  ...Object.fromEntries(onSecrets.map((operation) => [operation, onSecret(operation)])),
  ListSecrets: () => [{ action: 'secretsmanager:ListSecrets', resource: anyResource() }],
  GetSecretValue: (call, learned) => [
    ...onSecret('GetSecretValue')(call, learned),
    ...onItsKey('kms:Decrypt', call, learned),
  ],
  PutSecretValue: (call, learned) => [
    ...onSecret('PutSecretValue')(call, learned),
    ...onItsKey('kms:GenerateDataKey', call, learned),
  ],
};

function onSecret(operation: string): Needs {
  return (call, learned) => {
    const resource = secretArn(call, learned);
    return [{ action: `secretsmanager:${operation}`, resource, context: contextOf(call, resource) }];
  };
}

/** Condition keys: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html#awssecretsmanager-policy-keys */
function contextOf({ parameters }: ApiCall, secret: string): NonNullable<NeededAccess['context']> {
  const { BlockPublicPolicy, VersionId, VersionStage } = parameters;
  return {
    'secretsmanager:secretid': secret,
    ...(typeof BlockPublicPolicy === 'boolean' && {
      'secretsmanager:blockpublicpolicy': String(BlockPublicPolicy),
    }),
    ...(typeof VersionId === 'string' && { 'secretsmanager:versionid': VersionId }),
    ...(typeof VersionStage === 'string' && { 'secretsmanager:versionstage': VersionStage }),
  };
}

/**
 * A secret's value is under a key; whoever reads or writes it needs that key, too, unless it is AWS's own.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
function onItsKey(action: string, call: ApiCall, learned: Learned): NeededAccess[] {
  const secret = secretArn(call, learned);
  const key = learned.of(Secrets).keys.get(secret);
  if (key === undefined) return [];
  const context = {
    'kms:viaservice': `secretsmanager.${call.region}.amazonaws.com`,
    'kms:encryptioncontext:secretarn': secret,
  };
  return [{ action, resource: key, resourceAccountId: accountOfArn(key) ?? call.accountId, context }];
}
