import { parsePolicyOnce } from '../../gateway/authorization/policy-cache';
import type { ControlLevels } from '../../gateway/authorization/service-control';

/** The policy of AWS's own that allows everything, and that the root, each unit and each account has from the start. */
export const fullAccess = 'p-FullAWSAccess';

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/**
 * The organization's service control policies, and to what each is attached.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export class ServiceControlPolicies {
  /** Whether the root has the policy type enabled: without it none applies. */
  private isEnabled = false;
  private rootId: string | undefined;
  private readonly documents = new Map([[fullAccess, everything]]);
  /** Ids of policies by the id of the root, unit or account. */
  private readonly attached = new Map<string, Set<string>>();
  /** Parents of units and accounts. */
  private readonly parents = new Map<string, string>();
  /** What `levelsOf` found, until something changes. */
  private readonly known = new Map<string, ControlLevels | undefined>();

  /** @param rootId where the policy type is enabled or disabled */
  enable(isEnabled: boolean, rootId: string): void {
    this.change(() => {
      this.isEnabled = isEnabled;
      this.rootId = rootId;
    });
  }

  /** Creates a policy, or gives it another text. */
  put(policyId: string, document: string): void {
    this.change(() => this.documents.set(policyId, document));
  }

  delete(policyId: string): void {
    this.change(() => this.documents.delete(policyId));
  }

  has(policyId: string): boolean {
    return this.documents.has(policyId);
  }

  attach(policyId: string, targetId: string): void {
    this.change(() => this.at(targetId).add(policyId));
  }

  detach(policyId: string, targetId: string): void {
    this.change(() => this.at(targetId).delete(policyId));
  }

  /** A unit or an account lies below this parent from now on. */
  place(id: string, parentId: string): void {
    this.change(() => this.parents.set(id, parentId));
  }

  /**
   * The policies above an account, level by level from the root down; undefined where all of them allow everything, as in most
   * organizations, so that nothing has to be decided.
   */
  levelsOf(accountId: string): ControlLevels | undefined {
    if (!this.isEnabled) return undefined;
    if (!this.known.has(accountId)) this.known.set(accountId, this.find(accountId));
    return this.known.get(accountId);
  }

  private find(accountId: string): ControlLevels | undefined {
    const way: string[] = [];
    for (let id: string | undefined = accountId; id !== undefined; id = this.parents.get(id)) way.unshift(id);
    // AWS creates an account at the root, and nobody has to move it.
    if (this.rootId !== undefined && way[0] !== this.rootId) way.unshift(this.rootId);
    const policies = way.map((id) => [...this.at(id)]);
    if (policies.every(([first, ...others]) => first === fullAccess && others.length === 0)) return undefined;
    return policies.map((ids) =>
      ids.flatMap((id) => {
        const document = this.documents.get(id);
        return document === undefined ? [] : [parsePolicyOnce(document, 'service-control')];
      }),
    );
  }

  private at(targetId: string): Set<string> {
    const there = this.attached.get(targetId) ?? new Set([fullAccess]);
    this.attached.set(targetId, there);
    return there;
  }

  private change(action: () => void): void {
    action();
    this.known.clear();
  }
}
