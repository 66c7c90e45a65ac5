import type { Organization } from '../../config/organization';
import { counted } from '../text/counted';
import { activity } from './detector-costs';
import type { WatchedAccounts } from './organization-cost';
import { pricesOf } from './unit-prices';

const minutesOfDay = 24 * 60;

/** What the estimate of a policy's cost goes by, a sentence each; what does not concern the policy is left out. Pure. */
export function costAssumptions({ recorder, patrol }: Organization, accounts: WatchedAccounts): string[] {
  const items = Object.values(activity.items).reduce((sum, count) => sum + count, 0);
  const isDaily = accounts.own > 0 && recorder.frequency === 'daily';
  const isOtherPatrol = patrol.everyMinutes !== minutesOfDay;
  return [
    `Prices are those of us-east-1 in ${pricesOf}, without free tiers. Other Regions and partitions have others.`,
    `An account has ${items} changes that AWS Config records and ${activity.openingCalls} calls that can open something in a month.`,
    `Each account is patrolled once a day${isOtherPatrol ? `; this policy patrols every ${counted(patrol.everyMinutes, 'minute')}` : ''}.`,
    ...(isDaily
      ? ["Staunch's own recorders count as continuous; this policy records daily, at AWS's own price."]
      : []),
    'Fixes, messages to Slack, the storage of AWS Config and CloudTrail, further trails and GuardDuty are not in it.',
  ];
}
