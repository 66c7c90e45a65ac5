import type { CompiledPolicy } from '../../config/compiled';
import { isOpen } from '../../core/states';
import { rulingAt } from '../../decision/finding-ruling';
import { type Foretold, foretell } from '../../decision/foretelling';
import { factsOfRecords } from '../../decision/record-facts';
import type { FindingRecord } from '../../ledger/record';
import type { LedgerKnows } from '../explain/explanation';
import type { NamesMeant } from '../explain/names-meant';
import { latestOccurrences } from '../findings/finding-name';
import { isWatched, type OrganizationStructure } from '../organization/structure';
import { type Policies, placeBy } from './policy-plan';

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
  /** What it says besides of a finding, for a policy's limits. What is not known holds nothing. */
  known: (record: FindingRecord, policy: CompiledPolicy) => LedgerKnows;
}

/**
 * The open findings of which the policy would at once make something else than they are now: a fix, or a plan that waits for
 * somebody. Those that are being tried already are none of them. Pure.
 */
export function findingsAtOnce(
  { next, targets, exclude, deployed, names }: Policies,
  structure: OrganizationStructure,
  { records, known }: LedgerState,
  now: Date,
): FindingPlan[] {
  return latestOccurrences(records).flatMap((record): FindingPlan[] => {
    const account = structure.accounts.find(({ id }) => id === record.identity.accountId);
    if (!isOpen(record.state) || record.state === 'received' || !account || account.closed) return [];
    const underPolicy = (
      policy: CompiledPolicy,
      meant: NamesMeant | undefined,
      watched: boolean,
    ): Foretold => {
      const place = placeBy(meant, structure, account);
      const { control, region, resourceId } = record.identity;
      const ruling = rulingAt(place, { control, resource: { region, resourceId } }, policy, now);
      return foretell({
        now,
        policy,
        ruling,
        region,
        watched,
        names: meant?.seen ?? { unresolved: [], lost: [] },
        ...factsOfRecords([record], now),
        ...known(record, policy),
      });
    };
    const { ending, why } = underPolicy(
      next,
      names?.next,
      targets === undefined || isWatched({ targets, exclude }, account),
    );
    if (ending !== 'fixed' && ending !== 'waits') return [];
    const before = deployed && underPolicy(deployed, names?.deployed, true).ending;
    return isSo(record, ending, before) ? [] : [{ record, becomes: ending, why }];
  });
}

/** Whether it is on its way there by what is deployed. A finding that is only reported may have missed it. */
function isSo({ state }: FindingRecord, ending: 'fixed' | 'waits', before: string | undefined): boolean {
  if (ending === 'waits') return state === 'waiting' || state === 'held' || before === 'waits';
  return before === 'fixed' && state !== 'reported';
}
