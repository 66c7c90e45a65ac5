import { isClosedAccount } from '../core/closed-account';
import type { CompiledPolicy } from './compiled';
import { namedPlaces, type Placement } from './named-places';
import type { RecorderMode } from './recorder';
import { resolve, resolveAt } from './resolve';
import type { SavedAccount } from './saved-structure';
import type { StructurePlaces } from './structure-places';
import { UnresolvedPolicyError } from './unresolved';

/**
 * Whether an account is covered, and if not, why: `outside` lies under no target, `excluded` the policy leaves out, `management` is
 * out of stack sets' reach, and in what is `suspended`, or closed, nothing runs.
 */
export type PlannedState = 'covered' | 'excluded' | 'outside' | 'management' | 'suspended';

/** What the policy has deployed into an account. What is not `covered` gets nothing. */
export interface PlannedCoverage {
  /** Twelve digits. */
  accountId: string;
  name: string;
  state: PlannedState;
  recorder: RecorderMode;
  /** Whether some control may change something there: the flag of one is not `off`. False where that cannot be told. */
  remediation: boolean;
  /** Why that cannot be told. */
  unresolved?: string;
  /** Whether it is deployed to first. */
  pilot: boolean;
}

/** What the policy has deployed into an account that joins a unit, and of which the policy says nothing itself. */
export type NewcomerCoverage = Omit<PlannedCoverage, 'accountId' | 'name'>;

/** Tells what a policy has deployed where. */
export interface CoveragePlan {
  account(account: SavedAccount): PlannedCoverage;
  /** @param unitId of a unit, or of the root */
  newcomer(unitId: string): NewcomerCoverage;
}

/**
 * Tells by one structure of the organization what a policy has deployed where. Pure.
 * @throws UnresolvedPolicyError when the policy's targets, pilot or recorders name a path that means no unit, or several
 */
export function coveragePlan(policy: CompiledPolicy, places: StructurePlaces): CoveragePlan {
  const named = namedPlaces(policy, places);
  const planned = (
    placement: Placement,
    flags: (controlId: string) => string,
    outOfReach: PlannedState | undefined,
  ) => {
    const { isTarget, isExcluded, isPilot, recorder } = placement;
    const state = outOfReach ?? (isExcluded ? 'excluded' : isTarget ? 'covered' : 'outside');
    return { state, recorder, ...remediationBy(policy, flags), pilot: isPilot };
  };
  return {
    account(account) {
      const { id, name, parentId, status } = account;
      const place = places.placeOf(account);
      const closed = isClosedAccount({ Status: status }) ? 'suspended' : undefined;
      const outOfReach = id === policy.organization.managementAccount ? 'management' : closed;
      const ids = [id, ...places.chainOf(parentId).map((unit) => unit.id)];
      const flags = (controlId: string) => resolve(policy, place, controlId).flag;
      return { accountId: id, name, ...planned(named.of(ids), flags, outOfReach) };
    },
    newcomer(unitId) {
      const path = places.chainOf(unitId);
      const flags = (controlId: string) => resolveAt(policy, path, controlId).flag;
      return planned(named.of(path.map(({ id }) => id)), flags, undefined);
    },
  };
}

function remediationBy(
  { parameterDefaults }: CompiledPolicy,
  flagOf: (controlId: string) => string,
): Pick<PlannedCoverage, 'remediation' | 'unresolved'> {
  try {
    return { remediation: Object.keys(parameterDefaults).some((controlId) => flagOf(controlId) !== 'off') };
  } catch (error) {
    if (!(error instanceof UnresolvedPolicyError)) throw error;
    return { remediation: false, unresolved: error.message };
  }
}
