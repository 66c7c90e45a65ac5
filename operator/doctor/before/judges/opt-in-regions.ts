import type { Reading } from '../../../aws/reading';
import { callsIn } from '../../cure';
import { coveredIn } from '../../deployed/judges/places-of';
import type { Check, Verdict } from '../../verdict';
import type { BeforeFacts } from '../facts';
import { unread } from './unread';

const check = 'opt-in Region';

/**
 * Whether each of the policy's Regions is enabled in the management account, the hub and every covered account.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-opt-in-regions.html
 */
export const optInRegions: Check<BeforeFacts> = {
  name: check,
  judge(facts) {
    const { managementAccount, hub, hubFacts, managementOptIns, accounts } = facts;
    const members = coveredIn(accounts).filter(({ accountId }) => accountId !== hub.account);
    return [
      ...verdictsOn(managementAccount, managementOptIns, facts),
      ...verdictsOn(hub.account, hubFacts.optIns, facts),
      ...members.flatMap(({ accountId, optIns }) => verdictsOn(accountId, optIns, facts)),
    ];
  },
};

function verdictsOn(
  accountId: string,
  optIns: Reading<ReadonlyMap<string, string>>,
  { regions, managementAccount }: BeforeFacts,
): Verdict[] {
  if ('unread' in optIns) return [unread(check, managementAccount, optIns.unread, { accountId })];
  return regions.flatMap((region): Verdict[] => {
    const status = optIns.read.get(region);
    if (status === 'opt-in-not-required') return [];
    const at = { check, accountId, region };
    if (status === 'opted-in') return [{ ...at, condition: 'well', text: 'enabled' }];
    return [
      {
        ...at,
        condition: 'not well',
        text: 'The Region is not enabled in the account.',
        cure: callsIn(
          accountId,
          [{ service: 'account', operation: 'EnableRegion', input: { RegionName: region } }],
          'AWS takes minutes to hours for it. Or leave the Region out of the policy.',
        ),
      },
    ];
  });
}
