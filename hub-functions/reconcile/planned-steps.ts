import type { PlannedCoverage } from '../../config/planned-coverage';
import { groupedBy } from '../../core/grouped';
import type { StackSetKind } from '../../core/names';
import type { StackInstance } from './stack-instance';

/** How many accounts one operation changes at the most, so that what a wrong policy takes away is seen before it is all gone. */
export const accountsAtOnce = 100;

/** One operation on a stack set, of several that may follow each other: its stacks of these accounts in these Regions are removed, or tried again. */
export interface ReconcileStep {
  what: 'remove' | 'retry';
  stackSet: string;
  /** Sorted; at most `accountsAtOnce`. */
  accountIds: string[];
  /** The units through which the stack set reached them, sorted. */
  unitIds: string[];
  /** Sorted. */
  regions: string[];
}

/** A stack that is not as it should be: one that should be there and has failed, or one that is inoperable. */
export interface FailedInstance {
  stackSet: string;
  accountId: string;
  region: string;
  /** AWS's words; empty where it said nothing. */
  reason: string;
  /** Set where it is inoperable: the unit through which the stack set reached the account, which deleting it names. */
  inoperableIn?: string;
}

/** What a reconcile does, and what it tells. */
export interface ReconcilePlan {
  steps: ReconcileStep[];
  failed: FailedInstance[];
}

/**
 * What has to be done so that the stacks are where the policy has them. Pure.
 *
 * Auto-deployment looks at no account filter, so that an account that is excluded gets stacks all the same when it joins a unit or
 * moves: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
 *
 * What cannot be told removes nothing: an account that the plan does not know, or about which the policy is not resolved, keeps what it has; the
 * policy that says so has to be the one that placed the stack set: a deployment changes the hub last, and what the policy before removes, no
 * later deployment brings back. The role that fixes is left where it is as long as the account is covered: a fix may have to be undone.
 * @param plan what the policy has deployed into each account
 * @param instances all stacks of Staunch's stack sets
 */
export function plannedSteps(
  plan: readonly PlannedCoverage[],
  instances: readonly StackInstance[],
): ReconcilePlan {
  const accounts = new Map(plan.map((account) => [account.accountId, account]));
  const removed: StackInstance[] = [];
  const retried: StackInstance[] = [];
  const failed: StackInstance[] = [];
  const there = new Set(instances.map((instance) => placeOf(instance, instance.pilot)));
  /** The rest's in an account of the pilot, or the other way round, where the right one is there too: what they make has the same names. */
  const isInTheWay = (instance: StackInstance, { pilot }: PlannedCoverage) =>
    instance.pilot !== pilot && there.has(placeOf(instance, pilot));
  for (const instance of instances) {
    const account = accounts.get(instance.accountId);
    if (account === undefined || account.state === 'suspended' || instance.state === 'suspended') continue;
    const stays =
      instance.placedOtherwise || (belongs(instance.kind, account) && !isInTheWay(instance, account));
    if (!stays) {
      if (instance.state !== 'running') removed.push(instance);
    } else if (instance.state === 'failed') retried.push(instance);
    // The only operation that AWS takes deletes it. Where it should be gone, that is tried again; where it should be there, what works of
    // it would go, too, so that a person decides.
    if (instance.state === 'inoperable' || (stays && instance.state === 'failed')) failed.push(instance);
  }
  return {
    steps: [...stepsOf('remove', removed), ...stepsOf('retry', retried)],
    failed: failed.map(({ stackSet, accountId, region, reason, state, unitId }) => ({
      ...{ stackSet, accountId, region, reason },
      ...(state === 'inoperable' && { inoperableIn: unitId }),
    })),
  };
}

/** Whether a stack set's stack should be in an account. */
function belongs(kind: StackSetKind, { state, recorder, unresolved }: PlannedCoverage): boolean {
  if (state !== 'covered') return false;
  if (unresolved !== undefined) return true;
  if (kind === 'recorder') return recorder === 'own';
  return kind !== 'rules' || recorder !== 'none';
}

/** What a stack set of the pilot, or of the rest, has in an account and Region. */
function placeOf({ kind, accountId, region }: StackInstance, pilot: boolean): string {
  return [kind, pilot, accountId, region].join(' ');
}

/** An operation takes accounts and Regions, and works on each pair: those with the same Regions go together, so many at once. */
function stepsOf(what: ReconcileStep['what'], instances: readonly StackInstance[]): ReconcileStep[] {
  const bySet = groupedBy(instances, ({ stackSet }) => stackSet);
  return [...bySet].flatMap(([stackSet, ofSet]) => {
    const byAccount = [...groupedBy(ofSet, ({ accountId }) => accountId)].sort(byFirst);
    const alike = groupedBy(byAccount, ([, some]) => sorted(some.map(({ region }) => region)).join(' '));
    return [...alike].flatMap(([regions, all]) =>
      chunks(all).map((some) => ({
        ...{ what, stackSet, regions: regions.split(' ') },
        accountIds: some.map(([accountId]) => accountId),
        unitIds: sorted(some.flatMap(([, its]) => its.map(({ unitId }) => unitId))),
      })),
    );
  });
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / accountsAtOnce);
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * accountsAtOnce, (index + 1) * accountsAtOnce),
  );
}

function byFirst([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
