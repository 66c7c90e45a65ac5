import { type FindingState, isOpen } from '../../core/states';
import { severities } from '../../core/violation';
import type { FindingRecord } from '../../ledger/findings/record';
import { latestOccurrences } from './finding-name';

/** Which findings are asked for; what is left out is not asked about. */
export interface FindingFilter {
  /** Any of them. */
  states?: readonly FindingState[];
  accountId?: string;
  control?: string;
  /** Earlier occurrences as well; otherwise the latest one of each finding. */
  all?: boolean;
}

/** The findings that were asked for: open ones first, then the worst, then the newest. */
export function selectFindings(records: readonly FindingRecord[], filter: FindingFilter): FindingRecord[] {
  const { states, accountId, control, all = false } = filter;
  return (all ? [...records] : latestOccurrences(records))
    .filter(
      ({ state, identity }) =>
        (states === undefined || states.includes(state)) &&
        (accountId === undefined || identity.accountId === accountId) &&
        (control === undefined || identity.control === control),
    )
    .sort(
      (one, other) =>
        Number(isOpen(other.state)) - Number(isOpen(one.state)) ||
        severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
        compare(other.at, one.at) ||
        compare(one.finding, other.finding) ||
        other.occurrence - one.occurrence,
    );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
