import { RecordError } from '../../ledger/errors';
import { activeStops, type Stop } from '../../ledger/stop';
import type { StopSwitch } from '../../ledger/stop-switch';
import type { AskedHub } from '../hub/asked-hub';

/** What is paused now. A switch that cannot be read is on, everywhere; `unreadable` says why it cannot. */
export type PausedNow = { stops: readonly Stop[] } | { unreadable: string };

/** A hub, as far as its stop switch takes it. */
export interface SwitchedHub extends AskedHub {
  readonly stopSwitch: Pick<StopSwitch, 'stops'>;
}

/**
 * Reads the stop switch.
 * @throws HubError when the ledger cannot be asked
 */
export function pausedNow(hub: SwitchedHub): Promise<PausedNow> {
  return hub.ask('ledger', async () => {
    try {
      return { stops: activeStops(await hub.stopSwitch.stops(), new Date()) };
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      return { unreadable: error.message };
    }
  });
}
