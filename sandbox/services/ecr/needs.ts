import { anyResource, type ServiceNeeds, sameName } from '../needed';
import { repositoryArn } from './repository-arn';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html */
export const needs: ServiceNeeds = {
  ...sameName(
    'ecr',
    [
      'BatchCheckLayerAvailability',
      'BatchDeleteImage',
      'BatchGetImage',
      'CompleteLayerUpload',
      'CreateRepository',
      'DeleteRepository',
      'DeleteRepositoryPolicy',
      'DescribeImages',
      'GetDownloadUrlForLayer',
      'GetRepositoryPolicy',
      'InitiateLayerUpload',
      'ListImages',
      'PutImage',
      'SetRepositoryPolicy',
      'UploadLayerPart',
    ],
    (call) => repositoryArn(call),
  ),
  ...sameName('ecr', ['ListTagsForResource', 'TagResource', 'UntagResource'], ({ parameters }) =>
    String(parameters.resourceArn),
  ),
  ...sameName('ecr', ['GetAuthorizationToken'], anyResource),
  // Who names no repository asks for each of the registry's.
  DescribeRepositories(call) {
    const { repositoryNames } = call.parameters;
    const names = Array.isArray(repositoryNames) && repositoryNames.length > 0 ? repositoryNames : ['*'];
    return names.map((name) => ({
      action: 'ecr:DescribeRepositories',
      resource: repositoryArn(call, name),
    }));
  },
};
