import { ResourceInputError } from '../../core/errors';
import { readConfigurationItem } from '../kit/configuration-item';
import { type Fields, fieldsOf, optionalTextOf } from '../kit/input';
import {
  type HolderAnswers,
  type HolderFields,
  holderFromApi,
  holderOf,
  type PolicyHolder,
} from '../kit/policy/holder/model';
import type { ConfigurationItems } from '../kit/resource-type';

/** An ECR repository, as far as it decides who can reach it. Its id is its name. */
export type Repository = PolicyHolder;

const answers: HolderAnswers = {
  subject: 'The repository',
  answerKey: 'policyText',
  fromAnswer(fields): HolderFields {
    // Without the key nothing is known of the policy: DescribeRepositories answers none of any repository.
    if (!Object.hasOwn(fields, 'policyText')) {
      throw new ResourceInputError(
        'policyText should be the policy of the repository, or null where it has none, and is missing: hand over what aws ecr get-repository-policy prints.',
      );
    }
    const { repositoryName, registryId, repositoryArn, createdAt, policyText } = fields;
    return {
      id: repositoryName,
      accountId: registryId,
      arn: repositoryArn,
      policy: policyText,
      createdAt,
    };
  },
};

/**
 * Fills the model from what ECR's API answers about a repository: `policyText` (GetRepositoryPolicy), null where there is none, and
 * `repositoryName` and `registryId`; beside them `repositoryArn` and `createdAt` (DescribeRepositories) where they are known. Or from
 * the form that all policies have.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRepositoryPolicy.html
 * @throws ResourceInputError when it cannot be understood.
 */
export function repositoryFromApi(answer: unknown): Repository {
  return holderFromApi(answer, answers);
}

/** @throws ResourceInputError when the item cannot be understood. */
function repositoryFromConfigurationItem(item: unknown): Repository {
  const { resourceId, configuration } = readConfigurationItem(item, 'AWS::ECR::Repository');
  const properties = fieldsOf(configuration, 'configuration');
  const { RepositoryName, Arn, RepositoryPolicyText: policy } = properties;
  const arn = optionalTextOf(Arn, 'configuration.Arn');
  const id = optionalTextOf(resourceId, 'resourceId') ?? RepositoryName;
  const repository = holderOf({ id, arn, accountId: accountIn(arn), policy });
  // A repository without a policy, and an item that does not hold it, look the same.
  return isAbsent(properties) ? { ...repository, unrecorded: true } : repository;
}

/**
 * Repositories as AWS Config records them: by CloudFormation's schema, in which `RepositoryPolicyText` is the policy, as an object.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html
 * AWS says nowhere that its items hold that one, and its list of their properties has no parts of objects of any form:
 * https://github.com/awslabs/aws-config-resource-schema/blob/master/config/properties/resource-types/AWS::ECR::Repository.properties.json
 * Hence an item with a policy is judged by it, and one without does not decide.
 */
export const repositoryItems: ConfigurationItems<Repository> = {
  fromConfigurationItem: repositoryFromConfigurationItem,
  relevantChanges: ['Configuration.RepositoryPolicyText'],
};

/** The account that an ARN of a repository names. */
export function accountIn(arn: string | undefined): string | undefined {
  return arn === undefined ? undefined : /^arn:[^:]+:ecr:[^:]+:(\d{12}):repository\//.exec(arn)?.[1];
}

function isAbsent({ RepositoryPolicyText: policy }: Fields): boolean {
  return policy === undefined || policy === null || policy === '';
}
