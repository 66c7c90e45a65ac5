import { isDeepStrictEqual } from 'node:util';
import type { CompiledPolicy } from '../../../config/compiled';
import { policyDigest } from '../../../config/policy-digest';
import { thawOf } from '../../../config/thaw';
import { nameInList } from '../../../core/frozen-list';
import { emptyList, listsToTell, nextLists, toldList } from '../../../decision/thawing';
import { waitingPartition } from '../../../ledger/findings/due';
import type { Ledger } from '../../../ledger/findings/ledger';
import type { PolicyProgressStore } from '../../../ledger/findings/policy-progress';
import type { RecordKey } from '../../../ledger/findings/record-key';
import type { FrozenList } from '../../../ledger/limits/frozen-list';
import type { FrozenLists } from '../../../ledger/limits/frozen-lists';
import type { WaitingScopes } from '../../../ledger/limits/waiting-scopes';
import { parseWaitsFor, waitsForThaw } from '../../../ledger/limits/waits-for';
import { ConflictError } from '../../../ledger/table/errors';
import { type DuePage, endOfTime } from '../../../ledger/table/ledger-indexes';
import type { Notices } from '../../../ledger/told/notices';
import { released } from '../../../ledger/transitions/rest';
import { frozenNotice } from '../telling/frozen-notice';
import { lookMilliseconds, type Remaining } from '../time-limits';

/** What thawing takes. */
export interface ThawingParts {
  policy: CompiledPolicy;
  ledger: Pick<Ledger, 'due' | 'read' | 'change'>;
  waitingScopes: Pick<WaitingScopes, 'list' | 'forget'>;
  frozenLists: Pick<FrozenLists, 'list' | 'write'>;
  progress: Pick<PolicyProgressStore, 'read'>;
  notices: Pick<Notices, 'give'>;
  now: () => Date;
}

const pageSize = 1_000;
/** The index may be so far behind, and a worker so long at work. */
const settledMilliseconds = 10 * 60_000;

/** An account's list as it was read, and what is frozen of the account now. */
interface Known {
  list: FrozenList;
  keys: readonly RecordKey[];
}

/**
 * Gathers the backlog of each account, sweep by sweep, until it is known how much it is. Little of it is released; of much of it people
 * are told, and it stays until a person thaws it. What is released is made so here, record by record: wherever this stops, the next
 * sweep goes on.
 */
export class Thawing {
  constructor(private readonly parts: ThawingParts) {}

  /** @throws RecordError when a list cannot be understood: nothing is released then */
  async run(remaining: Remaining): Promise<void> {
    const { frozenLists, waitingScopes, now } = this.parts;
    const scopes = (await waitingScopes.list()).filter((scope) => accountOf(scope) !== undefined);
    const known = await frozenLists.list();
    const accountIds = new Set([
      ...scopes.flatMap((scope) => accountOf(scope) ?? []),
      ...known.filter((list) => list.releasing || list.names.length > 0).map(({ accountId }) => accountId),
    ]);
    if (accountIds.size === 0) return;
    const accounts = await Promise.all(
      [...accountIds].sort().map(async (accountId) => ({
        list: known.find((list) => list.accountId === accountId) ?? emptyList(accountId, now()),
        keys: await this.frozenIn(accountId),
      })),
    );
    const lists = await this.evaluated(accounts);
    for (const [index, { keys }] of accounts.entries()) await this.release(lists[index], keys, remaining);
    for (const scope of scopes) {
      const own = accounts.find(({ list }) => list.accountId === accountOf(scope));
      if (own?.keys.length === 0) await waitingScopes.forget(scope, now());
    }
  }

  /**
   * Writes what becomes of the lists.
   * @returns them as they are then; undefined where another sweep, or an order, was faster
   */
  private async evaluated(accounts: readonly Known[]): Promise<(FrozenList | undefined)[]> {
    const { policy, progress, frozenLists, notices, now } = this.parts;
    const gatherings = accounts.map(({ list, keys }) => {
      const leaving = new Set(list.releasing?.names);
      return { list, names: keys.map(nameInList).filter((name) => !leaving.has(name)) };
    });
    const read = await progress.read();
    const isLookedThrough = read?.digest === policyDigest(policy) && read.done;
    const at = now();
    const next = nextLists(gatherings, { most: thawOf(policy), isLookedThrough }, at);
    const untold = listsToTell(next, at);
    const frozen = next.filter((list) => list.frozen && list.names.length > 0);
    if (untold.length > 0) await notices.give(frozenNotice(untold, frozen, at), at);
    return Promise.all(
      next.map(async (list, index) => {
        const told = untold.includes(list) ? toldList(list, at) : list;
        if (isDeepStrictEqual(told, accounts[index]?.list)) return told;
        return (await frozenLists.write(told, at)) ? { ...told, version: told.version + 1 } : undefined;
      }),
    );
  }

  /** Makes records say that they are released; once none is left, the list forgets them. */
  private async release(
    list: FrozenList | undefined,
    keys: readonly RecordKey[],
    remaining: Remaining,
  ): Promise<void> {
    const { frozenLists, now } = this.parts;
    if (!list?.releasing) return;
    const { names, at } = list.releasing;
    const meant = new Set(names);
    const left = keys.filter((key) => meant.has(nameInList(key)));
    for (const key of left) {
      if (remaining() < lookMilliseconds) return;
      await this.releaseOne(key);
    }
    if (left.length > 0 || Date.parse(at) > now().getTime() - settledMilliseconds) return;
    const { releasing: _releasing, ...rest } = list;
    await frozenLists.write(rest, now());
  }

  private async releaseOne(key: RecordKey): Promise<void> {
    const { ledger, now } = this.parts;
    const record = await ledger.read(key);
    if (!record) return;
    try {
      // Also what a look that was under way has frozen once more since.
      await ledger.change(record, (fresh) =>
        fresh.state === 'held' && fresh.heldBy === 'frozen' ? released(fresh, now()) : undefined,
      );
    } catch (error) {
      // Somebody is at it: the next sweep sees what became of it.
      if (!(error instanceof ConflictError)) throw error;
    }
  }

  private async frozenIn(accountId: string): Promise<RecordKey[]> {
    const partition = waitingPartition(waitsForThaw(accountId));
    const keys: RecordKey[] = [];
    let page: DuePage | undefined;
    do {
      page = await this.parts.ledger.due(partition, endOfTime, pageSize, page?.next);
      keys.push(...page.keys);
    } while (page.next);
    return keys;
  }
}

function accountOf({ waitsFor }: { waitsFor: string }): string | undefined {
  const what = parseWaitsFor(waitsFor);
  return what?.kind === 'frozen' ? what.accountId : undefined;
}
