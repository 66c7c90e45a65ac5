import type { Notice } from '../../../core/notice';
import { utc } from '../../../core/utc';
import { waitingPartition } from '../../../ledger/findings/due';
import type { Ledger } from '../../../ledger/findings/ledger';
import { type MemberRole, waitsForAccount } from '../../../ledger/limits/waits-for';
import { UnknownAccountError, UnresolvedPlaceError } from '../../../ledger/organization/place-errors';
import type {
  UnreachableAccount,
  UnreachableAccounts,
} from '../../../ledger/organization/unreachable-accounts';
import { endOfTime } from '../../../ledger/table/ledger-indexes';
import type { Notices } from '../../../ledger/told/notices';
import { isOfAccount, SessionRefusedError } from '../../member-session/assume';
import type { Places } from '../deciding/ruling';
import { lookMilliseconds, type Remaining } from '../time-limits';

/** What the probes take. */
export interface AccountProbesParts {
  unreachableAccounts: Pick<UnreachableAccounts, 'list' | 'mayTry' | 'remember' | 'forget'>;
  organization: Pick<Places, 'place'>;
  ledger: Pick<Ledger, 'due' | 'countWaiting'>;
  notices: Pick<Notices, 'give'>;
  /** @throws SessionRefusedError when the role cannot be assumed */
  tryRole: (accountId: string, role: MemberRole) => Promise<void>;
  now: () => Date;
}

/** So many accounts are tried in one sweep; the next one goes on. */
const mostAtOnce = 25;
/** A role that was not there a moment ago may be on its way: people hear of it when it is not there then either. */
const triesBeforeTold = 2;
/** A finding may be about to wait for so long after its account was remembered, and the index is a little behind. */
const settledMilliseconds = 10 * 60_000;

/**
 * Tries the accounts again that could not be reached, each by one call, whatever number of findings waits for it; and tells of those
 * in which something would be fixed, once a day. Once an account can be reached, all that waits for it is woken; and so it is once
 * the account has left the organization or is closed, to end there.
 */
export class AccountProbes {
  /** What this process has told, so that nothing is counted each minute. */
  private readonly told = new Set<string>();

  constructor(private readonly parts: AccountProbesParts) {}

  async run(remaining: Remaining): Promise<void> {
    const { unreachableAccounts, now } = this.parts;
    let tried = 0;
    for (const account of await unreachableAccounts.list()) {
      if (await this.hasLeft(account)) {
        await unreachableAccounts.forget(account);
        continue;
      }
      await this.tell(account);
      if (tried >= mostAtOnce || remaining() < lookMilliseconds) continue;
      if (account.until > now().toISOString()) continue;
      if (await this.isForgotten(account)) continue;
      if (!(await unreachableAccounts.mayTry(account, now()))) continue;
      tried += 1;
      await this.tryAgain(account);
    }
  }

  private async tryAgain(account: UnreachableAccount): Promise<void> {
    const { unreachableAccounts, tryRole, now } = this.parts;
    try {
      await tryRole(account.accountId, account.role);
    } catch (error) {
      if (!(error instanceof SessionRefusedError)) throw error;
      // Anything else is no matter of the account: it is tried again in a moment.
      if (!isOfAccount(error)) return;
      const { message: reason, errorCode } = error;
      await unreachableAccounts.remember(account, { reason, errorCode }, now());
      return;
    }
    await unreachableAccounts.forget(account);
  }

  /** An account for which nothing waits is not tried again for ever. */
  private async isForgotten(account: UnreachableAccount): Promise<boolean> {
    const { unreachableAccounts, ledger, now } = this.parts;
    if (Date.parse(account.since) > now().getTime() - settledMilliseconds) return false;
    const { keys } = await ledger.due(waitingPartition(scopeOf(account)), endOfTime, 1);
    if (keys.length > 0) return false;
    await unreachableAccounts.forget(account);
    return true;
  }

  private async hasLeft({ accountId }: UnreachableAccount): Promise<boolean> {
    try {
      await this.parts.organization.place(accountId);
    } catch (error) {
      if (error instanceof UnknownAccountError) return true;
      if (!(error instanceof UnresolvedPlaceError)) throw error;
    }
    return false;
  }

  private async tell(account: UnreachableAccount): Promise<void> {
    const { ledger, notices, now } = this.parts;
    if (!account.matters || account.tries < triesBeforeTold) return;
    const id = `unreachable#${scopeOf(account)}#${now().toISOString().slice(0, 10)}`;
    if (this.told.has(id)) return;
    const count = await ledger.countWaiting(scopeOf(account));
    if (count > 0) await notices.give(noticeOf(id, account, count, now()), now());
    this.told.add(id);
  }
}

function scopeOf({ accountId, role }: UnreachableAccount): string {
  return waitsForAccount(accountId, role);
}

function noticeOf(
  noticeId: string,
  { accountId, role, since, reason }: UnreachableAccount,
  count: number,
  now: Date,
): Notice {
  const what = role === 'read' ? 'looked at' : 'fixed';
  return {
    version: 1,
    noticeId,
    title: `Account ${accountId} cannot be reached: ${count} ${count === 1 ? 'finding waits' : 'findings wait'}`,
    text: `Since ${utc(since)} nothing in account ${accountId} can be ${what}: ${reason} Staunch tries again by itself, at least once an hour, and then goes on with what waits. List it with staunch findings --account ${accountId}.`,
    at: now.toISOString(),
  };
}
