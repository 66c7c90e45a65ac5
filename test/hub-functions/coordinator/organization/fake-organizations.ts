import {
  ChildNotFoundException,
  OrganizationsClient,
  ParentNotFoundException,
} from '@aws-sdk/client-organizations';
import type { TreeNode } from '../../../../ledger/organization/organization-tree';
import { stubbed } from '../../../support/stubbed-client';

/** AWS Organizations lists so many a page. */
const pageSize = 20;

/** An organization that tests change at will, and the calls that were made of it. */
export class FakeOrganizations {
  readonly rootId = 'r-root';
  readonly units = new Map<string, TreeNode>();
  readonly accounts = new Map<string, TreeNode>();
  /** `ListParents 222222222222`, in order. */
  readonly calls: string[] = [];
  /** What every call fails with. */
  error: Error | undefined;
  /** What every call of an operation is answered with instead. */
  readonly answers = new Map<string, unknown>();
  /** Happens at each call, before its answer is made. */
  onCall: (call: string) => unknown = () => {};

  addUnit(id: string, name: string, parentId = this.rootId): this {
    this.units.set(id, { id, name, parentId });
    return this;
  }

  addAccount(id: string, name: string, parentId = this.rootId): this {
    this.accounts.set(id, { id, name, parentId });
    return this;
  }

  /** How many calls of an operation were made. */
  count(operation: string): number {
    return this.calls.filter((call) => call.split(' ')[0] === operation).length;
  }

  /** How often the whole organization was read, or begun to be. */
  get readings(): number {
    return this.count('ListRoots');
  }

  client(): OrganizationsClient {
    return stubbed(new OrganizationsClient({ region: 'eu-west-1' }), async (command, input) => {
      const operation = command.replace('Command', '');
      const call = [operation, input.ParentId ?? input.ChildId].filter(Boolean).join(' ');
      this.calls.push(call);
      await this.onCall(call);
      if (this.error) throw this.error;
      return this.answers.get(operation) ?? this.answer(operation, input);
    });
  }

  private answer(operation: string, { ParentId, ChildId, NextToken }: Record<string, unknown>): unknown {
    switch (operation) {
      case 'ListRoots':
        return { Roots: [{ Id: this.rootId, Name: 'Root' }] };
      case 'ListOrganizationalUnitsForParent':
        return paged('OrganizationalUnits', this.below(this.units, ParentId), NextToken);
      case 'ListAccountsForParent':
        return paged('Accounts', this.below(this.accounts, ParentId), NextToken);
      case 'ListParents':
        return { Parents: [this.parentOf(String(ChildId))] };
      default:
        throw new Error(`Nobody may call ${operation}.`);
    }
  }

  private below(nodes: ReadonlyMap<string, TreeNode>, parentId: unknown) {
    if (parentId !== this.rootId && !this.units.has(String(parentId)))
      throw new ParentNotFoundException({ message: 'none', $metadata: {} });
    return [...nodes.values()]
      .filter((node) => node.parentId === parentId)
      .map(({ id, name }) => ({ Id: id, Name: name }));
  }

  private parentOf(childId: string) {
    const child = this.accounts.get(childId);
    if (!child) throw new ChildNotFoundException({ message: 'none', $metadata: {} });
    return { Id: child.parentId, Type: child.parentId === this.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT' };
  }
}

function paged(name: string, all: readonly unknown[], token: unknown) {
  const from = Number(token ?? 0);
  const next = from + pageSize;
  return { [name]: all.slice(from, next), ...(next < all.length && { NextToken: String(next) }) };
}
