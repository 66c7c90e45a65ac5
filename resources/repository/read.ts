import { errorCodeOf } from '../kit/aws-error';
import type { Reading } from '../kit/live-resource';
import { saidByTags } from '../kit/tags';
import { describe, getPolicy, getTags, type RepositoryAccess, type RepositoryReads } from './calls';
import { repositoryKind } from './kind';
import { type Repository, repositoryFromApi } from './model';

/**
 * Reads everything that decides who can reach a repository, when it was made, and until when its tag says that it is exempt.
 * @param arn of the repository
 * @returns `gone` when there is no such repository
 */
export async function readRepository(
  access: RepositoryAccess,
  arn: string,
): Promise<Reading<Repository> | 'gone'> {
  return unlessGone(async () => {
    const [described, policyText, tags] = await Promise.all([
      describe(access),
      getPolicy(access),
      getTags(access, arn),
    ]);
    const before = { ...described, policyText };
    return { resource: repositoryFromApi(before), before, ...saidByTags(tags) };
  });
}

/**
 * Reads what decides who can reach one of many repositories, without its tags.
 * @param known what a list tells of it
 * @returns `gone` when there is no such repository
 * @throws ResourceInputError when it cannot be understood; ECR's own error when the call was refused
 */
export async function readRepositoryAmongMany(
  reads: RepositoryReads,
  known: { registryId: string; repositoryArn: string | undefined },
): Promise<Repository | 'gone'> {
  return unlessGone(async () => {
    const { repositoryName } = reads;
    return repositoryFromApi({ repositoryName, ...known, policyText: await getPolicy(reads) });
  });
}

async function unlessGone<Answer>(read: () => Promise<Answer>): Promise<Answer | 'gone'> {
  try {
    return await read();
  } catch (error) {
    if (repositoryKind.gone.includes(errorCodeOf(error) ?? '')) return 'gone';
    throw error;
  }
}
