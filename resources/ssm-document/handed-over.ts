import type { HandedOverForms } from '../kit/resource-type';
import { documentFromApi, type SsmDocument } from './model';

/** How documents are handed over: DescribeDocumentPermission's answers. Rows of AWS Config's do not say with whom they are shared. */
export const documentForms: HandedOverForms<SsmDocument> = {
  fromApi: documentFromApi,
  apiId: ({ Name }) => Name,
  isApiAnswer: ({ AccountIds }) => Array.isArray(AccountIds),
  fits: () => false,
  idIn: ({ Name }) => Name,
  withId: (fields) => fields,
};
