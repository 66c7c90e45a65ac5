import { repositoryFacts } from '../../../resources/repository/facts';
import { named, type WalkedType } from './walked-type';

let arnOf = (name: string) => name;

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
    arnOf = (one) => repositoryFacts.arn(of.accountId, of.region, one);
    return name;
  },
  remove: (aws, name) => aws.ecr.deleteRepository(arnOf(name)),
};
