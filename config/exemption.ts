import type { CompiledPolicy, Exemption, TagRule } from './compiled';
import { type AccountPlace, locate } from './place';
import { matchesResource } from './resource-pattern';

/** A resource that a control speaks of. */
export interface ExemptionSubject {
  controlId: string;
  region: string;
  /** AWS Config's resource id: a security group's id, a bucket's name. */
  resourceId: string;
}

/**
 * The exemption by which a resource is left alone now; the one that lasts longest where there are several.
 * @param policy as it was compiled
 * @param place where the account lies now, as `resolve` takes it
 * @returns undefined when none matches that is not over
 * @throws UnresolvedPolicyError when it cannot be told which account or organizational unit the policy means
 */
export function exemptionFor(
  policy: CompiledPolicy,
  place: AccountPlace,
  { controlId, region, resourceId }: ExemptionSubject,
  now: Date,
): Exemption | undefined {
  const { account, units } = locate(policy, place);
  const unitKeys = units.flatMap(({ keys }) => keys);
  return policy.exemptions
    .filter(
      (exemption) =>
        exemption.control === controlId &&
        (exemption.region === undefined || exemption.region === region) &&
        isOneOf(exemption.account, account, exemption.organizationalUnit, unitKeys) &&
        now.getTime() < Date.parse(exemption.until) &&
        matchesResource(exemption.resource, resourceId),
    )
    .sort((a, b) => Date.parse(b.until) - Date.parse(a.until))[0];
}

/**
 * Whether tags may exempt resources of an account, and for how many days at most.
 * @param place where the account lies now, as `resolve` takes it
 * @returns undefined when tags exempt nothing there
 * @throws UnresolvedPolicyError when it cannot be told which organizational unit the policy means
 */
export function tagRuleFor(policy: CompiledPolicy, place: AccountPlace): TagRule | undefined {
  const { units } = locate(policy, place);
  const { byTag } = policy.exemptionRules;
  const allowed = units.some(({ keys }) => keys.some((key) => byTag?.organizationalUnits.includes(key)));
  return allowed ? byTag : undefined;
}

function isOneOf(
  account: string | undefined,
  accountKeys: readonly string[],
  unit: string | undefined,
  unitKeys: readonly string[],
): boolean {
  if (account !== undefined) return accountKeys.includes(account);
  return unit !== undefined && unitKeys.includes(unit);
}
