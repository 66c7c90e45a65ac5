import { type Grant, grantsOf } from '../../../core/grants';
import { trailPermissions } from '../../../core/trail-permissions';
import type { WatchedPlace } from '../../../ledger/coverage/place-coverage';
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
  // One statement for all types: an action reaches resources of its own type alone, whatever other ARNs stand beside them.
  const merged = [
    mergedOf(grants.filter(({ resource }) => resource !== '*')),
    mergedOf(grants.filter(({ resource }) => resource === '*')),
  ];
  return policyText(
    merged
      .filter(({ actions }) => actions.length > 0)
      .map((grant) => ({ ...grant, conditions: { StringEquals: { 'aws:RequestedRegion': region } } })),
    'the patrol',
  );
}

function mergedOf(grants: readonly Grant[]): Pick<Grant, 'actions'> & { resource: string | string[] } {
  const resources = [...new Set(grants.map(({ resource }) => resource))];
  const [only = '*', ...others] = resources;
  return {
    actions: [...new Set(grants.flatMap(({ actions }) => actions))],
    resource: others.length === 0 ? only : resources,
  };
}
