import type { Place } from '../../events';
import type { Stack } from '../stack';
import type { AccountsUnder } from './accounts';
import type { InstancesGroup, StackSetRequest } from './definition';
import { runPool } from './pool';

/** How many accounts get stacks at the same time. More would only queue up in moto, which works on one call at a time. */
const concurrentAccounts = 8;

/** Accounts that came under a group's OUs, or left them, since the last look. */
interface Change {
  group: InstancesGroup;
  joined: string[];
  left: string[];
}

/** A stack set and its stacks. Operations on it have to follow each other. */
export class StackSet {
  /** The stacks, by account and Region. */
  private readonly stacks = new Map<string, { stack: Stack; place: Place }>();
  private current: StackSetRequest;
  /** The accounts under each group's OUs at the last look, whatever its account filter says. */
  private readonly scopes = new Map<InstancesGroup, ReadonlySet<string>>();

  /**
   * @param arn `arn:aws:cloudformation:REGION:ACCOUNT:stackset/NAME:ID`
   * @param deploy Creates the stack set's stack in a place.
   */
  constructor(
    readonly arn: string,
    request: StackSetRequest,
    private readonly deploy: (request: StackSetRequest, place: Place) => Promise<Stack>,
  ) {
    this.current = request;
  }

  get request(): StackSetRequest {
    return this.current;
  }

  /**
   * Gives every stack another template; accounts that join later get it too. Nothing else of the request may differ.
   * @param update Updates one stack.
   */
  async update(
    request: StackSetRequest,
    update: (request: StackSetRequest, stack: Stack, place: Place) => Promise<void>,
  ): Promise<void> {
    // The accounts under each group are remembered by the group.
    this.current = { ...request, groups: this.current.groups };
    await runPool([...this.stacks.values()], concurrentAccounts, ({ stack, place }) =>
      update(request, stack, place),
    );
  }

  /** Creates the stacks that the stack set is created with. */
  async createInstances(accountsUnder: AccountsUnder): Promise<void> {
    const wanted = (await this.look(accountsUnder)).flatMap(({ group, joined }) =>
      joined.filter((accountId) => passes(accountId, group)).map((accountId) => ({ accountId, group })),
    );
    await this.createIn(wanted);
  }

  /** Removes the stacks of accounts that left, unless the stack set retains them. Comes before `enroll`. */
  async release(changes: readonly Change[]): Promise<void> {
    const covered = new Set(
      [...this.scopes].flatMap(([{ regions }, accountIds]) =>
        [...accountIds].flatMap((accountId) => regions.map((region) => instanceKey({ accountId, region }))),
      ),
    );
    for (const { group, left } of changes) {
      const keys = left.flatMap((accountId) =>
        group.regions.map((region) => instanceKey({ accountId, region })),
      );
      for (const key of keys.filter((candidate) => !covered.has(candidate))) {
        const stack = this.stacks.get(key)?.stack;
        this.stacks.delete(key);
        if (!this.request.autoDeployment.retainStacksOnAccountRemoval) await stack?.remove();
      }
    }
  }

  /**
   * Creates the stacks of accounts that joined. Account filters do not count here:
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
   */
  async enroll(changes: readonly Change[]): Promise<void> {
    await this.createIn(
      changes.flatMap(({ group, joined }) => joined.map((accountId) => ({ accountId, group }))),
    );
  }

  /**
   * Looks which accounts are under the OUs now, remembers them, and tells what changed since the last look. One that is suspended has
   * not left, and is skipped: it gets no stacks and keeps those that it has.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceComprehensiveStatus.html
   */
  async look(accountsUnder: AccountsUnder): Promise<Change[]> {
    return Promise.all(
      this.request.groups.map(async (group) => {
        const before = this.scopes.get(group) ?? new Set();
        const under = await Promise.all(group.organizationalUnitIds.map(accountsUnder));
        const standing = under.flatMap((accounts) => [...accounts]);
        const now = new Set(standing.flatMap(([id, isActive]) => (isActive || before.has(id) ? [id] : [])));
        this.scopes.set(group, now);
        return {
          group,
          joined: [...now].filter((accountId) => !before.has(accountId)),
          left: [...before].filter((accountId) => !now.has(accountId)),
        };
      }),
    );
  }

  /** Whether the account was under one of the stack set's OUs at the last look. */
  targets(accountId: string): boolean {
    return [...this.scopes.values()].some((scope) => scope.has(accountId));
  }

  /** Whether the account has the stack of every Region for which it is a target. */
  covers(accountId: string): boolean {
    return [...this.scopes]
      .filter(([, scope]) => scope.has(accountId))
      .every(([{ regions }]) =>
        regions.every((region) => this.stacks.has(instanceKey({ accountId, region }))),
      );
  }

  private async createIn(wanted: readonly { accountId: string; group: InstancesGroup }[]): Promise<void> {
    const regionsOf = new Map<string, Set<string>>();
    for (const { accountId, group } of wanted) {
      const regions = regionsOf.get(accountId) ?? new Set();
      regionsOf.set(accountId, regions);
      for (const region of group.regions) {
        if (!this.stacks.has(instanceKey({ accountId, region }))) regions.add(region);
      }
    }
    await runPool([...regionsOf], concurrentAccounts, async ([accountId, regions]) => {
      await Promise.all(
        [...regions].map(async (region) => {
          const place = { accountId, region };
          this.stacks.set(instanceKey(place), { stack: await this.deploy(this.request, place), place });
        }),
      );
    });
  }
}

function instanceKey({ accountId, region }: Place): string {
  return `${accountId}/${region}`;
}

function passes(accountId: string, { accountFilter }: InstancesGroup): boolean {
  const named = accountFilter.accountIds.includes(accountId);
  if (accountFilter.type === 'INTERSECTION') return named;
  return accountFilter.type === 'NONE' || !named;
}
