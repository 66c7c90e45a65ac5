import { isText } from '../kit/input';
import { plainName } from '../kit/policy/holder/model';
import type { HandedOverForms } from '../kit/resource-type';
import { type Repository, repositoryFromApi } from './model';

/** How repositories are handed over: GetRepositoryPolicy's answers, and rows of queries. */
export const repositoryForms: HandedOverForms<Repository> = {
  fromApi: repositoryFromApi,
  apiId: (fields) => fields.repositoryName ?? plainName(fields),
  // A repository's name may be that of much else.
  isApiAnswer: (fields) => isText(fields.repositoryName) && Object.hasOwn(fields, 'policyText'),
  fits: ({ configuration }) => Object.hasOwn(configuration, 'RepositoryName'),
  idIn: ({ RepositoryName }) => RepositoryName,
  withId: (fields, _configuration, id) =>
    isText(fields.resourceId) ? fields : { ...fields, resourceId: id },
};
