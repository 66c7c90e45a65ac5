import { isMissing, type TrailRow } from '../../ledger/coverage/coverage-gaps';
import type { PlaceNames } from '../../ledger/organization/place-names';
import type { AskedRow } from '../../operator/coverage/ask-coverage';

/** The coverage of a place for programs. Pure. */
export function coverageJson(row: AskedRow, names: PlaceNames): object {
  const { accountId, region, since, patrolledAt, trail, gaps, confusedDeputies, possibleBlocks } = row;
  // JSON leaves out what is undefined.
  return {
    accountId,
    accountName: names.account(accountId),
    region,
    covered: !isMissing(row),
    since,
    detectors: { rule: 'unknown', trail: isKnown(trail) ? trail : 'unknown', patrol: { patrolledAt } },
    gaps,
    confusedDeputies,
    possibleBlocks,
  };
}

/** Whether somebody has read it, tried to, or heard of it. */
function isKnown(trail: TrailRow): boolean {
  return Object.keys(trail).length > 0;
}
