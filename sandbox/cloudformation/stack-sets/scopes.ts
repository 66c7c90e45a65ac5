import type { Place } from '../../events';
import type { AccountsUnder, StandingAccounts } from './accounts';
import type { InstancesGroup } from './definition';
import { placeKey } from './operation';

/** An account and Region that auto-deployment is about, and the OU by which it is. */
type ScopedPlace = Place & { organizationalUnitId: string };

/** Accounts that came under a stack set's OUs, or left them all, since the last look. */
export interface ScopeChange {
  joined: ScopedPlace[];
  left: ScopedPlace[];
}

interface Scope {
  regions: Set<string>;
  /** The accounts under the OU at the last look. */
  accounts: Set<string>;
  /** Those that an account filter left out; auto-deployment forgets that when they leave. */
  leftOut: Set<string>;
}

/**
 * The OUs that auto-deployment watches for a stack set, each with its Regions.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackSetAutoDeploymentTargets.html
 */
export class Scopes {
  private readonly byUnit = new Map<string, Scope>();

  /** Ids of the OUs, each with its Regions. */
  get units(): { id: string; regions: string[] }[] {
    return [...this.byUnit].map(([id, { regions }]) => ({ id, regions: [...regions] }));
  }

  /** Watches the OUs of a group from now on. */
  add(group: InstancesGroup, under: readonly { id: string; accounts: StandingAccounts }[]): void {
    const { type, accountIds } = group.accountFilter;
    const isLeftOut = (accountId: string) =>
      type !== 'NONE' && accountIds.includes(accountId) === (type === 'DIFFERENCE');
    for (const { id, accounts } of under) {
      const scope = this.byUnit.get(id) ?? {
        regions: new Set(),
        accounts: new Set(),
        leftOut: new Set(),
      };
      this.byUnit.set(id, scope);
      for (const region of group.regions) scope.regions.add(region);
      for (const [accountId, isActive] of accounts) {
        if (!isActive) continue;
        scope.accounts.add(accountId);
        if (isLeftOut(accountId)) scope.leftOut.add(accountId);
        else scope.leftOut.delete(accountId);
      }
    }
  }

  /** Watches the Regions of a group no more; a group that is about single accounts ends nothing. */
  remove({ organizationalUnitIds, accountFilter, regions }: InstancesGroup): void {
    if (accountFilter.type === 'INTERSECTION') return;
    for (const id of organizationalUnitIds) {
      const scope = this.byUnit.get(id);
      for (const region of regions) scope?.regions.delete(region);
      if (scope?.regions.size === 0) this.byUnit.delete(id);
    }
  }

  /**
   * Looks which accounts are under the OUs now, and remembers them. One that is suspended has not left, and is skipped: it gets no
   * stacks and keeps those that it has.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceComprehensiveStatus.html
   */
  async look(accountsUnder: AccountsUnder): Promise<ScopeChange> {
    const before = this.places();
    await Promise.all(
      [...this.byUnit].map(async ([id, scope]) => {
        const standing = [...(await accountsUnder(id))];
        const now = standing.flatMap(([accountId, isActive]) =>
          isActive || scope.accounts.has(accountId) ? [accountId] : [],
        );
        scope.accounts = new Set(now);
        for (const accountId of scope.leftOut) {
          if (!scope.accounts.has(accountId)) scope.leftOut.delete(accountId);
        }
      }),
    );
    const now = this.places();
    return { joined: withoutThose(now, before), left: withoutThose(before, now) };
  }

  /** The places for which an account was a target at the last look. */
  placesOf(accountId: string): Place[] {
    return [...this.byUnit.values()].flatMap(({ regions, accounts, leftOut }) =>
      accounts.has(accountId) && !leftOut.has(accountId)
        ? [...regions].map((region) => ({ accountId, region }))
        : [],
    );
  }

  /** Ids of the OUs by which a place was a target at the last look. */
  unitsOf({ accountId, region }: Place): string[] {
    return [...this.byUnit].flatMap(([id, { regions, accounts }]) =>
      accounts.has(accountId) && regions.has(region) ? [id] : [],
    );
  }

  private places(): ReadonlyMap<string, ScopedPlace> {
    const all = [...this.byUnit].flatMap(([organizationalUnitId, { regions, accounts }]) =>
      [...accounts].flatMap((accountId) =>
        [...regions].map((region) => ({ accountId, region, organizationalUnitId })),
      ),
    );
    return new Map(all.map((place) => [placeKey(place), place]));
  }
}

function withoutThose(
  places: ReadonlyMap<string, ScopedPlace>,
  others: ReadonlyMap<string, ScopedPlace>,
): ScopedPlace[] {
  return [...places].flatMap(([key, place]) => (others.has(key) ? [] : [place]));
}
