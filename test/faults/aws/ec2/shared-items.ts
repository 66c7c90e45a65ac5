import type { Tag } from '@aws-sdk/client-ec2';
import { type Ec2Permission, permissionOf } from '../../../../resources/kit/share-list/ec2-permissions';
import type { Authorization } from '../authorization';
import type { Caller } from '../commands';
import { Placed } from '../placed';
import { serviceError } from '../service-error';

/** A snapshot or an AMI, as far as it can be shared. */
export interface SharedItem {
  accountId: string;
  region: string;
  createdAt: string;
  permissions: Ec2Permission[];
  tags: Tag[];
}

/** What differs between snapshots and AMIs. */
export interface SharedKind {
  /** In ARNs: `snapshot`. */
  noun: 'snapshot' | 'image';
  /** EC2's code for one that is not there. */
  missing: string;
  /** The states of the setting under which nothing can be shared with everybody. */
  blocking: readonly string[];
}

/**
 * Snapshots or AMIs as they really are, changed as somebody in their account could. Codes:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export class SharedItems {
  readonly #items = new Placed<SharedItem>();
  readonly #blocks = new Map<string, string>();

  constructor(
    private readonly kind: SharedKind,
    private readonly authorization: Authorization,
  ) {}

  /** Makes one, or replaces it. */
  create(id: string, item: Partial<SharedItem> & Pick<SharedItem, 'accountId'>): void {
    const createdAt = '2026-01-01T00:00:00.000Z';
    this.#items.set(id, { region: 'eu-west-1', createdAt, permissions: [], tags: [], ...item });
  }

  /** Deletes one. */
  delete(id: string): void {
    this.#items.delete(id);
  }

  /** One as it really is, to be looked at or changed as somebody in the account could; undefined when it is gone. */
  get(id: string): SharedItem | undefined {
    return this.#items.get(id);
  }

  /** The ids of an account's in a Region. */
  idsIn(accountId: string, region: string): string[] {
    return this.#items.idsIn({ accountId, region });
  }

  /** Turns the account's setting in a Region to a state. */
  block(accountId: string, region: string, state: string): void {
    this.#blocks.set(`${accountId} ${region}`, state);
  }

  /** The state of an account's setting. */
  blockOf(accountId: string, region: string): string {
    return this.#blocks.get(`${accountId} ${region}`) ?? 'unblocked';
  }

  /** Whether everybody is on the list. */
  isPublic(id: string): boolean {
    return this.get(id)?.permissions.some(({ Group }) => Group === 'all') ?? false;
  }

  /** What a session reads of the whole account. */
  checkList(caller: Caller, action: string): string {
    const accountId = caller.session?.accountId ?? '';
    this.authorization.check(caller, { service: 'EC2', action, resources: ['*'], accountId });
    return accountId;
  }

  /** One as its account's calls see it, once the call is allowed. @throws EC2's word that there is none */
  reached(id: string, caller: Caller, action: string): SharedItem {
    const accountId = caller.session?.accountId ?? '';
    const resources = [`arn:aws:ec2:${caller.region}::${this.kind.noun}/${id}`];
    this.authorization.check(caller, { service: 'EC2', action, resources, accountId });
    const item = this.get(id);
    if (item?.accountId === accountId && item.region === caller.region) return item;
    throw serviceError('EC2', this.kind.missing, `The ${this.kind.noun} '${id}' does not exist.`);
  }

  /**
   * Changes who is on a list, all or none. Who is there already, or is not, is no error.
   * @throws EC2's refusal
   */
  modify(id: string, added: readonly Ec2Permission[], removed: readonly Ec2Permission[]): void {
    const item = this.get(id);
    if (!item) throw serviceError('EC2', this.kind.missing, `The ${this.kind.noun} '${id}' does not exist.`);
    const isBlocked = this.kind.blocking.includes(this.blockOf(item.accountId, item.region));
    if (isBlocked && added.some(({ Group }) => Group === 'all')) {
      throw serviceError(
        'EC2',
        'OperationNotPermitted',
        `You can't publicly share this ${this.kind.noun} because block public access is enabled for this account.`,
      );
    }
    const takes = new Set(removed.map(keyOf));
    const held = new Set(item.permissions.map(keyOf));
    item.permissions = [
      ...item.permissions.filter((permission) => !takes.has(keyOf(permission))),
      ...added.filter((permission) => !held.has(keyOf(permission))),
    ];
  }
}

/** The permissions of a call that gives groups and accounts in lists of their own. */
export function permissionsIn(groups: readonly string[] = [], accounts: readonly string[] = []) {
  return [
    ...groups.map(() => permissionOf({ group: 'all' })),
    ...accounts.map((account) => permissionOf({ account })),
  ];
}

function keyOf({ Group, UserId, OrganizationArn, OrganizationalUnitArn }: Ec2Permission): string {
  return Group ?? UserId ?? OrganizationArn ?? OrganizationalUnitArn ?? '';
}
