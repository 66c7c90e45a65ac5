import type { ApiAnswer, ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { ApiError } from '../../gateway/protocols/errors';
import type { Quirks } from '../service';
import { answerDelegation, delegationOperations } from './delegation';
import { OrganizationFacts } from './organization-facts';

/** What AWS Organizations does and moto does not: who may call it, and delegated administrators. */
export const quirks: Quirks = {
  checkCaller,
  effective,
  standIn: ({ learned, now }) => ({
    operations: delegationOperations,
    answer: async (call) => answerDelegation(call, learned.of(OrganizationFacts), now),
  }),
};

/**
 * Lets the management account do everything, delegated administrators read, and members see their organization.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_iam-permissions.html
 * @throws ApiError for anybody else.
 */
function checkCaller(call: ApiCall, learned: Learned): void {
  const organization = learned.of(OrganizationFacts);
  const caller = call.principal.accountId;
  if (organization.managementAccountId === undefined || caller === organization.managementAccountId) return;
  if (call.operation === 'DescribeOrganization' && organization.accounts.has(caller)) return;
  if (organization.isDelegatedAdministrator(caller) && /^(Describe|List)/.test(call.operation)) return;
  throw new ApiError('AccessDeniedException', "You don't have permissions to access this resource.");
}

/**
 * Makes moto's answer AWS's: for a child that does not exist, ListParents knows only ChildNotFoundException.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html
 */
function effective(call: ApiCall, answer: ApiAnswer): ApiAnswer {
  if (call.operation !== 'ListParents' || answer.status < 400) return answer;
  const body = answer.body.toString().replaceAll('AccountNotFoundException', 'ChildNotFoundException');
  return { ...answer, body };
}
