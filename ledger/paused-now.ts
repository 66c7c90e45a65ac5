import * as z from 'zod/mini';
import { RecordError } from './errors';
import { activeStops, stopSchema } from './stop';
import type { StopSwitch } from './stop-switch';

const pausedNowSchema = z.union([
  z.object({ stops: z.array(stopSchema) }),
  z.object({ unreadable: z.string() }),
]);

/** What is paused now. A switch that cannot be read is on, everywhere; `unreadable` says why it cannot. */
export type PausedNow = z.infer<typeof pausedNowSchema>;

/**
 * Reads the stop switch.
 * @throws AWS's error when the table cannot be read
 */
export async function readPausedNow(stopSwitch: Pick<StopSwitch, 'stops'>, now: Date): Promise<PausedNow> {
  try {
    return { stops: activeStops(await stopSwitch.stops(), now) };
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return { unreadable: error.message };
  }
}

/**
 * What is paused, as the hub tells it.
 * @throws RecordError when it cannot be understood
 */
export function parsePausedNow(told: unknown): PausedNow {
  const parsed = pausedNowSchema.safeParse(told);
  if (parsed.success) return parsed.data;
  throw new RecordError('What the hub tells of pauses cannot be understood.');
}
