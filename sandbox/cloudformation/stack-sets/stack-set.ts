import { randomUUID } from 'node:crypto';
import type { Place } from '../../events';
import type { Stack } from '../stack';
import type { AccountsUnder } from './accounts';
import { defaultPreferences, type InstancesGroup, type StackSetRequest } from './definition';
import { StackSetError } from './error';
import type { StackInstance } from './instance';
import { type Operation, type OperationResult, placeKey } from './operation';
import { OperationQueue } from './operation-queue';
import type { Outcome } from './run-operation';
import { type ScopeChange, Scopes } from './scopes';

/** What a stack set works with. */
export interface StackSetParts {
  /** Makes a lookup of the organization as it is now. */
  accountsUnder: () => AccountsUnder;
  /** Creates one stack in a place. */
  deploy: (request: StackSetRequest, place: Place) => Promise<Stack>;
  /** Updates a stack to the template that the stack set has now. */
  update: (request: StackSetRequest, stack: Stack, place: Place) => Promise<void>;
  /** Why nothing can be deployed to a place at all; undefined where it can. */
  refusalOf: (place: Place) => string | undefined;
  /** Hears of each instance that failed. */
  failed: (request: StackSetRequest, place: Place, error: unknown) => void;
  now: () => Date;
}

/** What an operation may be asked for, beside its targets. */
export type OperationOptions = Partial<Pick<Operation, 'id' | 'preferences' | 'retainStacks' | 'automatic'>>;

/** An operation that has begun, or waits for another one. */
export interface Begun {
  operation: Operation;
  /** Resolves when it has ended, well or badly. */
  done: Promise<void>;
}

/** Outcome for an account that is suspended: it is passed over, and counts as no failure. */
const suspended: Outcome = { status: 'CANCELLED', reason: 'The account is suspended.' };

/** A stack set with its instances and operations. */
export class StackSet {
  /** By account and Region. */
  readonly instances = new Map<string, StackInstance>();
  readonly queue: OperationQueue;
  readonly scopes = new Scopes();
  private current: StackSetRequest;

  /** @param arn `arn:aws:cloudformation:REGION:ACCOUNT:stackset/NAME:ID` */
  constructor(
    readonly arn: string,
    request: StackSetRequest,
    private readonly parts: StackSetParts,
  ) {
    this.current = request;
    this.queue = new OperationQueue(parts.now);
  }

  get request(): StackSetRequest {
    return this.current;
  }

  /** `NAME:ID` */
  get id(): string {
    return this.arn.slice(this.arn.indexOf('/') + 1);
  }

  /** Gives the accounts of a group their stacks; those that have one that is current keep it. */
  async createInstances(group: InstancesGroup, options: OperationOptions = {}): Promise<Begun> {
    const accounts = await this.accountsOf(group);
    const begun = this.begin('CREATE', accounts.results, options, group, accounts.suspended);
    this.scopes.add(group, accounts.under);
    return begun;
  }

  /** Updates instances that are there: all of a group, or all; one whose stack was never created gets it. */
  async updateInstances(group?: InstancesGroup, options: OperationOptions = {}): Promise<Begun> {
    const results = this.instancesIn(group).filter(({ status }) => status !== 'INOPERABLE');
    const inactive = await this.suspendedAmong(results);
    return this.begin('UPDATE', results.map(resultOf), options, group, inactive);
  }

  /** Deletes instances, of a group or all, with their stacks, or, with `retainStacks`, without them. */
  async deleteInstances(
    group: InstancesGroup | undefined,
    options: OperationOptions & { retainStacks: boolean },
  ): Promise<Begun> {
    const begun = this.begin('DELETE', this.instancesIn(group).map(resultOf), options, group, new Set());
    if (group) this.scopes.remove(group);
    return begun;
  }

  /** Gives the stack set, and every stack of it, another template or other settings. Groups stay as they are. */
  async update(request: StackSetRequest, options: OperationOptions = {}): Promise<Begun> {
    this.queue.requireFree(request.managedExecution);
    this.current = { ...request, groups: this.current.groups };
    for (const instance of this.instances.values()) {
      if (instance.status === 'CURRENT') instance.status = 'OUTDATED';
    }
    return this.updateInstances(undefined, options);
  }

