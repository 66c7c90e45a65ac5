import { compilePolicy } from '../../config/compile';
import type { CompiledPolicy } from '../../config/compiled';
import type { Organization } from '../../config/organization';
import { coveragePlan, type PlannedCoverage, type PlannedState } from '../../config/planned-coverage';
import type { SavedStructure } from '../../config/saved-structure';
import { StructurePlaces } from '../../config/structure-places';
import { UnresolvedPolicyError } from '../../config/unresolved';
import { type StackSetKind, stackSetName } from '../../core/names';
import { OperatorError } from '../errors';
import type { ExpectedAccount } from './deployed/facts';

const whyNot: Readonly<Record<Exclude<PlannedState, 'covered'>, string>> = {
  excluded: 'excluded by the policy',
  management: 'the management account: stack sets do not reach it',
  outside: 'under none of the targets',
  suspended: 'closed or suspended: nothing runs there',
};

/**
 * What the policy has deployed into each account of the organization. Pure.
 * @throws OperatorError when the policy names a path that means no unit, or several
 */
export function expectedAccounts(organization: Organization, structure: SavedStructure): ExpectedAccount[] {
  return accountsByPolicy(compilePolicy(organization), structure);
}

/**
 * The same for whoever holds a compiled policy. Pure.
 * @throws OperatorError as well
 */
export function accountsByPolicy(policy: CompiledPolicy, structure: SavedStructure): ExpectedAccount[] {
  const parents = new Map(structure.accounts.map(({ id, parentId }) => [id, parentId]));
  return planned(policy, structure).map((of) => {
    const { accountId, name, state, recorder } = of;
    return {
      accountId,
      name,
      unitId: parents.get(accountId) ?? structure.rootId,
      ...(state !== 'covered' && { notCovered: whyNot[state] }),
      recorder,
      mayBeDaily: recorder === 'own' && policy.recorder?.frequency === 'daily',
      sets: state === 'covered' ? setsOf(of, policy) : [],
      remediation: of.remediation,
      pilot: of.pilot,
    };
  });
}

function planned(policy: CompiledPolicy, structure: SavedStructure): PlannedCoverage[] {
  try {
    const plan = coveragePlan(policy, new StructurePlaces(structure));
    return structure.accounts.map((account) => plan.account(account));
  } catch (error) {
    if (error instanceof UnresolvedPolicyError) throw new OperatorError(error.message);
    throw error;
  }
}

function setsOf(
  { recorder, remediation, pilot }: PlannedCoverage,
  { hub, regions }: CompiledPolicy,
): ExpectedAccount['sets'] {
  // Single accounts are in a set beside the one that auto-deployment fills.
  const named = (kind: StackSetKind) =>
    [false, true].map((accounts) => stackSetName(kind, { accounts, pilot }));
  return [
    { names: named('access'), regions: [hub.region] },
    ...(remediation ? [{ names: named('remediation'), regions: [hub.region] }] : []),
    { names: named('trail'), regions },
    ...(recorder === 'own' ? [{ names: named('recorder'), regions }] : []),
    ...(recorder === 'none' ? [] : [{ names: named('rules'), regions }]),
  ];
}
