import { RecordError } from '../../ledger/errors';
import { isLifted, type LiftedLimits, type LiftedLimitsStore } from '../../ledger/lifted-limits';
import { activeStops, type Stop } from '../../ledger/stop';
import type { StopSwitch } from '../../ledger/stop-switch';
import type { AskedHub } from '../hub/asked-hub';

/** What is paused now, and how limits are lifted. A switch that cannot be read is on, everywhere; `unreadable` says why it cannot. */
export type PausedNow = { stops: readonly Stop[]; lifted?: LiftedLimits } | { unreadable: string };

/** A hub, as far as its stop switch takes it. */
export interface SwitchedHub extends AskedHub {
  readonly stopSwitch: Pick<StopSwitch, 'stops'>;
  readonly liftedLimits: Pick<LiftedLimitsStore, 'read'>;
}

/**
 * Reads the stop switch.
 * @throws HubError when the ledger cannot be asked
 */
export function pausedNow(hub: SwitchedHub): Promise<PausedNow> {
  return hub.ask('ledger', async () => {
    try {
      const now = new Date();
      const stops = activeStops(await hub.stopSwitch.stops(), now);
      const { lifted } = await hub.liftedLimits.read();
      return { stops, ...(lifted && isLifted(lifted, now) && { lifted }) };
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      return { unreadable: error.message };
    }
  });
}
