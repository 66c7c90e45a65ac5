import type { HolderKind } from '../kit/policy/holder/kind';
import { secretFromApi } from './model';

/** Secrets, as types with one policy document are told apart. */
export const secretKind: HolderKind = {
  resourceType: 'AWS::SecretsManager::Secret',
  noun: 'secret',
  idLabel: 'arn',
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
  limits: { service: 'Secrets Manager', maximumBytes: 20_480 },
  fromApi: secretFromApi,
  gone: ['ResourceNotFoundException'],
  // The second, where AWS itself finds that what is left lets everybody in; the third, where the secret is to be deleted.
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
  refusals: ['MalformedPolicyDocumentException', 'PublicPolicyException', 'InvalidRequestException'],
};
