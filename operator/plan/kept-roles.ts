import type { CompiledPolicy } from '../../config/compiled';
import { coveragePlan } from '../../config/planned-coverage';
import { StructurePlaces } from '../../config/structure-places';
import { UnresolvedPolicyError } from '../../config/unresolved';
import type { FindingRecord } from '../../ledger/findings/record';
import { savedStructureOf } from '../organization/saved-structure';
import type { OrganizationStructure, StructureAccount } from '../organization/structure';
import { listed } from '../text/listed';

/**
 * The accounts in which a fix can be undone, and in which the policy has no role any more that could: no flag is `approval` or `on`
 * there, or the account is not watched. Pure.
 */
export function accountsWithUndos(
  policy: CompiledPolicy,
  structure: OrganizationStructure,
  records: readonly FindingRecord[],
): StructureAccount[] {
  const undoable = new Set(records.filter(canBeUndone).map(({ identity }) => identity.accountId));
  const candidates = structure.accounts.filter(({ id, closed }) => undoable.has(id) && !closed);
  if (candidates.length === 0 || policy.targets === undefined) return [];
  const saved = savedStructureOf(structure);
  const planned = new Map(saved.accounts.map((account) => [account.id, account]));
  try {
    const plan = coveragePlan(policy, new StructurePlaces(saved));
    return candidates.filter(({ id }) => {
      const account = planned.get(id);
      const { state, remediation, unresolved } = account
        ? plan.account(account)
        : { state: 'outside', remediation: false };
      return !(state === 'covered' && (remediation || unresolved !== undefined));
    });
  } catch (error) {
    // A path that means nothing is told as a problem of the policy.
    if (error instanceof UnresolvedPolicyError) return [];
    throw error;
  }
}

/** Warns, in one line, of what could no longer be undone; undefined where everything could. */
export function undosLost(accounts: readonly StructureAccount[]): string | undefined {
  if (accounts.length === 0) return undefined;
  const named = listed(accounts.map(({ id, name }) => `${id} ${name}`));
  const ids = accounts.map(({ id }) => id).join(',');
  return `Warning: the policy takes the role staunch-remediation from ${named}, where fixes can still be undone. Deploy with -c keepRemediation=${ids} to keep it there.`;
}

function canBeUndone(record: FindingRecord): boolean {
  return record.saved === true && (record.state === 'fixed' || record.state === 'already-compliant');
}
