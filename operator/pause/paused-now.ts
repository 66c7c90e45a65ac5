import { RecordError } from '../../ledger/errors';
import { activeStops, type Stop } from '../../ledger/stop';
import type { Hub } from '../hub/hub';

/** What is paused now. A switch that cannot be read is on, everywhere; `unreadable` says why it cannot. */
export type PausedNow = { stops: readonly Stop[] } | { unreadable: string };

/**
 * Reads the stop switch.
 * @throws HubError when the ledger cannot be asked
 */
export function pausedNow(hub: Hub): Promise<PausedNow> {
  return hub.ask('ledger', async () => {
    try {
      return { stops: activeStops(await hub.stopSwitch.stops(), new Date()) };
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      return { unreadable: error.message };
    }
  });
}
