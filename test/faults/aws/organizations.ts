import {
  AccountNotFoundException,
  ChildNotFoundException,
  type DescribeAccountCommandInput,
  type DescribeOrganizationalUnitCommandInput,
  type ListAccountsCommandInput,
  type ListAccountsForParentCommandInput,
  type ListOrganizationalUnitsForParentCommandInput,
  type ListParentsCommandInput,
  type ListRootsCommandInput,
  OrganizationalUnitNotFoundException,
  ParentNotFoundException,
} from '@aws-sdk/client-organizations';
import type { Commands } from './commands';
import { pageOf } from './page';

interface Node {
  name: string;
  /** Id of what it lies in. */
  parent: string;
}

/**
 * An organization in memory, which people may change at any time.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/Welcome.html
 */
export class Organizations {
  readonly rootId = 'r-root';
  readonly #units = new Map<string, Node>();
  readonly #accounts = new Map<string, Node>();
  /** How many a page holds; those of ListAccounts hold 20 at most. */
  pageSize = 20;

  /** Adds an organizational unit, or changes its name or place. */
  addUnit(id: string, name = id, parent = this.rootId): void {
    this.#units.set(id, { name, parent });
  }

  /** Removes an organizational unit. */
  removeUnit(id: string): void {
    this.#units.delete(id);
  }

  /** Adds an account, or changes its name or moves it. */
  addAccount(id: string, name = `account-${id}`, parent = this.rootId): void {
    this.#accounts.set(id, { name, parent });
  }

  /** An account leaves the organization. */
  removeAccount(id: string): void {
    this.#accounts.delete(id);
  }

  /** Moves an account. */
  moveAccount(id: string, parent: string): void {
    this.addAccount(id, this.#accounts.get(id)?.name, parent);
  }

  /** Whether an account belongs to the organization. */
  isMember(accountId: string): boolean {
    return this.#accounts.has(accountId);
  }

  /** What a client of Organizations sends. */
  readonly commands: Commands = {
    ListParents: ({ ChildId = '' }: ListParentsCommandInput) => {
      const child = this.#accounts.get(ChildId) ?? this.#units.get(ChildId);
      if (!child) throw new ChildNotFoundException(told(`There is no child with the id ${ChildId}.`));
      const Type = child.parent === this.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
      return { Parents: [{ Id: child.parent, Type }] };
    },
    ListRoots: ({ NextToken }: ListRootsCommandInput) => {
      const { page, next } = pageOf([{ Id: this.rootId, Name: 'Root' }], NextToken, this.pageSize);
      return { Roots: page, ...(next && { NextToken: next }) };
    },
    ListOrganizationalUnitsForParent: (input: ListOrganizationalUnitsForParentCommandInput) => {
      const { page, next } = pageOf(
        this.#in(input.ParentId, this.#units),
        input.NextToken,
        this.#size(input),
      );
      return { OrganizationalUnits: page, ...(next && { NextToken: next }) };
    },
    ListAccountsForParent: (input: ListAccountsForParentCommandInput) => {
      const { page, next } = pageOf(
        this.#in(input.ParentId, this.#accounts),
        input.NextToken,
        this.#size(input),
      );
      return { Accounts: page.map(described), ...(next && { NextToken: next }) };
    },
    ListAccounts: (input: ListAccountsCommandInput) => {
      const { page, next } = pageOf(idsAndNames(this.#accounts), input.NextToken, this.#size(input));
      return { Accounts: page.map(described), ...(next && { NextToken: next }) };
    },
    DescribeAccount: ({ AccountId = '' }: DescribeAccountCommandInput) => {
      const account = this.#accounts.get(AccountId);
      if (!account) throw new AccountNotFoundException(told(`There is no account ${AccountId}.`));
      return { Account: described({ Id: AccountId, Name: account.name }) };
    },
    DescribeOrganizationalUnit: ({
      OrganizationalUnitId: Id = '',
    }: DescribeOrganizationalUnitCommandInput) => {
      const unit = this.#units.get(Id);
      if (!unit) throw new OrganizationalUnitNotFoundException(told(`There is no unit ${Id}.`));
      return { OrganizationalUnit: { Id, Name: unit.name } };
    },
  };

  #size({ MaxResults = 20 }: { MaxResults?: number | undefined }): number {
    return Math.min(MaxResults, this.pageSize);
  }

  #in(parent: string | undefined, nodes: ReadonlyMap<string, Node>): { Id: string; Name: string }[] {
    if (parent !== this.rootId && !this.#units.has(parent ?? '')) {
      throw new ParentNotFoundException(told(`There is no parent ${parent}.`));
    }
    return idsAndNames(new Map([...nodes].filter(([, node]) => node.parent === parent)));
  }
}

function idsAndNames(nodes: ReadonlyMap<string, Node>): { Id: string; Name: string }[] {
  return [...nodes].map(([Id, { name }]) => ({ Id, Name: name }));
}

function described(account: { Id: string; Name: string }) {
  return { ...account, Status: 'ACTIVE', State: 'ACTIVE' };
}

function told(message: string) {
  return { message, $metadata: { httpStatusCode: 400, attempts: 1 } };
}
