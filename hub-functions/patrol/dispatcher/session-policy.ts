import { grantsOf } from '../../../core/grants';
import { trailPermissions } from '../../../core/trail-permissions';
import type { WatchedPlace } from '../../../ledger/place-coverage';
import { factsOf, isFixableResourceType } from '../../../resources/resource-types';
import { policyText } from '../../member-session/policy-text';

/**
 * The session policy for one walk: what the types' walks take, and what it takes to read the trails, in one account and Region.
 * @throws SessionPolicyError when it is longer than AWS takes
 */
export function walkSessionPolicy(
  { accountId, region }: WatchedPlace,
  resourceTypes: readonly string[],
): string {
  const ofTypes = resourceTypes.filter(isFixableResourceType).flatMap((type) => {
    const { arn, patrolPermissions } = factsOf(type);
    return grantsOf(patrolPermissions, { resource: arn(accountId, region, '*'), accountId, region });
  });
  const grants = [...ofTypes, ...grantsOf(trailPermissions, { resource: '*', accountId, region })];
  const anywhere = grants.filter(({ resource }) => resource === '*');
  const merged = [
    ...grants.filter(({ resource }) => resource !== '*'),
    {
      actions: [...new Set(anywhere.flatMap(({ actions }) => actions))],
      resource: '*',
      on: 'any' as const,
    },
  ];
  return policyText(
    merged
      .filter(({ actions }) => actions.length > 0)
      .map((grant) => ({ ...grant, conditions: { StringEquals: { 'aws:RequestedRegion': region } } })),
    'the patrol',
  );
}
