import type { CompiledPolicy } from '../../config/compiled';
import { type NameBindings, usesNames, usesPaths } from '../../config/place';
import { policyDigest } from '../../config/policy-digest';
import {
  accountsUnder,
  type OrganizationTree,
  placeIn,
  unitPathIn,
} from '../../ledger/organization/organization-tree';
import { UnresolvedPlaceError } from '../../ledger/organization/place-errors';
import { namesOf, type PlaceNames } from '../../ledger/organization/place-names';
import type { PolicyNames } from '../../ledger/organization/policy-names';
import type { OrderPlaces } from '../order-permission';
import { NoTreeError, type TreeReader } from '../tree-reader';

/** What tells where accounts lie. */
export interface KeptPlacesParts {
  policy: CompiledPolicy;
  tree: Pick<TreeReader, 'read'>;
  names: Pick<PolicyNames, 'read'>;
}

/**
 * Where accounts and units lie, as the coordinator keeps it in the ledger: AWS Organizations is not asked. One for each request, which
 * reads what it needs once.
 */
export class KeptPlaces implements OrderPlaces {
  private reading: Promise<{ tree: OrganizationTree; bound?: NameBindings }> | undefined;

  constructor(private readonly parts: KeptPlacesParts) {}

  async place(accountId: string) {
    const { tree, bound } = await this.read();
    return { ...placeIn(tree, accountId), ...(bound && { bound }) };
  }

  async unit(id: string) {
    const { tree, bound } = await this.read();
    const path = unitPathIn(tree, id);
    return path && { path, ...(bound && { bound }) };
  }

  /** The accounts that lie under a unit, or the root; none where there is no such unit. @throws UnresolvedPlaceError */
  async accountsUnder(id: string): Promise<string[]> {
    return accountsUnder((await this.read()).tree, id);
  }

  /** What accounts and units are called. @throws UnresolvedPlaceError */
  async called(): Promise<PlaceNames> {
    return namesOf((await this.read()).tree);
  }

  private read() {
    this.reading ??= this.readNow();
    return this.reading;
  }

  private async readNow() {
    const { policy, tree: reader } = this.parts;
    try {
      const tree = await reader.read();
      return usesNames(policy) || usesPaths(policy) ? { tree, bound: await this.bound() } : { tree };
    } catch (error) {
      if (error instanceof NoTreeError) throw new UnresolvedPlaceError(error.message, { cause: error });
      throw error;
    }
  }

  /** What this very policy's names mean, as the coordinator has bound them: it does so within minutes of a deployment. */
  private async bound(): Promise<NameBindings> {
    const { policy, names } = this.parts;
    const kept = await names.read();
    if (kept?.digest === policyDigest(policy)) return kept.bound;
    throw new UnresolvedPlaceError(
      "What the deployed policy's names mean is not known yet. The coordinator tells it within a few minutes.",
    );
  }
}
