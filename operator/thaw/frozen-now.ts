import { listDigest, nameInList } from '../../core/frozen-list';
import type { FindingRecord } from '../../ledger/findings/record';
import { latestOccurrences } from '../findings/finding-name';
import type { Hub } from '../hub/hub';
import { accountIdOf } from '../organization/account-id';

/** What of an account is frozen. */
export interface FrozenAccount {
  accountId: string;
  findings: FindingRecord[];
  /** The list in short, as an order to thaw it names it. */
  list: string;
}

/** What is frozen, as far as whoever asks may see it. */
export interface FrozenNow {
  /** The accounts with the most first. */
  accounts: FrozenAccount[];
  /** Of all of them together, in short. */
  list: string;
}

/**
 * The findings that are frozen now.
 * @param account by id or by name; all where left out
 * @throws OperatorError when no account has the name, or several have; and when the hub cannot be asked
 */
export async function frozenNow(hub: Hub, account?: string): Promise<FrozenNow> {
  const accountId = account === undefined ? undefined : await accountIdOf(hub, account);
  return frozenOf(await hub.findings.every(), accountId);
}

/** What of some findings is frozen. Pure. */
export function frozenOf(records: readonly FindingRecord[], accountId?: string): FrozenNow {
  const byAccount = new Map<string, FindingRecord[]>();
  for (const record of latestOccurrences(records)) {
    const { accountId: own } = record.identity;
    if (record.state !== 'held' || record.heldBy !== 'frozen') continue;
    if (accountId !== undefined && own !== accountId) continue;
    byAccount.set(own, [...(byAccount.get(own) ?? []), record]);
  }
  const accounts = [...byAccount]
    .map(([id, findings]) => ({ accountId: id, findings, list: listOf(findings) }))
    .sort((one, other) => other.findings.length - one.findings.length);
  return { accounts, list: listOf(accounts.flatMap(({ findings }) => findings)) };
}

function listOf(findings: readonly FindingRecord[]): string {
  return listDigest(findings.map(nameInList));
}
