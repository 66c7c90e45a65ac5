import type { KeptGeneration, KeptTree, TreeHead } from '../../../ledger/organization/kept-tree';
import { contentOf, type OrganizationTree, treeOf } from '../../../ledger/organization/organization-tree';
import { UnresolvedPlaceError } from '../../../ledger/organization/place-errors';
import { LeaseLostError } from '../../../ledger/table/errors';
import { isUsable } from '../../usable-tree';
import { forcedMilliseconds, isDue, isOverdue, isQuick } from './freshness';

/** How long a process believes what it has read of the ledger. */
const memoryMilliseconds = 60_000;
/** Longer than an invocation of the coordinator lasts: whoever reads is done, or dead. */
const leaseMilliseconds = 200_000;
/** A tree that nobody asks for is read anew after so long. */
const unaskedMilliseconds = 60 * 60_000;
/** After reading failed, nobody tries for so long. */
const failedMilliseconds = 30_000;
/** How often somebody looks whether the one who reads is done, and the pauses in between: half a minute in all. */
const mostLooks = 12;
const shortestPause = 250;
const longestPause = 4_000;

/** What the source works with. */
export interface TreeSourceParts {
  kept: KeptTree;
  /** @throws UnresolvedPlaceError when the organization cannot be read */
  read: () => Promise<OrganizationTree>;
  now: () => Date;
  pause: (milliseconds: number) => Promise<void>;
  /** From 0 to 1. */
  random: () => number;
  /** Another name for each reading. */
  newHolder: () => string;
  /** Hears that the organization could not be read, and an older tree is used. */
  onRefreshFailed: (error: unknown) => void;
}

interface Loaded {
  tree: OrganizationTree;
  kept: KeptGeneration;
}

interface Seen {
  head: TreeHead;
  /** What is kept, where its content is there and can be understood; however old. */
  loaded?: Loaded;
}

/**
 * The organization's tree, which all processes share through the ledger. Whoever finds it too old reads the organization anew,
 * one process at a time; the others go on with what is there.
 */
export class TreeSource {
  private memory: (Loaded & { checkedAt: number }) | undefined;
  private asking: Promise<OrganizationTree> | undefined;
  private forcing: Promise<OrganizationTree> | undefined;

  constructor(private readonly parts: TreeSourceParts) {}

