import type { CompiledPolicy } from './compiled';
import type { AccountPlace } from './place';
import { type Resolved, resolve } from './resolve';
import { UnresolvedPolicyError } from './unresolved';

/** The policy's flag and parameters, or why they cannot be told. */
export type Resolution = Resolved | { unresolved: string };

/** What the policy says of an account and a control, as `resolve` does. Never throws for what cannot be told. */
export function resolutionOf(policy: CompiledPolicy, place: AccountPlace, control: string): Resolution {
  try {
    return resolve(policy, place, control);
  } catch (error) {
    if (error instanceof UnresolvedPolicyError) return { unresolved: error.message };
    throw error;
  }
}