  /** Remembers which groups the stack set's template names now. */
  setGroups(groups: InstancesGroup[]): void {
    this.current = { ...this.current, groups };
  }

  /** Which accounts joined or left its OUs since the last look. One that moved to another of them is a target by that. */
  async look(accountsUnder: AccountsUnder): Promise<ScopeChange> {
    const change = await this.scopes.look(accountsUnder);
    for (const instance of this.instances.values()) {
      const units = this.scopes.unitsOf(instance.place);
      const [first] = units;
      if (first !== undefined && !units.includes(instance.organizationalUnitId)) {
        instance.organizationalUnitId = first;
      }
    }
    return change;
  }

  /** Auto-deployment: removes the stacks of accounts that left, unless the stack set retains them. */
  async release({ left }: ScopeChange): Promise<void> {
    const retainStacks = this.request.autoDeployment.retainStacksOnAccountRemoval;
    const places = left.filter((place) => this.instances.has(placeKey(place)));
    await this.runForEachAccount('DELETE', places, { automatic: true, retainStacks });
  }

  /**
   * Auto-deployment: creates the stacks of accounts that joined. Account filters and preferences do not count here:
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
   */
  async enroll({ joined }: ScopeChange): Promise<void> {
    await this.runForEachAccount('CREATE', joined, { automatic: true });
  }

  /** Whether the account was under one of the stack set's OUs at the last look, and no filter left it out. */
  targets(accountId: string): boolean {
    return this.scopes.placesOf(accountId).length > 0;
  }

  /** Whether the account has the stack of every Region for which it is a target. */
  covers(accountId: string): boolean {
    return this.scopes
      .placesOf(accountId)
      .every((place) => this.instances.get(placeKey(place))?.status === 'CURRENT');
  }

  private async runForEachAccount(
    action: Operation['action'],
    places: readonly (Place & { organizationalUnitId: string })[],
    options: OperationOptions,
  ): Promise<void> {
    const accounts = [...new Set(places.map(({ accountId }) => accountId))];
    const begun = accounts.map((account) => {
      const results = places.filter(({ accountId }) => accountId === account).map(pending);
      const targets = groupOf(results);
      return this.begin(action, results, options, targets, new Set());
    });
    await Promise.all(begun.map(({ done }) => done));
  }

  private begin(
    action: Operation['action'],
    results: readonly OperationResult[],
    options: OperationOptions,
    targets: InstancesGroup | undefined,
    inactive: ReadonlySet<string>,
  ): Begun {
    const operation: Operation = {
      automatic: false,
      preferences: defaultPreferences,
      id: randomUUID(),
      ...options,
      action,
      ...(targets && { targets }),
      status: 'QUEUED',
      createdAt: this.parts.now(),
      results,
    };
    const { managedExecution } = this.request;
    this.queue.admit(operation, managedExecution);
    for (const result of results) this.note(operation, result);
    const done = this.queue
      .add(operation, managedExecution, (result) =>
        this.act(operation, result, inactive.has(result.accountId)),
      )
      .then(() => this.noteCancelled(operation));
    return { operation, done };
  }

  /** An instance is there from the moment at which an operation is asked for it. */
  private note(operation: Operation, result: OperationResult): void {
    const { accountId, region, organizationalUnitId } = result;
    const key = placeKey(result);
    const known = this.instances.get(key);
    if (known) Object.assign(known, { lastOperationId: operation.id, detailedStatus: 'PENDING' });
    else {
      this.instances.set(key, {
        place: { accountId, region },
        organizationalUnitId,
        status: 'OUTDATED',
        detailedStatus: 'PENDING',
        lastOperationId: operation.id,
      });
    }
  }

  private noteCancelled({ id, results }: Operation): void {
    for (const result of results) {
      const instance = this.instances.get(placeKey(result));
      if (instance?.lastOperationId !== id || instance.detailedStatus !== 'PENDING') continue;
      instance.detailedStatus = 'CANCELLED';
      if (result.reason !== undefined) instance.statusReason = result.reason;
    }
  }

