import { DescribeRepositoriesCommand, ECRClient, type ECRClientConfig } from '@aws-sdk/client-ecr';
import { walkConfiguration } from '../kit/client-configuration';
import { type TypeWalk, walkEach } from '../kit/walk';
import type { Repository } from './model';
import { readRepositoryAmongMany } from './read';

/** Up to 1,000. Each repository takes a call. */
const repositoriesInPage = 200;

/**
 * Walks repositories: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html
 * @param overrides of the ECR client's configuration
 */
export function repositoryWalk(overrides: ECRClientConfig = {}): TypeWalk<Repository> {
  return {
    resourceType: 'AWS::ECR::Repository',
    open({ place: { accountId, region }, credentials, signal }) {
      const client = new ECRClient({ ...walkConfiguration(region, credentials), ...overrides });
      return {
        async page(token) {
          const { repositories = [], nextToken } = await client.send(
            new DescribeRepositoriesCommand({
              maxResults: repositoriesInPage,
              ...(token && { nextToken: token }),
            }),
            { abortSignal: signal },
          );
          const arns = new Map(
            repositories.map(({ repositoryName = '', repositoryArn }) => [repositoryName, repositoryArn]),
          );
          const walked = await walkEach([...arns.keys()], (repositoryName) =>
            readRepositoryAmongMany(
              { client, repositoryName, signal },
              { registryId: accountId, repositoryArn: arns.get(repositoryName) },
            ),
          );
          return { walked, ...(nextToken && { next: nextToken }) };
        },
        close: () => client.destroy(),
      };
    },
  };
}
