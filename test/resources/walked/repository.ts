import { repositoryFacts } from '../../../resources/repository/facts';
import { named, type WalkedType } from './walked-type';

/** Repositories. */
export const repositories: WalkedType = {
  type: 'AWS::ECR::Repository',
  inPage: 200,
  list: 'DescribeRepositories',
  read: {
    command: 'GetRepositoryPolicy',
    names: (input) => 'repositoryName' in input && input.repositoryName,
  },
  throttled: 'ThrottlingException',
  plant(aws, of, number) {
    const name = `team/images-${named(number)}`;
    aws.ecr.createRepository({ ...of, name, createdAt: new Date(0) });
    return name;
  },
  remove: (aws, name, { accountId, region }) =>
    aws.ecr.deleteRepository(repositoryFacts.arn(accountId, region, name)),
};
