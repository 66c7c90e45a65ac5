import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CompiledPolicy } from '../../config/compiled';
import { partitionOf } from '../../core/partition';
import { allow } from '../statements';

/** What the coordinator may ask of AWS Organizations. */
export interface Placement {
  statements: PolicyStatement[];
  /** Why, by each resource that is named by a wildcard. */
  wildcards: Record<string, string>;
}

/**
 * The whole organization's tree, and what an account lies under right now. The resources belong to the management account, also
 * where a delegated administrator asks; ListRoots cannot be limited to any:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 */
export function placementOf({ organization, hub }: Pick<CompiledPolicy, 'organization' | 'hub'>): Placement {
  const { id, managementAccount } = organization;
  const all = (kind: 'account' | 'ou' | 'root') =>
    `arn:${partitionOf(hub.region)}:organizations::${managementAccount}:${kind}/${id}/*`;
  const placeAccounts = allow({
    sid: 'PlaceAccounts',
    actions: ['organizations:ListParents'],
    resources: [all('account')],
  });
  const readTree = allow({
    sid: 'ReadTree',
    actions: ['organizations:ListOrganizationalUnitsForParent', 'organizations:ListAccountsForParent'],
    resources: [all('ou'), all('root')],
  });
  const findRoot = allow({ sid: 'FindRoot', actions: ['organizations:ListRoots'], resources: ['*'] });
  const whole = 'The whole tree of this organization is read, units that exist only later too.';
  return {
    statements: [placeAccounts, readTree, findRoot],
    wildcards: {
      [all('account')]:
        'Any account of this organization may have a finding, those that join only later too.',
      [all('ou')]: whole,
      [all('root')]: whole,
      '*': 'ListRoots cannot be limited to a resource.',
    },
  };
}
