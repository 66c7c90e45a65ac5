import { groupedBy } from '../../../core/grouped';
import { type StackSetKind, stackSetKinds, stackSetName } from '../../../core/names';
import type { ExpectedAccount, InstanceFacts } from '../../doctor/deployed/facts';
import { coveredIn } from '../../doctor/deployed/judges/places-of';

/** So many accounts one operation takes. */
const accountsAtOnce = 500;

/** One operation on a stack set: its stacks of these accounts in these Regions. */
export interface InstanceOperation {
  stackSet: string;
  /** Sorted. */
  accountIds: string[];
  /** The units through which the set reached them, sorted. */
  unitIds: string[];
  /** Sorted. */
  regions: string[];
}

/** What has to be done so that failed stacks may succeed. */
export interface PlannedRetries {
  /** Stacks that are made again, in the order in which sets wait for each other. */
  creations: InstanceOperation[];
  /** How many stacks have failed. */
  failed: number;
  /** Whether an operation works on some stack that is looked at. */
  isUnderWay: boolean;
}

interface Place {
  stackSet: string;
  accountId: string;
  unitId: string;
  region: string;
}

/** Names of all sets of a kind. */
const namesOf = (kind: StackSetKind): string[] =>
  [true, false].flatMap((pilot) => [true, false].map((accounts) => stackSetName(kind, { accounts, pilot })));

const restSetNames: readonly string[] = stackSetKinds.flatMap((kind) =>
  [true, false].map((accounts) => stackSetName(kind, { accounts })),
);

/** Names of all sets that there may be, those on which others depend first. */
export const allSetNames: readonly string[] = stackSetKinds.flatMap(namesOf);

/**
 * Which stacks have failed and may be made again. Pure.
 * @param accounts that are looked at
 * @param instances by the names of their sets; sets that do not exist are missing
 */
export function plannedRetries(
  accounts: readonly ExpectedAccount[],
  instances: ReadonlyMap<string, readonly InstanceFacts[]>,
): PlannedRetries {
  const found = new Map(
    [...instances].flatMap(([stackSet, some]) =>
      some.map((instance) => [keyOf(stackSet, instance.accountId, instance.region), instance] as const),
    ),
  );
  const failed: Place[] = [];
  let isUnderWay = false;
  for (const { accountId, unitId, sets } of coveredIn(accounts)) {
    for (const { names, regions } of sets) {
      for (const region of regions) {
        const at = (stackSet: string) => found.get(keyOf(stackSet, accountId, region));
        const states = names.map((stackSet) => ({ stackSet, state: stateOf(at(stackSet)) }));
        if (states.some(({ state }) => state === 'running')) isUnderWay = true;
        if (states.some(({ state }) => state !== 'failed' && state !== 'missing')) continue;
        const failing = states.find(({ state }) => state === 'failed');
        if (failing === undefined) continue;
        const placeIn = (stackSet: string): Place => ({
          stackSet,
          accountId,
          unitId: at(stackSet)?.unitId || unitId,
          region,
        });
        failed.push(placeIn(failing.stackSet));
      }
    }
  }
  return {
    creations: operationsOf(failed),
    failed: failed.length,
    isUnderWay,
  };
}

/** What the rest's sets have in accounts that become the pilot's. */
export interface PlannedWay {
  /** What uses a role goes before it. */
  removals: InstanceOperation[];
  /** Whether an operation works on some of it. */
  isUnderWay: boolean;
}

/**
 * What has to go before the pilot's sets come into accounts that were of the rest: the names of roles and rules are the same. What both
 * had would otherwise go with the rest's, also where making it a second time did not fail. Pure.
 * @param pilot accounts of the pilot
 * @param instances by the names of their sets
 */
export function plannedWay(
  pilot: readonly ExpectedAccount[],
  instances: ReadonlyMap<string, readonly InstanceFacts[]>,
): PlannedWay {
  const ofPilot = new Map(coveredIn(pilot).map(({ accountId, unitId }) => [accountId, unitId]));
  const found = restSetNames.flatMap((stackSet) =>
    (instances.get(stackSet) ?? []).flatMap((instance): (Place & { state: string })[] => {
      const unitId = ofPilot.get(instance.accountId);
      if (unitId === undefined) return [];
      const { accountId, region } = instance;
      return [{ stackSet, accountId, region, unitId: instance.unitId || unitId, state: stateOf(instance) }];
    }),
  );
  return {
    removals: operationsOf(found).toReversed(),
    isUnderWay: found.some(({ state }) => state === 'running'),
  };
}

/**
 * AWS takes no update of an inoperable stack: a person has to remove it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceSummary.html
 */
function stateOf(instance: InstanceFacts | undefined): 'missing' | 'current' | 'running' | 'failed' | 'left' {
  if (instance === undefined) return 'missing';
  const { status, detailed } = instance;
  if (detailed === 'RUNNING' || detailed === 'PENDING') return 'running';
  if (status === 'INOPERABLE' || detailed === 'SKIPPED_SUSPENDED_ACCOUNT') return 'left';
  return status === 'CURRENT' ? 'current' : 'failed';
}

/** An operation works on each pair of its accounts and Regions: accounts with the same Regions go together. */
function operationsOf(places: readonly Place[]): InstanceOperation[] {
  const bySet = groupedBy(places, ({ stackSet }) => stackSet);
  return allSetNames.flatMap((stackSet) => {
    const byAccount = [...groupedBy(bySet.get(stackSet) ?? [], ({ accountId }) => accountId).values()];
    const alike = groupedBy(byAccount, (some) => sorted(some.map(({ region }) => region)).join(' '));
    return [...alike].flatMap(([regions, all]) =>
      chunks(all).map((some) => ({
        stackSet,
        accountIds: sorted(some.flatMap((its) => its.map(({ accountId }) => accountId))),
        unitIds: sorted(some.flatMap((its) => its.map(({ unitId }) => unitId))),
        regions: regions.split(' '),
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

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

function keyOf(stackSet: string, accountId: string, region: string): string {
  return `${stackSet} ${accountId} ${region}`;
}
