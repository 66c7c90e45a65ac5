import type { FindingRecord } from '../ledger/findings/record';

const minuteMilliseconds = 60_000;
const dayMilliseconds = 24 * 60 * minuteMilliseconds;

/** So many fixes within a day are made at once. */
const fixesAtOnce = 2;
const maximumMinutes = 60;

/** What the pauses follow from. */
export interface FixTimes {
  /** When this finding was fixed before, in any order. */
  fixes: readonly Date[];
  now: Date;
}

/**
 * When a resource that is opened again and again may be fixed next. The first two fixes of a day are made at once; each
 * further one waits after the one before it: 2, 4, 8, … minutes, 60 at most. It never ends: reopening would else be the way to
 * switch Staunch off.
 * @returns undefined when it may be fixed now; otherwise a time after now, within 60 minutes
 */
export function nextFixAt({ fixes, now }: FixTimes): Date | undefined {
  const recent = fixesOfTheDay({ fixes, now });
  if (recent.length < fixesAtOnce) return undefined;
  // Another machine's clock may be ahead.
  const last = Math.min(Math.max(...recent), now.getTime());
  const minutes = Math.min(2 ** (recent.length - fixesAtOnce + 1), maximumMinutes);
  const next = last + minutes * minuteMilliseconds;
  return next > now.getTime() ? new Date(next) : undefined;
}

/** Those that count: a day later they are forgotten. */
export function fixesOfTheDay({ fixes, now }: FixTimes): number[] {
  return fixes.map((fix) => fix.getTime()).filter((fix) => fix > now.getTime() - dayMilliseconds);
}

/** When attempts at an occurrence wrote within the last day. */
export function recentWrites({ writes = [] }: Pick<FindingRecord, 'writes'>, now: Date): string[] {
  return writes.filter((at) => Date.parse(at) > now.getTime() - dayMilliseconds);
}

/** When attempts at an occurrence changed the resource, or may have; ISO 8601. */
export function writesOf({ writes, state, at }: FindingRecord): readonly string[] {
  // What was written before this version kept the times is told by the state alone.
  return writes ?? (state === 'fixed' ? [at] : []);
}
