import { Tables } from '../services/dynamodb/tables';
import { Roles } from '../services/iam/roles';
import { OrganizationFacts } from '../services/organizations/organization-facts';
import { Buckets } from '../services/s3/buckets';

/**
 * What the gateway learned from the calls that passed through it, and needs for deciding later ones.
 */
export class Learned {
  readonly roles = new Roles();
  readonly organization = new OrganizationFacts();
  readonly buckets = new Buckets();
  readonly tables = new Tables();
  /** Documents of resource policies by the resource's ARN. */
  readonly resourcePolicies = new Map<string, string>();
  /** ARNs that a name alone does not give: secrets and KMS aliases, by account, Region and name. */
  readonly namedArns = new Map<string, string>();

  setResourcePolicy(resourceArn: string, policy: string | undefined): void {
    if (policy === undefined || policy === '') this.resourcePolicies.delete(resourceArn);
    else this.resourcePolicies.set(resourceArn, policy);
  }
}

/** Key of `Learned.namedArns`. */
export function nameKey(service: string, accountId: string, region: string, name: string): string {
  return [service, accountId, region, name].join('|');
}
