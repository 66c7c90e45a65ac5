import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';

/** What an organization of `createOrganization` has: its root, its unit /Sandbox, and its accounts. */
export interface OrganizationIds {
  root: string;
  sandbox: string;
  security: string;
  trial: string;
}

/** Creates an organization in an emulator: the account security under the root, and trial in /Sandbox. */
export async function createOrganization(endpoint: string): Promise<OrganizationIds> {
  const client = new OrganizationsClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { Roots: [{ Id: root = '' } = {}] = [] } = await client.send(new ListRootsCommand({}));
  const { OrganizationalUnit: unit } = await client.send(
    new CreateOrganizationalUnitCommand({ ParentId: root, Name: 'Sandbox' }),
  );
  const create = async (AccountName: string): Promise<string> => {
    const { CreateAccountStatus: status } = await client.send(
      new CreateAccountCommand({ AccountName, Email: `${AccountName}@example.com` }),
    );
    return status?.AccountId ?? '';
  };
  const [security, trial, sandbox] = [await create('security'), await create('trial'), unit?.Id ?? ''];
  await client.send(
    new MoveAccountCommand({ AccountId: trial, SourceParentId: root, DestinationParentId: sandbox }),
  );
  client.destroy();
  return { root, sandbox, security, trial };
}

/** A policy of such an organization, whose hub is the account security. */
export function policyOf({ root, security }: OrganizationIds, autoResponse: string): string {
  return `organization: { id: o-exampleorg1, managementAccount: "123456789012" }
hub: { account: "${security}", region: eu-west-1 }
targets: [${root}]
slack: { channel: C0123456789 }
autoResponse: ${autoResponse}
`;
}
