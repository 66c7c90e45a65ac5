import type { ControlFacts } from '../../../controls/control';
import type { FindingIdentity } from '../../../core/finding';
import type { FindingRuling } from '../../../decision/finding-ruling';

/** A finding to look at, and what is known of it from outside the ledger. */
export interface Subject {
  identity: FindingIdentity;
  control: ControlFacts;
  ruling: FindingRuling;
}
