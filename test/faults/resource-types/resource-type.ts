import type { FindingIdentity } from '../../../core/finding';
import type { Adapter } from '../../../resources/kit/live-resource';
import type { InMemoryAws } from '../aws/in-memory-aws';

/**
 * What is planted:
 *
 * - `simple`: one danger;
 * - `several`: dangers whose fix takes several writes;
 * - `lossy`: one that no fix takes without something harmless; not every type has such a danger;
 * - `whole`: dangers that are all there is of a policy, or of what else holds them, so that a fix deletes that as a whole; not every
 *   type has something of the kind.
 *
 * Each but the last beside harmless neighbours, with words and tags of their own.
 */
export type Variant = 'simple' | 'several' | 'lossy' | 'whole';

/** What owners may do to a resource at any time. */
export type OwnersEdit =
  /** Opens it further. */
  | 'worsen'
  /** Closes all of the danger. */
  | 'mend'
  /** Opens it again as it was planted, in whatever way. */
  | 'reopen'
  /** Changes something that is no danger, and not what a fix touches. */
  | 'unrelated';

/** A resource type as scenarios need it. All of it looks at what is really there, and by no control's eyes. */
export interface ResourceType {
  /** A word or two, for the names of tests. */
  name: string;
  identity(accountId: string): FindingIdentity;
  adapter: Adapter;
  /** Whether a write replaces a whole policy, on no condition: what an owner changes between the reading and the write is lost. */
  isReplacedWhole?: true;
  /** What can be planted of this type; every type has `simple` and `several`. */
  variants: readonly Variant[];
  plant(aws: InMemoryAws, accountId: string, variant: Variant): void;
  /** Each returns whether there was anything that AWS let the owner change. */
  edit: Record<OwnersEdit, (aws: InMemoryAws, variant: Variant) => boolean>;
  /** Everything of the danger that is there, also where something hides it or keeps it from counting. */
  dangers(aws: InMemoryAws): string[];
  /** All that is there, in words that compare: in a fixed order, and without ids that AWS chooses. */
  state(aws: InMemoryAws): string[];
  /** What has to be there after a fix of what was planted, whatever `worsen` added. */
  fixed(variant: Variant): string[];
  /** What `unrelated` adds to the state. */
  unrelated: string[];
}
