import type { JsonObject } from '../../../core/json';
import type { Example, TypeExamples } from './examples';
import { policyOf, privatePolicies, publicPolicies, type StatementMaker } from './statements';

const control = 'ecr-public-policy';
const registryId = '222222222222';
const repositoryName = 'team/images';

/** Statements of a repository's policy name no resource. */
const statement: StatementMaker = (Principal, more = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  ...more,
});

const repositoryWith = (policy: (words: string) => string | null): Example => ({
  control,
  answer: (words) => ({ registryId, repositoryName, policyText: policy(words) }),
});
const all = (
  policies: Readonly<Record<string, (of: StatementMaker, words: string) => string>>,
): Record<string, Example> =>
  Object.fromEntries(
    Object.entries(policies).map(([name, policy]) => [
      name,
      repositoryWith((words) => policy(statement, words)),
    ]),
  );

/** Repositories. */
export const repositoryExamples: TypeExamples = {
  ids: () => ['images', 'team/images', 'a/b/c-1_2.x'],
  longestId: () => `team/${'r'.repeat(251)}`,
  noIds: [
    'i',
    'Images',
    '/images',
    'images/',
    'team/*',
    'images:latest',
    'arn:aws:ecr:eu-west-1:222222222222:repository/team/images',
    '222222222222.dkr.ecr.eu-west-1.amazonaws.com/team/images:latest',
    `team/${'r'.repeat(252)}`,
  ],
  dangers: {
    ...all(publicPolicies),
    'everybody but one by a Deny for one account': repositoryWith(() =>
      policyOf(
        statement('*'),
        statement({ AWS: 'arn:aws:iam::999999999999:root' }, { Effect: 'Deny', Action: 'ecr:*' }),
      ),
    ),
  },
  neighbours: {
    ...all(privatePolicies),
    'a repository without a policy': repositoryWith(() => null),
    'everybody, under a Deny for everybody but the organization': repositoryWith(() =>
      policyOf(
        statement('*'),
        statement('*', {
          Effect: 'Deny',
          Action: 'ecr:*',
          Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
        }),
      ),
    ),
    'a policy for functions of an account': repositoryWith((words) =>
      policyOf(
        statement(
          { Service: 'lambda.amazonaws.com' },
          {
            Sid: words,
            Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:lambda:*:${registryId}:function:*` } },
          },
        ),
      ),
    ),
  },
  item: ({ policyText }) => ({
    resourceType: 'AWS::ECR::Repository',
    resourceId: repositoryName,
    resourceName: repositoryName,
    configurationItemStatus: 'OK',
    configuration: {
      RepositoryName: repositoryName,
      Arn: `arn:aws:ecr:eu-west-1:${registryId}:repository/${repositoryName}`,
      ImageTagMutability: 'MUTABLE',
      ...(typeof policyText === 'string' && {
        RepositoryPolicyText: JSON.parse(policyText) as JsonObject,
      }),
    },
    supplementaryConfiguration: {},
  }),
};
