import { CreateKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Json } from '../../../core/json';
import type { AccountClients } from '../../account-clients';
import type { SandboxClientConfiguration } from '../../client-of';
import { type DangerousKind, type PlantingPlace, plantedType, type ResourceKind } from '../kind';

const control = 'kms-public-policy';
const resourceType = 'AWS::KMS::Key';

type Statement = { [key: string]: Json };

/** Statements of a key's policy, in an account. */
type Statements = (accountId: string) => Statement[];

function harmlessKey(text: string, statements: Statements): ResourceKind {
  return {
    resourceType,
    control,
    text,
    plant: (place) => plantKey(place, statements),
    planted: (place) => policyOf(place, statements),
    read: readPolicyOf,
  };
}

function dangerousKey(text: string, before: Statements, after: Statements): DangerousKind {
  return { ...harmlessKey(text, before), healed: (place) => policyOf(place, after), lossy: false };
}

function policyOf({ clients: { accountId } }: PlantingPlace, statements: Statements): Json {
  return { Version: '2012-10-17', Statement: statements(accountId) };
}

const kms = (configuration: SandboxClientConfiguration) => new KMSClient(configuration);

async function plantKey(place: PlantingPlace, statements: Statements): Promise<string> {
  const { clients, name } = place;
  const { KeyMetadata } = await clients
    .client(kms)
    .send(new CreateKeyCommand({ Description: name, Policy: JSON.stringify(policyOf(place, statements)) }));
  if (KeyMetadata?.KeyId === undefined) throw new Error(`The key ${name} was made without an id`);
  return KeyMetadata.KeyId;
}

async function readPolicyOf(clients: AccountClients, KeyId: string): Promise<Json | undefined> {
  try {
    const { Policy } = await clients
      .client(kms)
      .send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    return JSON.parse(Policy ?? 'null') as Json;
  } catch (error) {
    if ((error as Error).name === 'NotFoundException') return undefined;
    throw error;
  }
}

const allow = (Sid: string, Principal: Json, Action: Json, more: Statement = {}): Statement => ({
  Sid,
  Effect: 'Allow',
  Principal,
  Action,
  Resource: '*',
  ...more,
});
const root = (accountId: string) => `arn:aws:iam::${accountId}:root`;
const own = (accountId: string) => allow('Own', { AWS: root(accountId) }, 'kms:*');
const partnerDecrypts = allow('PartnerDecrypts', { AWS: root('444455556666') }, 'kms:Decrypt');
const viaS3 = { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } };

const dangerous = {
  'key-anybody-decrypts': dangerousKey(
    'key policy: everybody decrypts',
    (accountId) => [own(accountId), allow('EverybodyDecrypts', '*', ['kms:Decrypt', 'kms:DescribeKey'])],
    (accountId) => [own(accountId)],
  ),
  'key-anybody-through-a-service': dangerousKey(
    'key policy: all, through S3',
    (accountId) => [
      own(accountId),
      partnerDecrypts,
      allow('ThroughS3', { AWS: '*' }, 'kms:Decrypt', { Condition: viaS3 }),
    ],
    (accountId) => [own(accountId), partnerDecrypts],
  ),
} satisfies Record<string, DangerousKind>;

const harmless = {
  'key-of-its-account': harmlessKey('a key for its own account', (accountId) => [own(accountId)]),
  'key-of-its-account-through-a-service': harmlessKey(
    'a key for its own account, through a service',
    (accountId) => [
      own(accountId),
      allow('ThroughS3', { AWS: '*' }, 'kms:Decrypt', {
        Condition: { StringEquals: { ...viaS3.StringEquals, 'kms:CallerAccount': accountId } },
      }),
    ],
  ),
} satisfies Record<string, ResourceKind>;

/** Keys of the scenario. */
export const keys = plantedType({
  dangerous,
  harmless,
  plantings: [
    {
      account: 'playground',
      region: 'us-east-1',
      dangerous: ['key-anybody-through-a-service'],
      harmless: ['key-of-its-account-through-a-service'],
    },
    {
      account: 'storefront',
      region: 'us-east-1',
      dangerous: ['key-anybody-decrypts'],
      harmless: ['key-of-its-account'],
    },
    {
      account: 'analytics',
      region: 'us-east-1',
      dangerous: ['key-anybody-through-a-service'],
      harmless: ['key-of-its-account-through-a-service'],
    },
  ],
  late: { dangerous: [], harmless: ['key-of-its-account'] },
});
