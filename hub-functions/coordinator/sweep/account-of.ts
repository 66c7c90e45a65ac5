import type { RecordKey } from '../../../ledger/findings/record-key';

/** The account that a ledger key is about: a finding's key begins with it. */
export function accountOf({ finding }: RecordKey): string {
  return finding.slice(0, finding.indexOf('#'));
}
