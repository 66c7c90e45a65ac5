import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CompiledPolicy } from '../../config/compiled';
import { usesNames, usesPaths } from '../../config/place';
import { allow } from '../statements';

/** What the coordinator may ask of AWS Organizations. */
export interface Placement {
  statements: PolicyStatement[];
  /** Why, by each resource that is named by a wildcard. */
  wildcards: Record<string, string>;
}

/**
 * Where accounts lie; their names, and those of organizational units, only where the policy uses them. The resources belong to the
 * management account, also where a delegated administrator asks; ListAccounts and ListRoots cannot be limited to any:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 */
export function placementOf(policy: CompiledPolicy): Placement {
  const { id, managementAccount } = policy.organization;
  const paths = usesPaths(policy);
  const units = `arn:aws:organizations::${managementAccount}:ou/${id}/*`;
  const roots = `arn:aws:organizations::${managementAccount}:root/${id}/*`;
  const placeAccounts = allow({
    sid: 'PlaceAccounts',
    actions: [
      'organizations:ListParents',
      ...(usesNames(policy) ? ['organizations:ListAccounts'] : []),
      ...(paths ? ['organizations:ListRoots'] : []),
    ],
    resources: ['*'],
  });
  const followPaths = allow({
    sid: 'FollowPaths',
    actions: ['organizations:DescribeOrganizationalUnit', 'organizations:ListOrganizationalUnitsForParent'],
    resources: [units, roots],
  });
  const anyUnit = 'Any organizational unit may be named, or lie above an account.';
  return {
    statements: [placeAccounts, ...(paths ? [followPaths] : [])],
    wildcards: {
      '*': 'Any account and organizational unit may be asked for its place, those that exist only later too.',
      ...(paths && { [units]: anyUnit, [roots]: anyUnit }),
    },
  };
}
