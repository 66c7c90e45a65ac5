import { type CoverageStore, trailEventMilliseconds } from '../../../ledger/coverage/coverage';
import { placeKey, type WatchedPlace } from '../../../ledger/coverage/place-coverage';
import type { Log } from '../log';

/** So many places are remembered; an organization has fewer, and anybody in it can name others. */
const mostRemembered = 20_000;

/** What noting takes. */
export interface TrailsSeenParts {
  coverage: Pick<CoverageStore, 'noteTrailEvent'>;
  log: Pick<Log, 'warn'>;
  now: () => Date;
}

/**
 * Notes of each account and Region that CloudTrail's events arrive, once an hour at the most: the process remembers what it noted, and
 * the table refuses what another process did.
 */
export class TrailsSeen {
  /** When an event was noted of each place, milliseconds since the epoch. */
  private readonly noted = new Map<string, number>();

  constructor(private readonly parts: TrailsSeenParts) {}

  /** Never rejects: what is found does not wait for what is only told. */
  async note(place: WatchedPlace): Promise<void> {
    const { coverage, log, now } = this.parts;
    const key = placeKey(place);
    const at = now();
    if (at.getTime() - (this.noted.get(key) ?? Number.NEGATIVE_INFINITY) < trailEventMilliseconds) return;
    if (this.noted.size >= mostRemembered) this.noted.clear();
    this.noted.set(key, at.getTime());
    try {
      await coverage.noteTrailEvent(place, at);
    } catch (error) {
      this.noted.delete(key);
      log.warn('An arrived event of CloudTrail was not noted', { error: String(error) });
    }
  }
}
