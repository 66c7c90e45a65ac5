import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  EnableAWSServiceAccessCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { EventLog } from '../../../sandbox/events';
import { Failures } from '../../../sandbox/failures';
import { startGateway } from '../../../sandbox/gateway/gateway';
import { startTestMoto } from '../../support/moto';

export const managementAccountId = '111111111111';
const region = 'eu-west-1';

/** A small organization on moto, behind the gateway: a root with one OU and, below it, another. */
export async function startOrganization() {
  const failures = new Failures();
  const log = new EventLog();
  const moto = await startTestMoto({ failures });
  const gateway = await startGateway({ motoEndpoint: moto.endpoint, events: log, failures });
  const client = new OrganizationsClient({
    endpoint: gateway.endpoint,
    region,
    credentials: gateway.administratorOf(managementAccountId),
  });
  await client.send(new CreateOrganizationCommand({}));
  const { Roots } = await client.send(new ListRootsCommand({}));
  const rootId = Roots?.[0]?.Id ?? '';
  const createUnit = async (Name: string, ParentId: string) =>
    (await client.send(new CreateOrganizationalUnitCommand({ Name, ParentId }))).OrganizationalUnit?.Id ?? '';
  const unitId = await createUnit('workloads', rootId);
  const nestedUnitId = await createUnit('production', unitId);

  const moveAccount = async (AccountId: string, SourceParentId: string, DestinationParentId: string) => {
    await client.send(new MoveAccountCommand({ AccountId, SourceParentId, DestinationParentId }));
  };
  const createAccount = async (AccountName: string, parentId: string) => {
    const { CreateAccountStatus } = await client.send(
      new CreateAccountCommand({ AccountName, Email: `${AccountName}@example.org` }),
    );
    const accountId = CreateAccountStatus?.AccountId ?? '';
    if (parentId !== rootId) await moveAccount(accountId, rootId, parentId);
    return accountId;
  };
  const hub = { accountId: await createAccount('hub', rootId), region };
  const ServicePrincipal = 'member.org.stacksets.cloudformation.amazonaws.com';
  await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
  await client.send(
    new RegisterDelegatedAdministratorCommand({ AccountId: hub.accountId, ServicePrincipal }),
  );
  return {
    client,
    gateway,
    log,
    failures,
    hub,
    rootId,
    unitId,
    nestedUnitId,
    createAccount,
    moveAccount,
    async stop() {
      client.destroy();
      await gateway.stop();
      await moto.stop();
    },
  };
}
