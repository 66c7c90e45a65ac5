import { utc } from '../../../../core/utc';
import type { CoverageGap, CoverageRow } from '../../../../ledger/coverage/coverage-gaps';
import type { Check, Verdict } from '../../verdict';
import type { DeployedFacts } from '../facts';
import { placesOf } from './places-of';

const check = 'patrol';

/** What was not there yet when an account began to be watched, as its roles, is tried again soon: see the dispatcher's `due.ts`. */
const newMilliseconds = 2 * 60 * 60_000;

/** Whether a patrol went through every account and Region as often as the policy says; by the ledger. */
export const patrol: Check<DeployedFacts> = {
  name: check,
  judge(facts) {
    const { coverage, hub } = facts;
    if ('unread' in coverage)
      return [
        {
          check,
          condition: 'unknown',
          text: 'The ledger cannot be read.',
          said: coverage.unread,
          cure: { account: hub.account, steps: [{ does: 'ask again' }] },
        },
      ];
    const rows = new Map(coverage.read.map((row) => [`${row.accountId} ${row.region}`, row]));
    return placesOf(facts).map(({ place: { accountId, region } }) =>
      verdictOn({ accountId, region }, rows.get(`${accountId} ${region}`), hub.account),
    );
  },
};

function verdictOn(
  { accountId, region }: { accountId: string; region: string },
  row: CoverageRow | undefined,
  hubAccount: string,
): Verdict {
  const at = { check, accountId, region };
  // What a trail lacks is told by another check.
  const gaps = row?.gaps.filter(({ why }) => why !== 'trail' && why !== 'closed') ?? [];
  const gap = gaps.find(({ words }) => words !== undefined) ?? gaps[0];
  if (row !== undefined && gap === undefined) {
    const { patrolledAt } = row;
    return { ...at, condition: 'well', text: patrolledAt === undefined ? 'done' : utc(patrolledAt) };
  }
  const isFirst = row !== undefined && isFirstToCome(row);
  return {
    ...at,
    condition: isFirst ? 'notice' : 'not well',
    text: isFirst ? 'The first patrol is still to come.' : 'No patrol went through all of it in time.',
    ...(gap?.words !== undefined && { said: gap.words }),
    cure: { account: hubAccount, steps: [{ does: 'patrol', account: accountId, region }] },
  };
}

/** Whether nothing is wrong but that the place is new. */
function isFirstToCome({ since = '', gaps }: CoverageRow): boolean {
  const isEarly = ({ at = '' }: CoverageGap) => Date.parse(at) < Date.parse(since) + newMilliseconds;
  return (
    gaps.some(({ why }) => why === 'first-patrol') &&
    gaps.every((gap) => ['first-patrol', 'trail', 'closed'].includes(gap.why) || isEarly(gap))
  );
}
