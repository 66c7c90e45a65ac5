/**
 * What the gateway learned from the calls that passed through it, and needs for deciding later ones.
 */
export class Learned {
  /** Documents of resource policies by the resource's ARN. */
  readonly resourcePolicies = new Map<string, string>();
  /** ARNs that a name alone does not give: secrets and KMS aliases, by account, Region and name. */
  readonly namedArns = new Map<string, string>();
  private readonly facts = new Map<unknown, unknown>();

  /** What was learned of one kind, such as the roles; nothing at first. */
  of<Facts>(kind: new () => Facts): Facts {
    if (!this.facts.has(kind)) this.facts.set(kind, new kind());
    // Only instances of `kind` are kept under it.
    return this.facts.get(kind) as Facts;
  }

  setResourcePolicy(resourceArn: string, policy: string | undefined): void {
    if (policy === undefined || policy === '') this.resourcePolicies.delete(resourceArn);
    else this.resourcePolicies.set(resourceArn, policy);
  }
}

/** Key of `Learned.namedArns`. */
export function nameKey(service: string, accountId: string, region: string, name: string): string {
  return [service, accountId, region, name].join('|');
}
