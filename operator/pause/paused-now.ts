import { stopLines } from '../../cli/pause/stop-lines';
import { RecordError } from '../../ledger/errors';
import type { Hub } from '../hub/hub';
import { printable } from '../text/printable';

/**
 * What is paused now, a line each. A switch that cannot be read is on.
 * @throws UserError when the ledger cannot be asked
 */
export function pausedNow(hub: Hub): Promise<string[]> {
  return hub.ask('ledger', async () => {
    try {
      return stopLines(await hub.stopSwitch.stops(), new Date(), await hub.names());
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      return [
        `Staunch is stopped everywhere, because its stop switch cannot be read: ${printable(error.message)}`,
      ];
    }
  });
}
