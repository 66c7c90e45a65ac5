import type { ApiCall } from '../../gateway/api';

/** The ARN of a repository in the registry that a call reaches; the call's own repository without a name. */
export function repositoryArn(
  { accountId, region, parameters }: Pick<ApiCall, 'accountId' | 'region' | 'parameters'>,
  name: unknown = parameters.repositoryName,
): string {
  return `arn:aws:ecr:${region}:${accountId}:repository/${name}`;
}
