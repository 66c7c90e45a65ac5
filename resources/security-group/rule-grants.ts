import type { Permission } from '../../core/permission';

/** What a policy allows on security group rules that a call creates. */
export interface RuleGrant {
  actions: string[];
  /** ARN pattern. */
  resource: string;
  /** As a policy's `Condition`. */
  conditions?: { StringEquals: Record<string, string> };
}

/** The one call whose rules Staunch tags. */
const createAction = 'AuthorizeSecurityGroupIngress';

/**
 * What policies have to say for the permissions on `new-security-group-rule`: tagging, only of rules that the same call
 * creates; `ec2:CreateAction` is a key of `ec2:CreateTags` alone:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
 * The ids of new rules are not known before.
 * @param region a Region, or `*`
 */
export function newRuleGrants(
  permissions: readonly Permission[],
  accountId: string,
  region: string,
): RuleGrant[] {
  const wanted = permissions.filter(({ on }) => on === 'new-security-group-rule');
  const actions = [...new Set(wanted.flatMap((permission) => permission.actions))];
  const resource = `arn:aws:ec2:${region}:${accountId}:security-group-rule/*`;
  const isTagging = (action: string) => action === 'ec2:CreateTags';
  const grants: RuleGrant[] = [
    { actions: actions.filter((action) => !isTagging(action)), resource },
    {
      actions: actions.filter(isTagging),
      resource,
      conditions: { StringEquals: { 'ec2:CreateAction': createAction } },
    },
  ];
  return grants.filter((grant) => grant.actions.length > 0);
}
