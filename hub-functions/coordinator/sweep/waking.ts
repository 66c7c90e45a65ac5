import type { CompiledPolicy } from '../../../config/compiled';
import { isRenamed } from '../../../decision/names-seen';
import { waitingPartition } from '../../../ledger/findings/due';
import type { Ledger } from '../../../ledger/findings/ledger';
import type { RecordKey } from '../../../ledger/findings/record-key';
import type { FixLimits } from '../../../ledger/limits/fix-limits';
import { type LiftedLimitsStore, limitsNow } from '../../../ledger/limits/lifted-limits';
import { activeStops } from '../../../ledger/limits/stop';
import type { StopSwitch } from '../../../ledger/limits/stop-switch';
import type { WaitingScope, WaitingScopes } from '../../../ledger/limits/waiting-scopes';
import { type LimitScope, parseWaitsFor } from '../../../ledger/limits/waits-for';
import type { UnreachableAccounts } from '../../../ledger/organization/unreachable-accounts';
import { type DuePage, endOfTime } from '../../../ledger/table/ledger-indexes';
import type { GateParts } from '../deciding/gate';
import { accountOf } from './account-of';
import { fairly } from './fair-order';

/** What waking takes. */
export interface WakingParts {
  policy: CompiledPolicy;
  ledger: Pick<Ledger, 'due' | 'countOpen'>;
  waitingScopes: Pick<WaitingScopes, 'list' | 'forget'>;
  stopSwitch: Pick<StopSwitch, 'stops'>;
  fixLimits: Pick<FixLimits, 'free'>;
  liftedLimits: Pick<LiftedLimitsStore, 'read'>;
  unreachableAccounts: Pick<UnreachableAccounts, 'read'>;
  namedPlaces: GateParts['namedPlaces'];
  now: () => Date;
}

/** As many as one sweep may take up. */
const mostAtOnce = 250;
/** So many that wait for one thing are considered, so that a few accounts with many of them hide nobody else's. */
const mostConsidered = 20_000;
const pageSize = 1_000;

/** Finds what is held for something that is over. What it is still held for costs one small item to look at, not a finding each. */
export class Waking {
  constructor(private readonly parts: WakingParts) {}

  /**
   * The findings that may go on now, bounded; the rest follows in later sweeps.
   * @param onFailure hears of something of which it cannot be told whether it is over; what waits for the rest is woken
   */
  async woken(onFailure: (error: unknown) => void): Promise<RecordKey[]> {
    const woken: RecordKey[] = [];
    for (const scope of await this.parts.waitingScopes.list()) {
      try {
        woken.push(...(await this.wokenFrom(scope)));
      } catch (error) {
        onFailure(error);
      }
    }
    return woken;
  }

  private async wokenFrom(scope: WaitingScope): Promise<RecordKey[]> {
    const { ledger, waitingScopes, now } = this.parts;
    const places = await this.places(scope);
    if (places === 0) return [];
    const partition = waitingPartition(scope.waitsFor);
    const waiting = await this.waiting(partition);
    if (waiting.length > 0) return fairly(waiting, accountOf).slice(0, places);
    const { keys } = await ledger.due(partition, endOfTime, 1);
    if (keys.length === 0) await waitingScopes.forget(scope, now());
    return [];
  }

  /** What waits, apart from what failed and was moved back. */
  private async waiting(partition: string): Promise<RecordKey[]> {
    const { ledger, now } = this.parts;
    const keys: RecordKey[] = [];
    let page: DuePage | undefined;
    do {
      page = await ledger.due(partition, now(), pageSize, page?.next);
      keys.push(...page.keys);
    } while (page.next && keys.length < mostConsidered);
    return keys;
  }

  /** How many findings may go on; none while what they wait for lasts. */
  private async places({ waitsFor }: WaitingScope): Promise<number> {
    const { policy, stopSwitch, now } = this.parts;
    const what = parseWaitsFor(waitsFor);
    switch (what?.kind) {
      case 'stop': {
        const stops = activeStops(await stopSwitch.stops(), now());
        return stops.some(({ scope }) => scope === what.scope) ? 0 : mostAtOnce;
      }
      case 'freeze': {
        const freeze = policy.freezes.find(({ id }) => id === what.id);
        return freeze && freeze.to > now().toISOString() ? 0 : mostAtOnce;
      }
      case 'names':
        return (await this.areMissing(what.id)) ? 0 : mostAtOnce;
      case 'limit':
        return this.parts.fixLimits.free(what.scope, await this.limitOf(what.scope), now());
      case 'account':
        return (await this.parts.unreachableAccounts.read(what)) ? 0 : mostAtOnce;
      case 'frozen':
        // `thawing.ts` releases each of them.
        return 0;
      case 'places': {
        const { openFindings } = policy.limits;
        return openFindings - (await this.parts.ledger.countOpen(what.accountId, openFindings));
      }
      default:
        // What another version made them wait for is asked of each finding itself.
        return mostAtOnce;
    }
  }

  /** @param id of what may have lost its name; undefined for any name that nothing ever bore */
  private async areMissing(id: string | undefined): Promise<boolean> {
    const { unresolved, lost } = await this.parts.namedPlaces.policyNames();
    return (
      unresolved.length > 0 || (id !== undefined && lost.some((name) => name.id === id && isRenamed(name)))
    );
  }

  private async limitOf({ kind }: LimitScope): Promise<number> {
    const { policy, liftedLimits, now } = this.parts;
    const { fixesPerHour, failuresPerHour: failures } = policy.limits;
    const { lifted } = await liftedLimits.read();
    return limitsNow({ ...fixesPerHour, failures }, lifted, now())[kind];
  }
}
