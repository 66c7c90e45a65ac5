import {
  EnableAWSServiceAccessCommand,
  ListDelegatedAdministratorsCommand,
  type OrganizationsClient,
  paginateListAccountsForParent,
  paginateListAWSServiceAccessForOrganization,
  paginateListOrganizationalUnitsForParent,
} from '@aws-sdk/client-organizations';

/** Whether the organization lets StackSets into its accounts. */
export interface OrganizationsAccess {
  isEnabled(): Promise<boolean>;
  enable(): Promise<void>;
}

/** Accounts by id, and whether each is active: one that is closed or suspended stays where it is for a while. */
export type StandingAccounts = ReadonlyMap<string, boolean>;

/** Finds the accounts under an OU or the root, nested OUs included, without the management account. */
export type AccountsUnder = (parentId: string) => Promise<StandingAccounts>;

/**
 * Makes a lookup that asks AWS Organizations once for each parent, however often it is asked.
 *
 * @param managementAccountId Service-managed stack sets never deploy to the management account:
 *   https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 */
export function createAccountsUnder(client: OrganizationsClient, managementAccountId: string): AccountsUnder {
  const known = new Map<string, Promise<StandingAccounts>>();
  const look = async (ParentId: string): Promise<StandingAccounts> => {
    const accounts = async () => {
      const found: [string, boolean][] = [];
      for await (const page of paginateListAccountsForParent({ client }, { ParentId })) {
        for (const { Id, Status } of page.Accounts ?? []) {
          if (Id && Id !== managementAccountId) found.push([Id, Status === 'ACTIVE']);
        }
      }
      return found;
    };
    const nested = async () => {
      const ids: string[] = [];
      for await (const page of paginateListOrganizationalUnitsForParent({ client }, { ParentId })) {
        for (const { Id } of page.OrganizationalUnits ?? []) if (Id) ids.push(Id);
      }
      return (await Promise.all(ids.map(lookOnce))).flatMap((under) => [...under]);
    };
    return new Map((await Promise.all([accounts(), nested()])).flat());
  };
  const lookOnce: AccountsUnder = (parentId) => {
    const under = known.get(parentId) ?? look(parentId);
    known.set(parentId, under);
    return under;
  };
  return lookOnce;
}

const trustedService = 'member.org.stacksets.cloudformation.amazonaws.com';

/** Whether the organization lets StackSets into its accounts: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html */
export function organizationsAccess(client: OrganizationsClient): OrganizationsAccess {
  return {
    async isEnabled() {
      for await (const page of paginateListAWSServiceAccessForOrganization({ client }, {})) {
        if (
          page.EnabledServicePrincipals?.some(({ ServicePrincipal }) => ServicePrincipal === trustedService)
        )
          return true;
      }
      return false;
    },
    async enable() {
      await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: trustedService }));
    },
  };
}

/**
 * The accounts that are registered as delegated administrators of service-managed stack sets:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
 */
export async function delegatedAdministrators(client: OrganizationsClient): Promise<string[]> {
  const answer = await client.send(
    new ListDelegatedAdministratorsCommand({ ServicePrincipal: trustedService }),
  );
  return (answer.DelegatedAdministrators ?? []).flatMap(({ Id }) => Id ?? []);
}
