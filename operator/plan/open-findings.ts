import type { CompiledPolicy } from '../../config/compiled';
import { isOpen } from '../../core/states';
import type { Exemption } from '../../ledger/exemptions';
import type { FindingRecord } from '../../ledger/record';
import type { Stop } from '../../ledger/stop-switch';
import { type Verdict, verdictOn } from '../decision/verdict';
import { latestOccurrences } from '../findings/finding-name';
import { liesUnder, type OrganizationStructure, placeOf } from '../organization/structure';
import type { Policies } from './policy-plan';

/** A finding that is open now, and what the policy would make of it at once. */
export interface FindingPlan {
  record: FindingRecord;
  becomes: 'fixed' | 'waits';
  /** A sentence for people. */
  why: string;
}

/** What the ledger holds. */
export interface LedgerState {
  records: readonly FindingRecord[];
  stops: readonly Stop[];
}

/**
 * The open findings of which the policy would at once make something else than they are now: a fix, or a plan that waits for
 * somebody. Those that are being tried already are none of them. Pure.
 * @param undone exemptions that undoing wrote, by finding key
 */
export function findingsAtOnce(
  { next, targets, deployed }: Policies,
  structure: OrganizationStructure,
  { records, stops }: LedgerState,
  undone: ReadonlyMap<string, Exemption>,
  now: Date,
): FindingPlan[] {
  return latestOccurrences(records).flatMap((record): FindingPlan[] => {
    const account = structure.accounts.find(({ id }) => id === record.identity.accountId);
    if (!isOpen(record.state) || record.state === 'received' || !account || account.closed) return [];
    const exemption = undone.get(record.finding);
    const underPolicy = (policy: CompiledPolicy, watched: boolean): Verdict =>
      verdictOn({
        policy,
        place: placeOf(structure, account),
        control: record.identity.control,
        now,
        watched,
        resource: record.identity,
        record,
        stops,
        ...(exemption && { undone: exemption }),
      });
    const { verdict, why } = underPolicy(next, targets === undefined || liesUnder(account.unit, targets));
    if (verdict !== 'fixed' && verdict !== 'waits') return [];
    const before = deployed && underPolicy(deployed, true).verdict;
    return isSo(record, verdict, before) ? [] : [{ record, becomes: verdict, why }];
  });
}

/** Whether it is on its way there by what is deployed. A finding that is only reported may have missed it. */
function isSo({ state }: FindingRecord, verdict: 'fixed' | 'waits', before: string | undefined): boolean {
  if (verdict === 'waits') return state === 'waiting' || state === 'held' || before === 'waits';
  return before === 'fixed' && state !== 'reported';
}
