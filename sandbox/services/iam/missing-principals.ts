import { isFields } from '../../../resources/kit/input';
import { readPolicy } from '../../../resources/kit/policy/resource-policy';
import type { Learned } from '../../gateway/learned';
import { OrganizationFacts } from '../organizations/organization-facts';
import { Roles } from './roles';

/** Unique ids, which stand in a policy for users and roles that were deleted since. */
const uniqueId = /^A(?:IDA|ROA)[A-Z0-9]+$/;

const roleArn = /^arn:aws:iam::(\d{12}):role\//;

/**
 * Whether a resource policy names a user or role that does not exist, which AWS refuses when it stores one and moto does not. Users,
 * and accounts outside of the organization, are taken on trust: the gateway does not know them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 *
 * @param policy text of a well-formed policy
 */
export function namesMissingPrincipal(policy: string, learned: Learned): boolean {
  return readPolicy(policy, 'Policy').statements.some(({ Principal, NotPrincipal }) =>
    [Principal, NotPrincipal].some((principal) => {
      const named = isFields(principal) ? [principal.AWS].flat() : [];
      return named.some((name) => !exists(name, learned));
    }),
  );
}

function exists(principal: unknown, learned: Learned): boolean {
  if (typeof principal !== 'string') return true;
  if (uniqueId.test(principal)) return false;
  const account = roleArn.exec(principal)?.[1];
  return (
    account === undefined ||
    !learned.of(OrganizationFacts).accounts.has(account) ||
    learned.of(Roles).withArn(principal) !== undefined
  );
}
