import {
  DeleteRepositoryPolicyCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { asWrite, orWhenMissing } from '../kit/aws-error';
import type { ResourceAccess } from '../kit/live-resource';

/** One repository of the session's account, and the client of the session that may read it. */
export interface RepositoryReads extends Pick<ResourceAccess, 'signal'> {
  client: ECRClient;
  repositoryName: string;
}

/** One repository, and the client of the session that may reach it. */
export interface RepositoryAccess extends RepositoryReads, Pick<ResourceAccess, 'mayWrite'> {}

/**
 * Which repository it is: name, registry, ARN and when it was made, as text.
 * @throws ECR's own error, also where there is none
 */
export async function describe({ client, repositoryName, signal: abortSignal }: RepositoryReads) {
  const { repositories: [found] = [] } = await client.send(
    new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }),
    { abortSignal },
  );
  return {
    repositoryName,
    ...(found?.registryId !== undefined && { registryId: found.registryId }),
    ...(found?.repositoryArn !== undefined && { repositoryArn: found.repositoryArn }),
    ...(found?.createdAt !== undefined && { createdAt: found.createdAt.toISOString() }),
  };
}

/** The text of the policy; null where the repository has none. */
export async function getPolicy(reads: RepositoryReads): Promise<string | null> {
  const { client, repositoryName, signal: abortSignal } = reads;
  const { policyText } = await orWhenMissing(
    client.send(new GetRepositoryPolicyCommand({ repositoryName }), { abortSignal }),
    // https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRepositoryPolicy.html
    ['RepositoryPolicyNotFoundException'],
    { policyText: undefined },
  );
  return policyText || null;
}

/** The tags of the repository with this ARN. */
export async function getTags({ client, signal: abortSignal }: RepositoryReads, resourceArn: string) {
  const { tags = [] } = await client.send(new ListTagsForResourceCommand({ resourceArn }), { abortSignal });
  return tags;
}

/**
 * Replaces the policy as a whole, or deletes it. ECR refuses, without `force`, one that would keep its author from setting another.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepositoryPolicy.html
 * @param policyText undefined deletes it; where there is none, there is nothing to delete
 * @throws StoppedError; ECR's own error, of which `mayHaveBeenMade` knows what it says of the write
 */
export async function putPolicy(access: RepositoryAccess, policyText: string | undefined): Promise<void> {
  const { client, repositoryName, signal: abortSignal } = access;
  await access.mayWrite();
  if (policyText !== undefined) {
    const set = new SetRepositoryPolicyCommand({ repositoryName, policyText });
    await asWrite(client.send(set, { abortSignal }));
    return;
  }
  const deleted = asWrite(
    client.send(new DeleteRepositoryPolicyCommand({ repositoryName }), { abortSignal }),
  );
  await orWhenMissing(deleted, ['RepositoryPolicyNotFoundException'], undefined);
}
