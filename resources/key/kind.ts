import type { HolderKind } from '../kit/policy/holder/kind';
import { keyFromApi } from './model';

/** Keys, as types with one policy document are told apart. */
export const keyKind: HolderKind = {
  resourceType: 'AWS::KMS::Key',
  noun: 'key',
  idLabel: 'id',
  // https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
  limits: { service: 'KMS', maximumBytes: 32_768 },
  fromApi: keyFromApi,
  gone: ['NotFoundException'],
  // The first also where KMS finds that nobody could set another policy after this one; the second where the key's state forbids it.
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
  refusals: ['MalformedPolicyDocumentException', 'KMSInvalidStateException', 'UnsupportedOperationException'],
};
