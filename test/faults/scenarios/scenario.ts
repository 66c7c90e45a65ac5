import type { CompiledPolicy } from '../../../config/compiled';
import type { FindingState } from '../../../core/states';
import type { Variant } from '../resource-types/resource-type';
import type { World } from '../world';

/** Something that happens with one finding, for any resource type. */
export interface Scenario {
  name: string;
  variant: Variant;
  /** Default: one whose flag is `on`. */
  accountId?: string;
  /** What the policy says otherwise. */
  policy?: Partial<CompiledPolicy>;
  /** What happens, to its end; whatever is left is done after it. */
  run(world: World): Promise<void>;
  /** In what the latest occurrence may end. */
  ends: readonly FindingState[];
  /** How many occurrences there are in the end; default: one. */
  occurrences?: number;
  /** Whether its orders may come to nothing, because something else came first. */
  mayRefuse?: true;
  /** Whether its account is away for a while, in which no message of it can be handled. */
  isAway?: true;
  /** Whether a fix may only be one that somebody approved. */
  needsApproval?: true;
  /**
   * Whether what is disturbed is what people and the hub do, which is the same for every resource type: fixes and undoing that go
   * wrong for one type alone are for other scenarios. `npm test` plays it with some types, `npm run test:deep` with all.
   */
  isLikeForAllTypes?: true;
}
