import {
  CreateRepositoryCommand,
  GetRepositoryPolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import type { Json, JsonObject } from '../../../core/json';
import type { AccountClients } from '../../account-clients';
import { type DangerousKind, plantedType, type ResourceKind } from '../kind';
import { ecrClient } from './recorded';

const control = 'ecr-public-policy';
const resourceType = 'AWS::ECR::Repository';

function harmlessRepository(text: string, statements: JsonObject[]): ResourceKind {
  return {
    resourceType,
    control,
    text,
    async plant({ clients, name: repositoryName }) {
      const ecr = clients.client(ecrClient);
      await ecr.send(new CreateRepositoryCommand({ repositoryName }));
      const policyText = JSON.stringify(policyOf(statements));
      await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
      return repositoryName;
    },
    planted: () => policyOf(statements),
    read: readPolicyOf,
  };
}

function dangerousRepository(text: string, before: JsonObject[], after: JsonObject[]): DangerousKind {
  return { ...harmlessRepository(text, before), healed: () => policyOf(after), lossy: false };
}

/** Null for none, which is what a repository without a policy answers. */
function policyOf(Statement: JsonObject[]): Json {
  return Statement.length === 0 ? null : { Version: '2012-10-17', Statement };
}

async function readPolicyOf(clients: AccountClients, repositoryName: string): Promise<Json | undefined> {
  try {
    const { policyText } = await clients
      .client(ecrClient)
      .send(new GetRepositoryPolicyCommand({ repositoryName }));
    return JSON.parse(policyText ?? 'null') as Json;
  } catch (error) {
    const { name } = error as Error;
    if (name === 'RepositoryPolicyNotFoundException') return null;
    if (name === 'RepositoryNotFoundException') return undefined;
    throw error;
  }
}

const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const allow = (Sid: string, Principal: Json): JsonObject => ({
  Sid,
  Effect: 'Allow',
  Principal,
  Action: pull,
});
const partnerPulls = allow('PartnerPulls', { AWS: 'arn:aws:iam::444455556666:root' });

const dangerous = {
  'repository-anybody-pulls': dangerousRepository(
    'repository policy: all pull',
    [allow('EverybodyPulls', '*')],
    [],
  ),
} satisfies Record<string, DangerousKind>;

const harmless = {
  'repository-for-a-partner': harmlessRepository('a policy for one other account', [partnerPulls]),
} satisfies Record<string, ResourceKind>;

/** Repositories of the scenario. */
export const repositories = plantedType({
  dangerous,
  harmless,
  plantings: [
    {
      account: 'playground',
      region: 'eu-west-1',
      dangerous: ['repository-anybody-pulls'],
      harmless: ['repository-for-a-partner'],
    },
    {
      account: 'storefront',
      region: 'us-east-1',
      dangerous: ['repository-anybody-pulls'],
      harmless: ['repository-for-a-partner'],
    },
    {
      account: 'analytics',
      region: 'us-east-1',
      dangerous: ['repository-anybody-pulls'],
      harmless: ['repository-for-a-partner'],
    },
  ],
  late: { dangerous: [], harmless: [] },
});
