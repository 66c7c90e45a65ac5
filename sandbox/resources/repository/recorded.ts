import {
  DescribeRepositoriesCommand,
  ECRClient,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
  paginateDescribeRepositories,
} from '@aws-sdk/client-ecr';
import type { JsonObject } from '../../../core/json';
import { orWhenMissing } from '../../../resources/kit/aws-error';
import { repositoryFacts } from '../../../resources/repository/facts';
import type { SandboxClientConfiguration } from '../../client-of';
import type { ResourcePlace } from '../../events';
import type { RecordedType, RecordingParts } from '../../services/config/recorded-type';

const resourceType = 'AWS::ECR::Repository';

const operations =
  /^(CreateRepository|DeleteRepository|SetRepositoryPolicy|DeleteRepositoryPolicy|TagResource|UntagResource)$/;

/** A client of ECR that calls the sandbox. */
export function ecrClient(configuration: SandboxClientConfiguration): ECRClient {
  return new ECRClient(configuration);
}

/** Repositories, by their name. The policy is an object, as CloudFormation's schema has it. */
export function repositories({ clients }: Pick<RecordingParts, 'clients'>): RecordedType {
  return {
    resourceType,

    async touches({ service, operation, parameters, accountId, region }) {
      if (service !== 'ecr' || !operations.test(operation)) return [];
      const { repositoryName, resourceArn } = parameters;
      const resourceId = String(repositoryName ?? String(resourceArn).replace(/^.*?:repository\//, ''));
      return [{ accountId, region, resourceType, resourceId, aspects: 'everything' }];
    },

    async list(place) {
      const client = clients.of(place).client(ecrClient);
      const names: string[] = [];
      for await (const page of paginateDescribeRepositories({ client }, {})) {
        names.push(...(page.repositories ?? []).flatMap(({ repositoryName }) => repositoryName ?? []));
      }
      return names;
    },

    read: (resource) => orWhenMissing(readRepository(resource), ['RepositoryNotFoundException'], undefined),
  };

  async function readRepository({ accountId, region, resourceId: repositoryName }: ResourcePlace) {
    const client = clients.of({ accountId, region }).client(ecrClient);
    const ARN = repositoryFacts.arn(accountId, region, repositoryName);
    const [{ repositories: [found] = [] }, { policyText }, { tags = [] }] = await Promise.all([
      client.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] })),
      orWhenMissing(
        client.send(new GetRepositoryPolicyCommand({ repositoryName })),
        ['RepositoryPolicyNotFoundException'],
        { policyText: undefined },
      ),
      client.send(new ListTagsForResourceCommand({ resourceArn: ARN })),
    ]);
    return {
      resourceName: repositoryName,
      ARN,
      availabilityZone: 'Not Applicable',
      resourceCreationTime: found?.createdAt?.toISOString() ?? null,
      tags: Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      relationships: [],
      configuration: {
        RepositoryName: repositoryName,
        Arn: ARN,
        ImageTagMutability: found?.imageTagMutability ?? 'MUTABLE',
        ...(policyText && { RepositoryPolicyText: JSON.parse(policyText) as JsonObject }),
      },
      supplementaryConfiguration: {},
    };
  }
}
