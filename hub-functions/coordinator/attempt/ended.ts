import type { FindingRuling } from '../../../decision/finding-ruling';
import type { Worked } from '../recording/outcome';

/** What comes after an attempt, as far as it came. */
export type Ended =
  | { next: 'record'; worked: Worked }
  /** The policy says something else of it by now: it is decided on anew. */
  | { next: 'ask-anew'; ruling: FindingRuling }
  /** Too little time is left for the fix, and nothing was changed: the occurrence is given back, due at once. */
  | { next: 'put-back' };
