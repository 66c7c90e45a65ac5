import { type OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
import { notTold, UnresolvedPlaceError } from './organization-errors';
import { Remembered } from './remembered';

/** An account's name, and how many accounts of the organization have it, this one among them. */
export interface AccountName {
  name: string;
  sameName: number;
}

interface Listed {
  byId: ReadonlyMap<string, string>;
  count: ReadonlyMap<string, number>;
}

/**
 * The names of all accounts of the organization, closed and suspended ones too: who reopens one makes its name ambiguous.
 * They are listed as a whole, since AWS Organizations finds no account by its name. ListAccounts may be called by a delegated
 * administrator:
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
 */
export class AccountNames {
  private readonly listed: Remembered<Listed>;

  /** @param now milliseconds since the epoch */
  constructor(client: OrganizationsClient, now: () => number = Date.now) {
    this.listed = new Remembered(() => list(client), now);
  }

  /**
   * The name of an account of the organization.
   * @throws UnresolvedPlaceError when AWS Organizations does not tell
   */
  async of(accountId: string): Promise<AccountName> {
    return nameIn(await this.listed.get(all), accountId) ?? this.ofNewAccount(accountId);
  }

  /**
   * Every name that some account has.
   * @throws UnresolvedPlaceError when AWS Organizations does not tell
   */
  async all(): Promise<ReadonlySet<string>> {
    return new Set((await this.listed.get(all)).count.keys());
  }

  /** It may have joined since the names were listed. */
  private async ofNewAccount(accountId: string): Promise<AccountName> {
    await this.listed.forget(all);
    const found = nameIn(await this.listed.get(all), accountId);
    if (found) return found;
    throw new UnresolvedPlaceError(
      `AWS Organizations does not list account ${accountId} among those of the organization.`,
    );
  }
}

/** All accounts are one answer. */
const all = 'all';

function nameIn({ byId, count }: Listed, accountId: string): AccountName | undefined {
  const name = byId.get(accountId);
  return name === undefined ? undefined : { name, sameName: count.get(name) ?? 0 };
}

async function list(client: OrganizationsClient): Promise<Listed> {
  const byId = new Map<string, string>();
  try {
    for await (const { Accounts: accounts = [] } of paginateListAccounts({ client }, {})) {
      for (const { Id: id, Name: name } of accounts) if (id && name) byId.set(id, name);
    }
  } catch (error) {
    throw notTold('the accounts of the organization', error);
  }
  const count = new Map<string, number>();
  for (const name of byId.values()) count.set(name, (count.get(name) ?? 0) + 1);
  return { byId, count };
}
