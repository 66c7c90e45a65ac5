import {
  CreateDocumentCommand,
  DescribeDocumentPermissionCommand,
  ModifyDocumentPermissionCommand,
} from '@aws-sdk/client-ssm';
import type { Json } from '../../../core/json';
import type { AccountClients } from '../../account-clients';
import { type DangerousKind, type PlantingPlace, plantedType, type ResourceKind } from '../kind';
import { ssmClient } from './clients';

const control = 'ssm-document-public';
const resourceType = 'AWS::SSM::Document';

function harmlessDocument(text: string, accounts: string[]): ResourceKind {
  return {
    resourceType,
    control,
    text,
    plant: (place) => plantDocument(place, accounts),
    planted: () => [...accounts].sort(),
    read: readAccounts,
  };
}

function dangerousDocument(text: string, before: string[], after: string[]): DangerousKind {
  return { ...harmlessDocument(text, before), healed: () => after, lossy: false };
}

async function plantDocument({ clients, name: Name }: PlantingPlace, AccountIdsToAdd: string[]) {
  const ssm = clients.client(ssmClient);
  const mainSteps = [{ action: 'aws:runShellScript', name: 'hello', inputs: { runCommand: ['echo hello'] } }];
  const Content = JSON.stringify({ schemaVersion: '2.2', description: Name, parameters: {}, mainSteps });
  await ssm.send(
    new CreateDocumentCommand({ Name, Content, DocumentType: 'Command', DocumentFormat: 'JSON' }),
  );
  await ssm.send(new ModifyDocumentPermissionCommand({ Name, PermissionType: 'Share', AccountIdsToAdd }));
  return Name;
}

async function readAccounts(clients: AccountClients, Name: string): Promise<Json | undefined> {
  try {
    const command = new DescribeDocumentPermissionCommand({ Name, PermissionType: 'Share' });
    const { AccountIds = [] } = await clients.client(ssmClient).send(command);
    return [...AccountIds].sort();
  } catch (error) {
    if ((error as Error).name === 'InvalidDocument') return undefined;
    throw error;
  }
}

const dangerous = {
  'document-for-everybody': dangerousDocument('SSM document for everybody', ['all'], []),
} satisfies Record<string, DangerousKind>;

const harmless = {
  'document-for-a-partner': harmlessDocument('a document for one other account', ['444455556666']),
} satisfies Record<string, ResourceKind>;

/** SSM documents of the scenario. */
export const ssmDocuments = plantedType({
  dangerous,
  harmless,
  plantings: [
    {
      account: 'playground',
      region: 'eu-west-1',
      dangerous: ['document-for-everybody'],
      harmless: ['document-for-a-partner'],
    },
    {
      account: 'storefront',
      region: 'us-east-1',
      dangerous: ['document-for-everybody'],
      harmless: ['document-for-a-partner'],
    },
    {
      account: 'analytics',
      region: 'us-east-1',
      dangerous: ['document-for-everybody'],
      harmless: ['document-for-a-partner'],
    },
  ],
  late: { dangerous: [], harmless: [] },
});
