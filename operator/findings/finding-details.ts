import type { FindingRecord } from '../../ledger/findings/record';
import type { PlaceNames } from '../../ledger/organization/place-names';
import type { Hub } from '../hub/hub';
import { findFinding } from './find-finding';
import type { KnownBeside } from './finding-source';

/** Everything that is told of one occurrence of a finding. */
export interface FindingDetails extends KnownBeside {
  record: FindingRecord;
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
  const [beside, names] = await Promise.all([hub.findings.beside(record), hub.names()]);
  return { record, names, ...beside };
}
