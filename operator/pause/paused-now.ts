import type { LiftedLimitsStore } from '../../ledger/limits/lifted-limits';
import { type PausedNow, readPausedNow } from '../../ledger/limits/paused-now';
import type { StopSwitch } from '../../ledger/limits/stop-switch';
import type { AskedHub } from '../hub/asked-hub';

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
  return hub.ask('ledger', () => readPausedNow(hub, new Date()));
}
