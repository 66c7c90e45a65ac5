import { Aws } from 'aws-cdk-lib';
import { AccountPrincipal, type PrincipalBase, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Organization } from '../../config/organization';
import { roleArn } from '../../core/names';
import { partitionOf } from '../../core/partition';

/**
 * A role of the hub, or one of several. The account stands as the principal, and the role in a condition: a role as principal must
 * exist when the trust policy is written, and is turned into an id that stops matching when the role is created anew:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
 */
export function hubRole({ organization, hub }: Organization, ...names: string[]): PrincipalBase {
  return new AccountPrincipal(hub.account).withConditions({
    ArnEquals: {
      'aws:PrincipalArn': one(names.map((name) => roleArn(hub.account, name, partitionOf(hub.region)))),
    },
    StringEquals: { 'aws:PrincipalOrgID': organization.id },
  });
}

/** A single value stands alone. */
function one(arns: readonly string[]): string | readonly string[] {
  const [first, ...others] = arns;
  return first !== undefined && others.length === 0 ? first : arns;
}

/**
 * A service, only where it acts for this very account:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention
 */
export function serviceForThisAccount(service: string): PrincipalBase {
  return new ServicePrincipal(service).withConditions({
    StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
  });
}
