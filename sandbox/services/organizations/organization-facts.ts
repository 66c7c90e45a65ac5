/** A delegated administrator, as the Organizations API shows it. */
export interface Delegation {
  accountId: string;
  servicePrincipal: string;
  /** Epoch seconds. */
  enabledAt: number;
}

/** What the gateway learned of the organization. There is one at most. */
export class OrganizationFacts {
  id: string | undefined;
  managementAccountId: string | undefined;
  readonly accounts = new Set<string>();
  readonly delegations: Delegation[] = [];

  /** The organization's id when the account belongs to it. */
  idFor(accountId: string): string | undefined {
    return this.accounts.has(accountId) ? this.id : undefined;
  }

  isDelegatedAdministrator(accountId: string): boolean {
    return this.delegations.some((delegation) => delegation.accountId === accountId);
  }
}
