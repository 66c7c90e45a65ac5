import type { Json } from './json';

/** One change that a plan makes. `action` and the further keys are the control's own, flat and JSON. */
export type Change = {
  /** For example `revoke`, `authorize`, `removeGrant`. */
  action: string;
  /** One sentence for people that says what was and what becomes of it. */
  text: string;
} & { [key: string]: Json };

/** What would make a resource compliant. */
export interface Plan<C extends Change = Change> {
  /** In the order in which they are applied. */
  changes: C[];
  /** Whether it also takes something that was not the danger. */
  lossy: boolean;
  /** What goes with it, one sentence each; empty exactly when not lossy. */
  losses: string[];
}
