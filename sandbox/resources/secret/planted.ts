import {
  CreateSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Json } from '../../../core/json';
import type { AccountClients } from '../../account-clients';
import type { SandboxClientConfiguration } from '../../client-of';
import { type DangerousKind, type PlantingPlace, plantedType, type ResourceKind } from '../kind';

const control = 'secret-public-policy';
const resourceType = 'AWS::SecretsManager::Secret';

type Statement = { [key: string]: Json };

function harmlessSecret(text: string, statements: Statement[]): ResourceKind {
  return {
    resourceType,
    control,
    text,
    plant: (place) => plantSecret(place, statements),
    planted: () => policyOf(statements),
    read: readPolicyOf,
  };
}

function dangerousSecret(text: string, before: Statement[], after: Statement[]): DangerousKind {
  return { ...harmlessSecret(text, before), healed: () => policyOf(after), lossy: false };
}

function policyOf(statements: Statement[]): Json {
  return statements.length === 0 ? null : { Version: '2012-10-17', Statement: statements };
}

const secretsManager = (configuration: SandboxClientConfiguration) => new SecretsManagerClient(configuration);

async function plantSecret({ clients, name }: PlantingPlace, statements: Statement[]): Promise<string> {
  const client = clients.client(secretsManager);
  const { ARN } = await client.send(new CreateSecretCommand({ Name: name, SecretString: 'a made-up value' }));
  if (ARN === undefined) throw new Error(`The secret ${name} was made without an ARN`);
  const policy = policyOf(statements);
  if (policy !== null) {
    await client.send(
      new PutResourcePolicyCommand({ SecretId: ARN, ResourcePolicy: JSON.stringify(policy) }),
    );
  }
  return ARN;
}

async function readPolicyOf(clients: AccountClients, SecretId: string): Promise<Json | undefined> {
  try {
    const { ResourcePolicy } = await clients
      .client(secretsManager)
      .send(new GetResourcePolicyCommand({ SecretId }));
    return ResourcePolicy ? (JSON.parse(ResourcePolicy) as Json) : null;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

const partner = 'arn:aws:iam::444455556666:root';
const allow = (Sid: string, Principal: Json, more: Statement = {}): Statement => ({
  Sid,
  Effect: 'Allow',
  Principal,
  Action: 'secretsmanager:GetSecretValue',
  Resource: '*',
  ...more,
});
const partnerReads = allow('PartnerReads', { AWS: partner });

const dangerous = {
  'secret-anybody-reads': dangerousSecret(
    'secret policy: everybody reads',
    [allow('EverybodyReads', '*')],
    [],
  ),
  'secret-all-beside-a-partner': dangerousSecret(
    'secret policy: all read it',
    [partnerReads, allow('Everybody', { AWS: '*' })],
    [partnerReads],
  ),
} satisfies Record<string, DangerousKind>;

const harmless = {
  'secret-for-a-partner': harmlessSecret('a secret for one other account', [partnerReads]),
  'secret-without-policy': harmlessSecret('a secret without a policy', []),
} satisfies Record<string, ResourceKind>;

/** Secrets of the scenario. */
export const secrets = plantedType({
  dangerous,
  harmless,
  plantings: [
    {
      account: 'playground',
      region: 'eu-west-1',
      dangerous: ['secret-anybody-reads'],
      harmless: ['secret-without-policy'],
    },
    {
      account: 'storefront',
      region: 'us-east-1',
      dangerous: ['secret-all-beside-a-partner'],
      harmless: ['secret-for-a-partner'],
    },
    {
      account: 'legacy',
      region: 'eu-west-1',
      dangerous: ['secret-anybody-reads'],
      harmless: ['secret-without-policy'],
    },
  ],
  late: { dangerous: [], harmless: ['secret-for-a-partner'] },
});
