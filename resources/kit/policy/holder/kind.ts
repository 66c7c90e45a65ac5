import type { FixableResourceType } from '../../../resource-types';
import type { PolicyLimits } from '../undo';
import type { PolicyHolder } from './model';

/** What the generic halves of a type with one policy document have to know of it. */
export interface HolderKind {
  resourceType: FixableResourceType;
  /** What such a resource is, in the middle of a sentence: `queue`. */
  noun: string;
  /** What its id is called where a saved state is shown: `url`. */
  idLabel: string;
  /** The service, and how long a policy it takes. */
  limits: PolicyLimits;
  /** Fills the model from a saved state. @throws ResourceInputError when it cannot be understood */
  fromApi(saved: unknown): PolicyHolder;
  /**
   * The service tells neither when a resource was made, nor gives each an id of its own: an undo goes by the policy, which has to be
   * exactly as the fix left it.
   */
  isKnownByLooks?: true;
  /** The codes by which the service says that there is no such resource. */
  gone: readonly string[];
  /** What the service answers to a policy that it will never take as it is. */
  refusals: readonly string[];
}
