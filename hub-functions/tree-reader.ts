import type { KeptTree } from '../ledger/organization/kept-tree';
import { type OrganizationTree, treeOf } from '../ledger/organization/organization-tree';
import { isUsable } from './usable-tree';

/** Thrown while the coordinator keeps no tree of the organization that is younger than a day. */
export class NoTreeError extends Error {
  override readonly name = 'NoTreeError';
}

/**
 * Reads the organization's tree as the coordinator keeps it. The content of a generation never changes, so that a process loads each
 * once; whether it is still the one that counts, it asks each time.
 */
export class TreeReader {
  #latest: { generation: string; tree: OrganizationTree } | undefined;

  constructor(
    private readonly kept: Pick<KeptTree, 'head' | 'load'>,
    private readonly now: () => Date,
  ) {}

  /** @throws NoTreeError where none is kept that is younger than a day */
  async read(): Promise<OrganizationTree> {
    const { kept: generation } = await this.kept.head();
    const tree = generation && (await this.treeOf(generation));
    if (tree && isUsable(tree, this.now())) return tree;
    throw new NoTreeError('The ledger holds no tree of the organization that is younger than a day.');
  }

  private async treeOf(kept: Parameters<KeptTree['load']>[0]): Promise<OrganizationTree | undefined> {
    const { generation, tookMilliseconds } = kept;
    const read = { readAt: new Date(kept.readAt), tookMilliseconds };
    if (this.#latest?.generation === generation) return { ...this.#latest.tree, ...read };
    const content = await this.kept.load(kept);
    const tree = content === undefined ? undefined : treeOf(content, read);
    if (tree) this.#latest = { generation, tree };
    return tree;
  }
}
