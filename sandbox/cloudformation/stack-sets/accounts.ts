import {
  ListDelegatedAdministratorsCommand,
  type OrganizationsClient,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
} from '@aws-sdk/client-organizations';

/** Finds the active accounts under an OU or the root, nested OUs included, without the management account. */
export type AccountsUnder = (parentId: string) => Promise<ReadonlySet<string>>;

/**
 * Makes a lookup that asks AWS Organizations once for each parent, however often it is asked.
 *
 * @param managementAccountId Service-managed stack sets never deploy to the management account:
 *   https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 */
export function createAccountsUnder(client: OrganizationsClient, managementAccountId: string): AccountsUnder {
  const known = new Map<string, Promise<ReadonlySet<string>>>();
  const look = async (ParentId: string): Promise<ReadonlySet<string>> => {
    const accounts = async () => {
      const ids: string[] = [];
      for await (const page of paginateListAccountsForParent({ client }, { ParentId })) {
        for (const { Id, Status } of page.Accounts ?? []) {
          if (Id && Id !== managementAccountId && Status === 'ACTIVE') ids.push(Id);
        }
      }
      return ids;
    };
    const nested = async () => {
      const ids: string[] = [];
      for await (const page of paginateListOrganizationalUnitsForParent({ client }, { ParentId })) {
        for (const { Id } of page.OrganizationalUnits ?? []) if (Id) ids.push(Id);
      }
      return (await Promise.all(ids.map(lookOnce))).flatMap((under) => [...under]);
    };
    return new Set((await Promise.all([accounts(), nested()])).flat());
  };
  const lookOnce: AccountsUnder = (parentId) => {
    const under = known.get(parentId) ?? look(parentId);
    known.set(parentId, under);
    return under;
  };
  return lookOnce;
}

/**
 * The accounts that are registered as delegated administrators of service-managed stack sets:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
 */
export async function delegatedAdministrators(client: OrganizationsClient): Promise<string[]> {
  const ServicePrincipal = 'member.org.stacksets.cloudformation.amazonaws.com';
  const answer = await client.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal }));
  return (answer.DelegatedAdministrators ?? []).flatMap(({ Id }) => Id ?? []);
}
