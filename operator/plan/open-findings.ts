import type { CompiledPolicy } from '../../config/compiled';
import { thawOf } from '../../config/thaw';
import { isOpen } from '../../core/states';
import { rulingAt } from '../../decision/finding-ruling';
import { type Foretold, foretell } from '../../decision/foretelling';
import { factsOfRecords } from '../../decision/record-facts';
import type { FindingRecord } from '../../ledger/findings/record';
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
  const plans = latestOccurrences(records).flatMap((record): Candidate[] => {
    const account = structure.accounts.find(({ id }) => id === record.identity.accountId);
    if (!isOpen(record.state) || record.state === 'received' || !account || account.closed) return [];
    const underPolicy = (
      policy: CompiledPolicy,
      meant: NamesMeant | undefined,
      watched: boolean,
      released = false,
    ): Foretold => {
      const place = placeBy(meant, structure, account);
      const { control, region, resourceId } = record.identity;
      const ruling = rulingAt(place, { control, resource: { region, resourceId } }, policy, now);
      const facts = factsOfRecords([record], now);
      const { receivedAt } = record;
      return foretell({
        now,
        policy,
        ruling,
        region,
        watched,
        names: meant?.seen ?? { unresolved: [], lost: [] },
        ...facts,
        ...known(record, policy),
        ...(released && { past: { receivedAt, standing: 'cleared' as const } }),
      });
    };
    const isTarget = targets === undefined || isWatched({ targets, exclude }, account);
    const { ending, why, course } = underPolicy(next, names?.next, isTarget);
    if (ending !== 'fixed' && ending !== 'waits') return [];
    const before = deployed && underPolicy(deployed, names?.deployed, true).ending;
    const candidate = { record, becomes: ending, why, isSo: isSo(record, ending, before) };
    const isBacklog = course.do === 'record' && course.state === 'held' && course.heldBy === 'frozen';
    return [{ ...candidate, ...(isBacklog && { released: underPolicy(next, names?.next, isTarget, true) }) }];
  });
  const backlog = plans.filter(({ released }) => released);
  return plans
    .filter((plan) => !plan.isSo)
    .map(({ record, becomes, why, released }) => {
      const fate = released && fateOfBacklog(record, released, backlog, next);
      return { record, becomes, why, ...fate };
    });
}

/** A finding of which a policy would make something. */
interface Candidate extends FindingPlan {
  /** Whether it is on its way there by what is deployed. */
  isSo: boolean;
  /** What would become of it once it is released, where it is backlog. */
  released?: Foretold;
}

/** Little backlog goes on by itself, and much of it once a person thaws it. */
function fateOfBacklog(
  { identity: { accountId } }: FindingRecord,
  { ending, why }: Foretold,
  backlog: readonly FindingPlan[],
  policy: CompiledPolicy,
): Pick<FindingPlan, 'becomes' | 'why'> {
  const most = thawOf(policy);
  const own = backlog.filter(({ record }) => record.identity.accountId === accountId).length;
  if (own > most.account || backlog.length > most.organization) {
    const numbers = `${own} of this account and ${backlog.length} in all`;
    return { becomes: 'waits', why: `It is backlog, ${numbers}: frozen until a person thaws the list.` };
  }
  const little = 'It is backlog, and there is little of it, so it goes on some minutes later.';
  return { becomes: ending === 'fixed' ? 'fixed' : 'waits', why: `${little} ${why}` };
}

/** Whether it is on its way there by what is deployed. A finding that is only reported may have missed it. */
function isSo({ state }: FindingRecord, ending: 'fixed' | 'waits', before: string | undefined): boolean {
  if (ending === 'waits') return state === 'waiting' || state === 'held' || before === 'waits';
  return before === 'fixed' && state !== 'reported';
}
