import type { HolderKind } from '../kit/policy/holder/kind';
import { repositoryFromApi } from './model';

/** Repositories, as types with one policy document are told apart. */
export const repositoryKind: HolderKind = {
  resourceType: 'AWS::ECR::Repository',
  noun: 'repository',
  idLabel: 'name',
  // https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html
  limits: { service: 'ECR', maximumBytes: 10_240 },
  fromApi: repositoryFromApi,
  gone: ['RepositoryNotFoundException'],
  // Also where the policy would keep its author from setting another one, which takes `force`.
  refusals: ['InvalidParameterException'],
};
