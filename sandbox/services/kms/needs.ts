import { namedArn, type ServiceNeeds, sameName } from '../needed';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html */
export const needs: ServiceNeeds = sameName(
  'kms',
  ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'],
  (call, learned) => {
    const { KeyId: keyId } = call.parameters;
    const isAlias = typeof keyId === 'string' && keyId.startsWith('alias/');
    return namedArn(call, learned, keyId, isAlias ? '' : 'key/');
  },
);
