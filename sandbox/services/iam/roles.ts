/** An IAM role as the gateway learned it. */
export interface Role {
  accountId: string;
  name: string;
  /** With the path. */
  arn: string;
  /** `AROA…`; part of `aws:userid`. */
  id: string;
  /** Trust policy document. */
  trustPolicy: string;
  maxSessionSeconds: number;
  /** Documents by policy name. */
  inlinePolicies: Map<string, string>;
  /** ARNs of managed policies. */
  attachedPolicies: Set<string>;
}

/** Every role of every account, and the managed policies that roles attach. */
export class Roles {
  private readonly byArn = new Map<string, Role>();
  private readonly byName = new Map<string, Role>();
  private readonly managedPolicies = new Map<string, string>();

  add(role: Role): void {
    this.byArn.set(role.arn, role);
    this.byName.set(`${role.accountId}/${role.name}`, role);
  }

  remove(accountId: string, name: string): void {
    const role = this.named(accountId, name);
    if (!role) return;
    this.byArn.delete(role.arn);
    this.byName.delete(`${accountId}/${name}`);
  }

  named(accountId: string, name: string): Role | undefined {
    return this.byName.get(`${accountId}/${name}`);
  }

  withArn(arn: string): Role | undefined {
    return this.byArn.get(arn);
  }

  knowsManagedPolicy(arn: string): boolean {
    return this.managedPolicies.has(arn);
  }

  setManagedPolicy(arn: string, document: string): void {
    this.managedPolicies.set(arn, document);
  }

  /** Documents of a role's identity policies; none for a role that does not exist. */
  identityPolicies(arn: string): string[] {
    const role = this.byArn.get(arn);
    if (!role) return [];
    const attached = [...role.attachedPolicies].map((policy) => this.managedPolicies.get(policy));
    return [...role.inlinePolicies.values(), ...attached.filter((document) => document !== undefined)];
  }
}
