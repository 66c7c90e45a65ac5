import { type CoverageRow, isMissing } from '../../ledger/coverage-gaps';
import type { PlaceNames } from '../../ledger/place-names';

/** The coverage of a place for programs. Pure. */
export function coverageJson(row: CoverageRow, names: PlaceNames): object {
  const { accountId, region, since, patrolledAt, gaps } = row;
  // JSON leaves out what is undefined.
  return {
    accountId,
    accountName: names.account(accountId),
    region,
    covered: !isMissing(row),
    since,
    detectors: { rules: 'unknown', trail: 'unknown', patrol: { patrolledAt } },
    gaps,
  };
}
