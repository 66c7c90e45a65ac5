import type { ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { type ServiceNeeds, sameName } from '../needed';
import { Roles } from './roles';

/**
 * What a look at roles and users takes, and what changes roles, which service control policies often guard.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const needs: ServiceNeeds = {
  ...sameName(
    'iam',
    [
      'AttachRolePolicy',
      'CreateRole',
      'DeleteRole',
      'DeleteRolePolicy',
      'DetachRolePolicy',
      'GetRole',
      'PutRolePolicy',
      'UpdateAssumeRolePolicy',
      'UpdateRole',
    ],
    roleArnOf,
  ),
  ...sameName('iam', ['GetUser'], ({ accountId, parameters }) =>
    [`arn:aws:iam::${accountId}:user`, parameters.UserName ?? '*'].join('/'),
  ),
};

/** A role's ARN has its path, which its name does not tell; of one that does not exist the call says it, or there is none. */
function roleArnOf({ accountId, parameters }: ApiCall, learned: Learned): string {
  const name = String(parameters.RoleName ?? '*');
  const path = typeof parameters.Path === 'string' ? parameters.Path : '/';
  return learned.of(Roles).named(accountId, name)?.arn ?? `arn:aws:iam::${accountId}:role${path}${name}`;
}
