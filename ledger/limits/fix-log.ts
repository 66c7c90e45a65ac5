import type { LimitScope } from './waits-for';

/** The fixes of the last hour in one scope: when each was allowed, ISO 8601, by its finding. */
export type FixLog = Readonly<Record<string, string>>;

const hourMilliseconds = 60 * 60 * 1000;

/** The log without what is older than an hour. */
export function lastHour(log: FixLog, now: Date): FixLog {
  return Object.fromEntries(
    Object.entries(log).filter(([, at]) => Date.parse(at) > now.getTime() - hourMilliseconds),
  );
}

/**
 * The log with one more fix, if the limit allows it. A fix that is in it already counts once.
 * @returns the time at which the limit allows it, where it does not allow it now
 */
export function withFix(
  log: FixLog,
  fix: string,
  limit: number,
  now: Date,
): { log: FixLog } | { freeAt: Date } {
  const recent = lastHour(log, now);
  if (Object.hasOwn(recent, fix)) return { log: recent };
  const free = freeAt(recent, limit, now);
  return free ? { freeAt: free } : { log: { ...recent, [fix]: now.toISOString() } };
}

/**
 * When a limit allows one more fix.
 * @returns undefined when it allows one now
 */
export function freeAt(log: FixLog, limit: number, now: Date): Date | undefined {
  const times = Object.values(lastHour(log, now)).sort();
  if (times.length < limit) return undefined;
  // When so many have left the hour that one more fits.
  const freeing = times[times.length - limit];
  return new Date((freeing ? Date.parse(freeing) : now.getTime()) + hourMilliseconds);
}

/** The log without one fix. */
export function withoutFix(log: FixLog, fix: string): FixLog {
  const { [fix]: _taken, ...rest } = log;
  return rest;
}

/** A limit that is reached. */
export interface LimitReached {
  scope: LimitScope;
  limit: number;
  /** When it allows the next fix. */
  freeAt: Date;
}
