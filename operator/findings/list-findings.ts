import type { FindingRecord } from '../../ledger/findings/record';
import type { PausedNow } from '../../ledger/limits/paused-now';
import type { PlaceNames } from '../../ledger/organization/place-names';
import type { Hub } from '../hub/hub';
import { accountIdOf } from '../organization/account-id';
import { shortNames } from './finding-name';
import type { ReportedDeputies } from './reported-deputies';
import { type FindingFilter, selectFindings } from './select-findings';

/** Findings that were asked for, with what is said beside them. */
export interface FindingList {
  /** Open ones first, then the worst, then the newest. */
  findings: FindingRecord[];
  /** Whether there are no findings at all that could be told. */
  ledgerIsEmpty: boolean;
  /** The shortest name by which a finding can be asked for. */
  nameOf: (record: FindingRecord) => string;
  /** The id of the account that was asked for, where nothing was found and the hub does not know it, though it knows others. */
  unknownAccount?: string;
  /** What is paused now; absent where that is not told. */
  paused?: PausedNow;
  /** What is reported beside them; nothing where states were asked for, which it has none of, or where it is not told. */
  deputies: readonly ReportedDeputies[];
  /** What accounts and units are called. */
  places: PlaceNames;
}

/**
 * The findings.
 * @param account by id, or by a name, which is asked of AWS Organizations; all where left out
 * @throws OperatorError when no account has the name, or several have; and when the hub cannot be asked
 */
export async function listFindings(
  hub: Hub,
  filter: Omit<FindingFilter, 'accountId'>,
  account?: string,
): Promise<FindingList> {
  const accountId = account === undefined ? undefined : await accountIdOf(hub, account);
  const records = await hub.findings.every();
  const paused = await hub.findings.paused();
  const findings = selectFindings(records, { ...filter, ...(accountId !== undefined && { accountId }) });
  const names = shortNames(records);
  const deputies = filter.states === undefined ? ((await hub.findings.deputies()) ?? []) : [];
  const places = await hub.names();
  const isUnknown =
    findings.length === 0 && accountId !== undefined && (await hub.findings.isUnknown(accountId, records));
  return {
    findings,
    ...(isUnknown && { unknownAccount: accountId }),
    ledgerIsEmpty: records.length === 0,
    nameOf: (record) => names.get(record) ?? record.finding,
    ...(paused && { paused }),
    deputies: deputies.filter(
      (one) =>
        (accountId === undefined || one.accountId === accountId) &&
        (filter.control === undefined || one.control === filter.control),
    ),
    places,
  };
}
