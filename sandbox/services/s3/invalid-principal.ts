import { isFields } from '../../../resources/kit/input';
import { readPolicy } from '../../../resources/kit/policy/resource-policy';
import type { Learned } from '../../gateway/learned';
import { ApiError } from '../../gateway/protocols/errors';
import { Roles } from '../iam/roles';
import { OrganizationFacts } from '../organizations/organization-facts';

/** Unique ids, which stand in a policy for users and roles that were deleted since. */
const uniqueId = /^A(?:IDA|ROA)[A-Z0-9]+$/;

const roleArn = /^arn:aws:iam::(\d{12}):role\//;

/**
 * Refuses a bucket policy that names a user or role that does not exist, as S3 does and moto does not. Users, and accounts
 * outside of the organization, are taken on trust: the gateway does not know them.
 * https://repost.aws/knowledge-center/s3-invalid-principal-in-policy-error
 *
 * @param policy text of a well-formed policy
 * @throws ApiError `MalformedPolicy`
 */
export function checkPrincipals(policy: string, learned: Learned): void {
  for (const { Principal, NotPrincipal } of readPolicy(policy, 'Policy').statements) {
    for (const principal of [Principal, NotPrincipal]) {
      const named = isFields(principal) ? [principal.AWS].flat() : [];
      if (named.some((name) => !exists(name, learned))) {
        throw new ApiError('MalformedPolicy', 'Invalid principal in policy');
      }
    }
  }
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
