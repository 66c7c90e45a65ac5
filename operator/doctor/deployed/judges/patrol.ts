import { utc } from '../../../../core/utc';
import type { CoverageRow } from '../../../../ledger/coverage/coverage-gaps';
import type { Check, Verdict } from '../../verdict';
import type { DeployedFacts } from '../facts';
import { placesOf } from './places-of';

const check = 'patrol';

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
  const gap = row?.gaps.find(({ why }) => why !== 'trail' && why !== 'closed');
  if (row !== undefined && gap === undefined) {
    const { patrolledAt } = row;
    return { ...at, condition: 'well', text: patrolledAt === undefined ? 'done' : utc(patrolledAt) };
  }
  const isFirst = gap?.why === 'first-patrol';
  return {
    ...at,
    condition: isFirst ? 'unknown' : 'not well',
    text: isFirst ? 'The first patrol is still to come.' : 'No patrol went through all of it in time.',
    ...(gap?.words !== undefined && { said: gap.words }),
    cure: { account: hubAccount, steps: [{ does: 'patrol', account: accountId, region }] },
  };
}