  /**
   * The tree as this process knows it. Later calls never return an older one.
   * @throws UnresolvedPlaceError when there is none that is younger than a day
   */
  current(): Promise<OrganizationTree> {
    const now = this.parts.now();
    const { memory } = this;
    if (memory && now.getTime() - memory.checkedAt < memoryMilliseconds && isUsable(memory.tree, now))
      return Promise.resolve(memory.tree);
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  /**
   * A tree that was read later than one that lacks something, or that one itself: the organization is read out of turn once a
   * minute at most, however many processes ask, and whatever they were made to look for.
   * @throws UnresolvedPlaceError when it could not be read
   */
  newerThan(tree: OrganizationTree): Promise<OrganizationTree> {
    this.forcing ??= this.force(tree).finally(() => {
      this.forcing = undefined;
    });
    return this.forcing;
  }

  /** What this process or the ledger has of the organization, however old, for names that people read; never asks AWS Organizations. */
  async known(): Promise<OrganizationTree | undefined> {
    return this.memory?.tree ?? (await this.look()).loaded?.tree;
  }

  /**
   * Reads the organization anew where that is due and takes too long for whoever waits for a place, and from time to time where
   * nobody asks for one: the patrol goes by what is kept.
   */
  async keepUp(): Promise<void> {
    const seen = await this.look();
    const { loaded } = seen;
    if (!loaded) {
      if (!this.isLeased(seen.head)) await this.refresh(seen);
      return;
    }
    const now = this.parts.now();
    const isOld = now.getTime() - loaded.tree.readAt.getTime() >= unaskedMilliseconds;
    if ((isOld || !isQuick(loaded.tree)) && isDue(loaded.tree, now)) await this.refreshed(seen, loaded);
  }

  private async ask(): Promise<OrganizationTree> {
    const seen = await this.look();
    const now = this.parts.now();
    const { loaded } = seen;
    if (!loaded || !isUsable(loaded.tree, now)) return this.first(seen);
    return isOverdue(loaded.tree, now) ? this.refreshed(seen, loaded) : this.remember(loaded);
  }

  private async refreshed(seen: Seen, loaded: Loaded): Promise<OrganizationTree> {
    try {
      return this.remember((await this.refresh(seen)) ?? loaded);
    } catch (error) {
      this.parts.onRefreshFailed(error);
      return this.remember(loaded);
    }
  }

  /** While there is no tree: reads the organization, or waits for whoever does. */
  private async first(seen: Seen): Promise<OrganizationTree> {
    let latest = seen;
    for (let looks = 0; looks < mostLooks; looks += 1) {
      const read = await this.refresh(latest);
      if (read) return this.remember(read);
      const { failure } = latest.head;
      if (failure && this.isLeased(latest.head)) throw new UnresolvedPlaceError(failure);
      await this.pause(looks);
      latest = await this.look();
      if (latest.loaded && isUsable(latest.loaded.tree, this.parts.now()))
        return this.remember(latest.loaded);
    }
    throw new UnresolvedPlaceError('Another worker reads the organization, and is not done yet.');
  }

  private async force(tree: OrganizationTree): Promise<OrganizationTree> {
    let latest = await this.look();
    const newer = () => latest.loaded && latest.loaded.tree.readAt > tree.readAt;
    if (!newer() && this.mayForce(latest)) {
      const read = await this.refresh(latest, true);
      if (read) return this.remember(read);
      latest = await this.look();
    }
    for (let looks = 0; !newer() && this.isBeingRead(latest.head) && looks < mostLooks; looks += 1) {
      await this.pause(looks);
      latest = await this.look();
    }
    return latest.loaded && newer() ? this.remember(latest.loaded) : tree;
  }

  /** Spares a write that would be refused. A time to come was not written by this code. */
  private mayForce({ head: { forcedAt }, loaded }: Seen): boolean {
    const last = Date.parse(forcedAt ?? '');
    const rests =
      last <= this.parts.now().getTime() && last > this.before(forcedMilliseconds(loaded?.tree)).getTime();
    return !rests;
  }

  private isBeingRead(head: TreeHead): boolean {
    return head.leaseHolder !== undefined && this.isLeased(head);
  }

  /** Whether nobody else may read the organization now: somebody does, or it has just failed. */
  private isLeased({ leaseUntil }: TreeHead): boolean {
    return Date.parse(leaseUntil ?? '') > this.parts.now().getTime();
  }

  /**
   * Reads the organization, and keeps its tree.
   * @returns undefined when somebody else does, or has done so since
   * @throws UnresolvedPlaceError when it cannot be read or kept
   */
  private async refresh({ head, loaded }: Seen, forced = false): Promise<Loaded | undefined> {
    const { kept, read, now, newHolder } = this.parts;
    const holder = newHolder();
    const leased = await kept.lease({
      holder,
      now: now(),
      until: this.before(-leaseMilliseconds),
      seen: head.seen,
      ...(forced && { forcedBefore: this.before(forcedMilliseconds(loaded?.tree)) }),
    });
    if (!leased) return undefined;
    try {
      const tree = await read();
      const { readAt, tookMilliseconds } = tree;
      const content = contentOf(tree);
      const last = loaded?.kept;
      return {
        tree,
        kept: await kept.keep({ content, readAt, tookMilliseconds }, { holder, now: now(), last }),
      };
    } catch (error) {
      if (error instanceof LeaseLostError) return undefined;
      const failure = error instanceof UnresolvedPlaceError ? error : notKept(error);
      // Where even that fails, the lease ends by itself.
      await kept.giveUp(holder, failure.message, this.before(-failedMilliseconds)).catch(() => {});
      throw failure;
    }
  }

  private async look(): Promise<Seen> {
    const head = await this.parts.kept.head();
    const tree = head.kept && (await this.treeOf(head.kept));
    return { head, ...(head.kept && tree && { loaded: { tree, kept: head.kept } }) };
  }

  private async treeOf(kept: KeptGeneration): Promise<OrganizationTree | undefined> {
    const read = { readAt: new Date(kept.readAt), tookMilliseconds: kept.tookMilliseconds };
    if (this.memory?.kept.generation === kept.generation) return { ...this.memory.tree, ...read };
    const content = await this.parts.kept.load(kept);
    return content === undefined ? undefined : treeOf(content, read);
  }

  private remember(loaded: Loaded): OrganizationTree {
    // Of two that were asked for at the same time the older one may come last.
    const latest = this.memory && this.memory.tree.readAt > loaded.tree.readAt ? this.memory : loaded;
    const { tree, kept } = latest;
    this.memory = { tree, kept, checkedAt: this.parts.now().getTime() };
    return tree;
  }

  /** Longer from time to time, and not the same for all who wait. */
  private pause(looks: number): Promise<void> {
    const longest = Math.min(longestPause, shortestPause * 2 ** looks);
    return this.parts.pause(Math.round(longest * (0.5 + this.parts.random() / 2)));
  }

  private before(milliseconds: number): Date {
    return new Date(this.parts.now().getTime() - milliseconds);
  }
}

function notKept(error: unknown): UnresolvedPlaceError {
  return new UnresolvedPlaceError(`The organization's tree cannot be kept in the ledger: ${String(error)}`, {
    cause: error,
  });
}
