import { isFields } from '../kit/input';
import { plainName } from '../kit/policy/holder/model';
import type { HandedOverForms } from '../kit/resource-type';
import { keyIds } from './ids';
import { type Key, keyFromApi } from './model';

/** How keys are handed over: GetKeyPolicy's and DescribeKey's answers, and the form that all policies have. */
export const keyForms: HandedOverForms<Key> = {
  fromApi: keyFromApi,
  apiId: (fields) => (isFields(fields.KeyMetadata) ? fields.KeyMetadata.KeyId : plainName(fields)),
  isApiAnswer: ({ KeyMetadata }) => isFields(KeyMetadata),
  fits: ({ id, configuration }) =>
    Object.hasOwn(configuration, 'keyManager') || (id !== undefined && keyIds.pattern.test(id)),
  idIn: ({ keyId }) => keyId,
  withId: (fields, _configuration, id) =>
    typeof fields.resourceId === 'string' ? fields : { ...fields, resourceId: id },
};
