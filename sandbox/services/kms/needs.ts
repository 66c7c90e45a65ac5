import type { ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { isObject } from '../cloudtrail/written';
import { anyResource, type NeededAccess, type Needs, type ServiceNeeds } from '../needed';
import { keyArn } from './key-arn';

const onKeys = [
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'DisableKey',
  'EnableKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'GetPublicKey',
  'ListGrants',
  'ListKeyPolicies',
  'ListResourceTags',
  'PutKeyPolicy',
  'RevokeGrant',
  'ScheduleKeyDeletion',
  'Sign',
  'TagResource',
  'UntagResource',
  'Verify',
] as const;

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html */
export const needs: ServiceNeeds = {
  ...Object.fromEntries(onKeys.map((operation) => [operation, onKey(operation)])),
  ListAliases: () => [{ action: 'kms:ListAliases', resource: anyResource() }],
  ListKeys: () => [{ action: 'kms:ListKeys', resource: anyResource() }],
};

function onKey(operation: string): Needs {
  return (call: ApiCall, learned: Learned) => [
    {
      action: `kms:${operation}`,
      resource: keyArn(call, learned, call.parameters.KeyId),
      context: contextOf(call),
    },
  ];
}

/** Condition keys: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
function contextOf({ operation, parameters }: ApiCall): NonNullable<NeededAccess['context']> {
  const { BypassPolicyLockoutSafetyCheck: bypass, EncryptionContext: given } = parameters;
  const encryption = isObject(given) ? Object.entries(given) : [];
  return {
    ...(operation === 'PutKeyPolicy' && {
      'kms:bypasspolicylockoutsafetycheck': String(bypass === true),
    }),
    ...(encryption.length > 0 && { 'kms:encryptioncontextkeys': encryption.map(([key]) => key) }),
    ...Object.fromEntries(
      encryption.map(([key, value]) => [`kms:encryptioncontext:${key.toLowerCase()}`, String(value)]),
    ),
  };
}
