import type { PlaceNames } from '../../ledger/place-names';
import type { FindingRecord } from '../../ledger/record';
import type { SavedHistory } from '../../ledger/saved-history';
import type { UndoExemption } from '../../ledger/undo-exemption';
import type { Hub } from '../hub/hub';
import { findFinding } from './find-finding';

/** Everything that the ledger has of one occurrence of a finding. */
export interface FindingDetails {
  record: FindingRecord;
  /** What was saved of its fix; absent where nothing was ever fixed. */
  history?: SavedHistory;
  /** Keeps the finding from being fixed; it may have ended. */
  exemption?: UndoExemption;
  /** What accounts and units are called. */
  names?: PlaceNames;
}

/**
 * One finding.
 * @param name as `findFinding` takes it
 * @throws OperatorError when there is no such finding, or the hub cannot be asked
 */
export async function findingDetails(hub: Hub, name: string): Promise<FindingDetails> {
  const record = await findFinding(hub, name);
  const { identity, occurrence } = record;
  const [history, exemption, names] = await Promise.all([
    hub.ask('saved states', () => hub.savedStates.history(identity, occurrence)),
    hub.ask('ledger', () => hub.exemptions.read(identity)),
    hub.names(),
  ]);
  return { record, names, ...(history && { history }), ...(exemption && { exemption }) };
}
