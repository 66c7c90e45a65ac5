import {
  ListAccountsForParentCommand,
  ListParentsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { EventLog } from '../../../../sandbox/events';
import type { Gateway } from '../../../../sandbox/gateway/api';
import { startGateway } from '../../../../sandbox/gateway/gateway';
import type { Moto } from '../../../../sandbox/moto/moto';
import {
  createOrganization,
  type Organization,
  OrganizationError,
} from '../../../../sandbox/services/organizations/organization';
import { startTestMoto } from '../../../support/moto';

const managementAccountId = '111111111111';

describe('createOrganization', () => {
  const events = new EventLog();
  let moto: Moto;
  let gateway: Gateway;
  let organization: Organization;
  let asHub: OrganizationsClient;

  beforeAll(async () => {
    moto = await startTestMoto();
    gateway = await startGateway({ motoEndpoint: moto.endpoint, events });
    organization = await createOrganization({
      gateway,
      tree: {
        managementAccountId,
        units: {
          Security: { accounts: ['hub'] },
          Workloads: { accounts: ['one'], units: { Production: { accounts: ['two'] } } },
        },
        delegatedAdministrator: 'hub',
      },
    });
    asHub = client(organization.accounts.hub ?? '');
  }, 30_000);
  afterAll(async () => {
    await gateway.stop();
    await moto.stop();
  });

  const client = (accountId: string) =>
    new OrganizationsClient({
      region: 'us-east-1',
      endpoint: gateway.endpoint,
      credentials: gateway.administratorOf(accountId),
    });

  it('puts every account into its unit, nested ones too', async () => {
    const { accounts, units, rootId } = organization;
    const parents = async (id: string | undefined) =>
      (await asHub.send(new ListParentsCommand({ ChildId: id }))).Parents?.map((parent) => parent.Id);
    expect(await parents(accounts.two)).toEqual([units.Production]);
    expect(await parents(units.Production)).toEqual([units.Workloads]);
    expect(await parents(units.Workloads)).toEqual([rootId]);
  });

  it('adds an account later, and tells of it', async () => {
    const id = await organization.addAccount('late', 'Production');
    const { Accounts } = await asHub.send(
      new ListAccountsForParentCommand({ ParentId: organization.units.Production }),
    );
    expect(Accounts?.map((account) => account.Name)).toEqual(['two', 'late']);
    expect(events.events).toContainEqual(
      expect.objectContaining({ kind: 'account-created', accountId: id, name: 'late' }),
    );
    expect(events.events).toContainEqual(
      expect.objectContaining({
        kind: 'account-moved',
        accountId: id,
        destinationParentId: organization.units.Production,
      }),
    );
  });

  it('moves an account to another unit', async () => {
    await organization.moveAccount('one', 'Workloads', 'Production');
    const { Parents } = await asHub.send(new ListParentsCommand({ ChildId: organization.accounts.one }));
    expect(Parents?.[0]?.Id).toBe(organization.units.Production);
  });

  it('lets members that are not delegated administrators see nothing of the tree', async () => {
    const asMember = client(organization.accounts.two ?? '');
    await expect(
      asMember.send(new ListParentsCommand({ ChildId: organization.accounts.two })),
    ).rejects.toThrow("You don't have permissions to access this resource.");
  });

  it('refuses an unknown unit and a name that is taken', async () => {
    await expect(organization.addAccount('three', 'Nowhere')).rejects.toThrow(OrganizationError);
    await expect(organization.addAccount('two', 'Security')).rejects.toThrow(
      'Two accounts have the name two.',
    );
  });
});
