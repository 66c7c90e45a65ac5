import { type Stop, stopFor, stopReason } from '../../ledger/limits/stop';
import type { StopSwitch } from '../../ledger/limits/stop-switch';
import { StoppedError } from '../../resources/kit/live-resource';

/** What is asked right before every write of a fix. */
export interface StopGuardParts {
  stopSwitch: Pick<StopSwitch, 'stops'>;
  /** The account's id, and the ids of what it lies under. */
  place: readonly string[];
  /** ISO 8601; from then on nothing may be written. */
  writeBefore?: string;
  now: () => Date;
  /** Waits so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/** How long to wait, in milliseconds, before a switch that could not be read is read again. */
const pauses = [50, 250];

/**
 * The guard of a fix's writes.
 * @returns throws StoppedError when nothing may be written now. A switch that cannot be read means stop.
 */
export function stopGuard({
  stopSwitch,
  place,
  writeBefore,
  now,
  pause,
}: StopGuardParts): () => Promise<void> {
  return async () => {
    const stop = stopFor(await readStops(stopSwitch, pause), place, now());
    if (stop) throw new StoppedError(stopReason(stop));
    // Last, since reading the switch may take its time.
    if (writeBefore !== undefined && now().getTime() >= Date.parse(writeBefore)) {
      throw new StoppedError('A freeze of the policy has begun.');
    }
  };
}

async function readStops(
  stopSwitch: StopGuardParts['stopSwitch'],
  pause: StopGuardParts['pause'],
): Promise<Stop[]> {
  for (const milliseconds of pauses) {
    try {
      return await stopSwitch.stops();
    } catch {
      await pause(milliseconds);
    }
  }
  try {
    return await stopSwitch.stops();
  } catch (error) {
    throw new StoppedError(`The stop switch cannot be read: ${String(error)}`, true, { cause: error });
  }
}
