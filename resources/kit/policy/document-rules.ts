import type { FixedValue } from './fixed-values';
import type { ResourcePolicy } from './resource-policy';

/** What a service adds to the document model: the same for each of its resources. */
export interface ServiceRules {
  /** The service, for people: `SQS`. */
  service: string;
  /** What the service's actions begin with in policies: `sqs`. */
  prefix: string;
  /** The condition keys of which fixed values limit a statement for everybody, in lower case, since key names ignore case. */
  keys: ReadonlyMap<string, FixedValue>;
  /** The keys of which fixed values say for whom a service principal acts, in lower case. */
  sourceKeys: ReadonlyMap<string, FixedValue>;
  /**
   * The service gives a verdict of its own on a policy, by the letter of its text: neither an explicit Deny counts in it, nor that one
   * condition demands a key which another one only compares where it is there.
   */
  byTheLetter?: true | undefined;
  /** The service keeps no such resource without a policy: where all of it is public, one statement is narrowed to the account itself. */
  mustHavePolicy?: true | undefined;
  /**
   * Why a policy may not be left so, as one sentence; undefined where it may.
   * @param after undefined where none would be left
   */
  refuses?: ((after: ResourcePolicy | undefined, rules: DocumentRules) => string | undefined) | undefined;
}

/** By what the policy of one resource is judged. */
export interface DocumentRules extends ServiceRules {
  /** The resource's own account; absent where the input does not say. */
  accountId?: string | undefined;
  /** The resource's ARN; absent where the input does not say. */
  arn?: string | undefined;
  /**
   * Where one of the two lists is not empty, a condition limits everybody only where every account and organization that it names is
   * the resource's own account or in one of them.
   */
  trustedAccounts: readonly string[];
  trustedOrganizations: readonly string[];
}

/** The rules of a resource of which nothing more is known, with empty lists. */
export function rulesOf(service: ServiceRules): DocumentRules {
  return { ...service, trustedAccounts: [], trustedOrganizations: [] };
}
