import { isDeepStrictEqual } from 'node:util';
import type { CompiledPolicy } from '../../../config/compiled';
import { type NameBindings, usesNames, usesPaths } from '../../../config/place';
import { policyDigest } from '../../../config/policy-digest';
import { boundNames, seenNames } from '../../../decision/name-bindings';
import type { NamesSeen } from '../../../decision/names-seen';
import type { OrganizationTree } from '../../../ledger/organization/organization-tree';
import { UnresolvedPlaceError } from '../../../ledger/organization/place-errors';
import type { PolicyNames } from '../../../ledger/organization/policy-names';

/** How often others may be faster before it is given up for now. */
const mostTries = 5;

/**
 * What the names of the deployed policy mean. It is decided once, and kept in the ledger, so that renaming an account or an
 * organizational unit changes nothing about whom a line of the policy means, until a policy is deployed anew.
 */
export class BoundNames {
  /** Whether the policy uses names or paths at all. */
  readonly areUsed: boolean;
  private readonly digest: string;
  private readonly byTree = new WeakMap<OrganizationTree, Promise<NameBindings>>();
  /** What this process knows from when its policy was the one that is deployed. */
  private known: NameBindings | undefined;

  constructor(
    private readonly policy: CompiledPolicy,
    private readonly kept: Pick<PolicyNames, 'read' | 'write'>,
  ) {
    this.areUsed = usesNames(policy) || usesPaths(policy);
    this.digest = policyDigest(policy);
  }

  /**
   * What the names mean, as the ledger has it since this tree was seen first.
   * @throws UnresolvedPlaceError when that cannot be told, or not be kept
   */
  in(tree: OrganizationTree): Promise<NameBindings> {
    const asked = this.byTree.get(tree) ?? this.ask(tree);
    this.byTree.set(tree, asked);
    asked.catch(() => this.byTree.delete(tree));
    return asked;
  }

  /** What the names come to in a tree. @throws UnresolvedPlaceError as `in` */
  async seen(tree: OrganizationTree): Promise<NamesSeen> {
    return seenNames(this.policy, await this.in(tree), tree);
  }

  private async ask(tree: OrganizationTree): Promise<NameBindings> {
    try {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const bound = await this.tryToBind(tree);
        if (bound) {
          this.known = bound;
          return bound;
        }
      }
    } catch (error) {
      throw new UnresolvedPlaceError(`What the policy's names mean cannot be told: ${String(error)}`, {
        cause: error,
      });
    }
    throw new UnresolvedPlaceError("What the policy's names mean keeps being written by others.");
  }

  /** @returns undefined when somebody else was faster */
  private async tryToBind(tree: OrganizationTree): Promise<NameBindings | undefined> {
    const last = await this.kept.read();
    const isSame = last?.digest === this.digest;
    // A newer policy was deployed while this process still runs with the one before.
    if (last && !isSame && this.known) return this.known;
    const bound = boundNames(last?.bound ?? { accounts: {}, units: {} }, isSame, this.policy, tree);
    if (isSame && isDeepStrictEqual(bound, last.bound)) return last.bound;
    return (await this.kept.write({ digest: this.digest, bound }, last?.version ?? 0)) ? bound : undefined;
  }
}
