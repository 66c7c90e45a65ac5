import type {
  DeleteRepositoryPolicyCommandInput,
  DescribeRepositoriesCommandInput,
  GetRepositoryPolicyCommandInput,
  ListTagsForResourceCommandInput,
  SetRepositoryPolicyCommandInput,
} from '@aws-sdk/client-ecr';
import type { Authorization } from '../authorization';
import type { Caller, Commands } from '../commands';
import { pageOf } from '../page';
import { Placed } from '../placed';
import { serviceError } from '../service-error';
import { isStorable } from '../stored-policy';

/** A repository as it really is. */
export interface RepositoryState {
  accountId: string;
  region: string;
  name: string;
  createdAt: Date;
  policy?: string | undefined;
  tags?: Record<string, string> | undefined;
}

/** What names a repository in a call. */
interface Named {
  registryId?: string | undefined;
  repositoryName?: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html */
const repositoriesPerPage = 100;

/**
 * Repositories in memory, as ECR answers the calls that read and change who can reach them. Codes:
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html
 */
export class Ecr {
  /** By their ARN. */
  readonly #repositories = new Placed<RepositoryState>();

  constructor(private readonly authorization: Authorization) {}

  /** Makes a repository, or replaces it. */
  createRepository(state: RepositoryState): void {
    this.#repositories.set(arnOf(state), state);
  }

  /** Deletes a repository. */
  deleteRepository(arn: string): void {
    this.#repositories.delete(arn);
  }

  /** A repository as it really is, to be looked at or changed as somebody in the account could; undefined when it is gone. */
  repository(arn: string): RepositoryState | undefined {
    return this.#repositories.get(arn);
  }

  /** What a client of ECR sends. */
  readonly commands: Commands = {
    DescribeRepositories: (input: DescribeRepositoriesCommandInput, caller: Caller) => {
      const { registryId, repositoryNames, maxResults = repositoriesPerPage, nextToken } = input;
      if (repositoryNames !== undefined) {
        const found = repositoryNames.map((repositoryName) =>
          this.#reached({ registryId, repositoryName }, caller, 'ecr:DescribeRepositories'),
        );
        return { repositories: found.map(described) };
      }
      const place = placeOf({ registryId }, caller);
      const resources = [arnOf({ ...place, name: '*' })];
      const { accountId } = place;
      this.authorization.check(caller, {
        service: 'ECR',
        action: 'ecr:DescribeRepositories',
        resources,
        accountId,
      });
      const { page, next } = pageOf(this.#repositories.idsIn(place), nextToken, maxResults);
      const repositories = page.flatMap((arn) => this.repository(arn) ?? []).map(described);
      return { repositories, ...(next && { nextToken: next }) };
    },
    GetRepositoryPolicy: (input: GetRepositoryPolicyCommandInput, caller: Caller) =>
      withPolicy(this.#reached(input, caller, 'ecr:GetRepositoryPolicy')),
    SetRepositoryPolicy: (input: SetRepositoryPolicyCommandInput, caller: Caller) => {
      const state = this.#reached(input, caller, 'ecr:SetRepositoryPolicy');
      const { policyText = '' } = input;
      if (!isStorable(policyText)) {
        throw serviceError('ECR', 'InvalidParameterException', "Invalid parameter at 'PolicyText'");
      }
      state.policy = policyText;
      return withPolicy(state);
    },
    DeleteRepositoryPolicy: (input: DeleteRepositoryPolicyCommandInput, caller: Caller) => {
      const state = this.#reached(input, caller, 'ecr:DeleteRepositoryPolicy');
      const deleted = withPolicy(state);
      state.policy = undefined;
      return deleted;
    },
    ListTagsForResource: ({ resourceArn = '' }: ListTagsForResourceCommandInput, caller: Caller) => {
      const [, , , , registryId, name = ''] = resourceArn.split(':');
      const named = { registryId, repositoryName: name.replace(/^repository\//, '') };
      const { tags = {} } = this.#reached(named, caller, 'ecr:ListTagsForResource');
      return { tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  };

  /** The repository of a call, once the call is allowed. */
  #reached(named: Named, caller: Caller, action: string): RepositoryState {
    const place = placeOf(named, caller);
    const arn = arnOf({ ...place, name: named.repositoryName ?? '' });
    const { accountId } = place;
    this.authorization.check(caller, { service: 'ECR', action, resources: [arn], accountId });
    const state = this.repository(arn);
    if (state) return state;
    throw serviceError('ECR', 'RepositoryNotFoundException', 'The repository does not exist.');
  }
}

function placeOf({ registryId }: Named, { session, region }: Caller): { accountId: string; region: string } {
  return { accountId: registryId ?? session?.accountId ?? '', region };
}

function arnOf({ accountId, region, name }: Pick<RepositoryState, 'accountId' | 'region' | 'name'>): string {
  return `arn:aws:ecr:${region}:${accountId}:repository/${name}`;
}

function described(state: RepositoryState): object {
  const { accountId: registryId, name: repositoryName, createdAt } = state;
  return { repositoryArn: arnOf(state), registryId, repositoryName, createdAt };
}

function withPolicy({ accountId: registryId, name: repositoryName, policy: policyText }: RepositoryState) {
  if (policyText !== undefined) return { registryId, repositoryName, policyText };
  throw serviceError('ECR', 'RepositoryPolicyNotFoundException', 'The repository has no policy.');
}