  private async act(operation: Operation, result: OperationResult, isSuspended: boolean): Promise<Outcome> {
    const instance = this.instances.get(placeKey(result));
    if (!instance) return { status: 'SUCCEEDED' };
    instance.detailedStatus = 'RUNNING';
    if (isSuspended) {
      instance.detailedStatus = 'SKIPPED_SUSPENDED_ACCOUNT';
      return suspended;
    }
    try {
      if (operation.action === 'DELETE') await this.deleteOne(instance, operation.retainStacks === true);
      else await this.bringUp(instance, operation.action);
      return { status: 'SUCCEEDED' };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      instance.status = operation.action === 'DELETE' ? 'INOPERABLE' : 'OUTDATED';
      instance.detailedStatus = operation.action === 'DELETE' ? 'INOPERABLE' : 'FAILED';
      instance.statusReason = reason;
      this.parts.failed(this.request, instance.place, error);
      return { status: 'FAILED', reason };
    }
  }

  private async bringUp(instance: StackInstance, action: Operation['action']): Promise<void> {
    const { place, stack, status } = instance;
    const refusal = this.parts.refusalOf(place);
    if (refusal !== undefined) throw new StackSetError('ValidationError', refusal);
    if (!stack) instance.stack = await this.parts.deploy(this.request, place);
    else if (action === 'UPDATE' || status !== 'CURRENT') await this.parts.update(this.request, stack, place);
    instance.status = 'CURRENT';
    instance.detailedStatus = 'SUCCEEDED';
    delete instance.statusReason;
  }

  private async deleteOne(instance: StackInstance, retain: boolean): Promise<void> {
    if (!retain) await instance.stack?.remove();
    this.instances.delete(placeKey(instance.place));
  }

  private async accountsOf(group: InstancesGroup) {
    const accountsUnder = this.parts.accountsUnder();
    const under = await Promise.all(
      group.organizationalUnitIds.map(async (id) => ({ id, accounts: await accountsUnder(id) })),
    );
    const seen = new Map<string, OperationResult>();
    const inactive = new Set<string>();
    for (const { id, accounts } of under) {
      for (const [accountId, isActive] of accounts) {
        if (!isActive) inactive.add(accountId);
        if (!passes(accountId, group)) continue;
        for (const region of group.regions) {
          const result = pending({ accountId, region, organizationalUnitId: id });
          if (!seen.has(placeKey(result))) seen.set(placeKey(result), result);
        }
      }
    }
    return { under, results: [...seen.values()], suspended: inactive };
  }

  private instancesIn(group: InstancesGroup | undefined): StackInstance[] {
    return [...this.instances.values()].filter(
      ({ place, organizationalUnitId }) =>
        group === undefined ||
        (group.organizationalUnitIds.includes(organizationalUnitId) &&
          group.regions.includes(place.region) &&
          passes(place.accountId, group)),
    );
  }

  private async suspendedAmong(instances: readonly StackInstance[]): Promise<Set<string>> {
    const accountsUnder = this.parts.accountsUnder();
    const units = [...new Set(instances.map(({ organizationalUnitId }) => organizationalUnitId))];
    const under = await Promise.all(units.map((id) => accountsUnder(id)));
    return new Set(under.flatMap((accounts) => [...accounts].flatMap(([id, active]) => (active ? [] : id))));
  }
}

function passes(accountId: string, { accountFilter }: InstancesGroup): boolean {
  const named = accountFilter.accountIds.includes(accountId);
  if (accountFilter.type === 'INTERSECTION') return named;
  return accountFilter.type === 'NONE' || !named;
}

function pending({
  accountId,
  region,
  organizationalUnitId,
}: Place & { organizationalUnitId: string }): OperationResult {
  return { accountId, region, organizationalUnitId, status: 'PENDING' };
}

function resultOf({ place, organizationalUnitId }: StackInstance): OperationResult {
  return pending({ ...place, organizationalUnitId });
}

function groupOf(results: readonly OperationResult[]): InstancesGroup {
  return {
    organizationalUnitIds: [...new Set(results.map(({ organizationalUnitId }) => organizationalUnitId))],
    accountFilter: {
      type: 'INTERSECTION',
      accountIds: [...new Set(results.map(({ accountId }) => accountId))],
    },
    regions: [...new Set(results.map(({ region }) => region))],
  };
}
