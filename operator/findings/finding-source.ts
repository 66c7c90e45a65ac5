import type { FindingIdentity } from '../../core/finding';
import type { FindingRecord } from '../../ledger/findings/record';
import type { UndoExemption } from '../../ledger/findings/undo-exemption';
import type { PausedNow } from '../../ledger/limits/paused-now';
import type { PlaceNames } from '../../ledger/organization/place-names';
import type { SavedHistory } from '../../ledger/saved/saved-history';
import type { ReportedDeputies } from './reported-deputies';

/** What is known of one occurrence beside its record. */
export interface KnownBeside {
  /** What was saved of its fix; absent where nothing was ever fixed, or it is not told. */
  history?: SavedHistory;
  /** Keeps the finding from being fixed; it may have ended. */
  exemption?: UndoExemption;
}

/** Where findings are read. Everything throws OperatorError when it cannot be asked, or does not tell. */
export interface FindingSource {
  /**
   * Every occurrence of every finding, in no order. The host is told of a record that cannot be understood.
   */
  every(): Promise<FindingRecord[]>;
  /**
   * One occurrence, the latest where none is named; undefined where there is none.
   * @param identity whose type does not matter: it is no part of a finding's key
   */
  read(identity: FindingIdentity, occurrence?: number): Promise<FindingRecord | undefined>;
  beside(record: FindingRecord): Promise<KnownBeside>;
  exemption(record: FindingRecord): Promise<UndoExemption | undefined>;
  /**
   * Whether an account of which there are no findings is none that the hub knows, though it knows others.
   * @param records all findings
   */
  isUnknown(accountId: string, records: readonly FindingRecord[]): Promise<boolean>;
  /** What is paused; undefined where that is not told. Ask for the findings first: the hub tells it with them. */
  paused(): Promise<PausedNow | undefined>;
  /** What the patrol reports beside findings; undefined where that is not told. */
  deputies(): Promise<readonly ReportedDeputies[] | undefined>;
  /** What accounts and units are called, as far as it is known by then. Never throws. */
  names(): Promise<PlaceNames>;
}
