import * as z from 'zod/mini';
import { RecordError } from '../table/errors';
import { isLifted, type LiftedLimitsStore, liftedLimitsSchema } from './lifted-limits';
import { activeStops, stopSchema } from './stop';
import type { StopSwitch } from './stop-switch';

const pausedNowSchema = z.union([
  z.object({ stops: z.array(stopSchema), lifted: z.exactOptional(liftedLimitsSchema) }),
  z.object({ unreadable: z.string() }),
]);

/** What is paused now, and how limits are lifted. A switch that cannot be read is on, everywhere; `unreadable` says why it cannot. */
export type PausedNow = z.infer<typeof pausedNowSchema>;

/** What tells of it. */
export interface PausedNowParts {
  stopSwitch: Pick<StopSwitch, 'stops'>;
  /** Where it is left out, nothing is told of lifted limits. */
  liftedLimits?: Pick<LiftedLimitsStore, 'read'>;
}

/**
 * Reads the stop switch, and how limits are lifted.
 * @throws AWS's error when the table cannot be read
 */
export async function readPausedNow(
  { stopSwitch, liftedLimits }: PausedNowParts,
  now: Date,
): Promise<PausedNow> {
  try {
    const stops = activeStops(await stopSwitch.stops(), now);
    const { lifted } = (await liftedLimits?.read()) ?? {};
    return { stops, ...(lifted && isLifted(lifted, now) && { lifted }) };
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
