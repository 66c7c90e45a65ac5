import { isText } from '../kit/input';
import { plainName } from '../kit/policy/holder/model';
import type { HandedOverForms } from '../kit/resource-type';
import { secretIds } from './ids';
import { type Secret, secretFromApi } from './model';

/** How secrets are handed over: GetResourcePolicy's answers, and the form that all policies have. */
export const secretForms: HandedOverForms<Secret> = {
  fromApi: secretFromApi,
  apiId: (fields) => fields.ARN ?? fields.Arn ?? plainName(fields),
  isApiAnswer: ({ ARN }) => isText(ARN) && secretIds.pattern.test(ARN),
  fits: ({ id, configuration }) =>
    Object.hasOwn(configuration, 'ResourcePolicy') || (id !== undefined && secretIds.pattern.test(id)),
  idIn: ({ ARN }) => ARN,
  withId: (fields) => fields,
};
