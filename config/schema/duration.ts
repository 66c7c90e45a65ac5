import * as z from 'zod';

/**
 * A duration in minutes, hours or days, `24h`, of which the output is the number of minutes.
 * @param what what it is the length of, in the words of an error message
 * @param bounds the shortest and the longest that are right
 */
export function minutes(what: string, bounds: Bounds) {
  return duration(what, 'm, h or d', { m: 1, h: 60, d: 24 * 60 }, bounds);
}

/** A duration in days, `365d`, of which the output is the number of days; otherwise as `minutes`. */
export function days(what: string, bounds: Bounds) {
  return duration(what, 'd', { d: 1 }, bounds);
}

/** What is right for one key, as durations that the policy could hold. */
interface Bounds {
  least: string;
  most: string;
  /** An example for error messages. */
  like: string;
}

function duration(
  what: string,
  letters: string,
  each: Readonly<Record<string, number>>,
  { least, most, like }: Bounds,
) {
  const error = `${what}: a whole number and ${letters}, like ${like}; at least ${least}, at most ${most}.`;
  const count = (said: string): number => Number.parseInt(said, 10) * (each[said.slice(-1)] ?? Number.NaN);
  return z
    .string({ error })
    .regex(new RegExp(`^[1-9][0-9]*[${Object.keys(each).join('')}]$`), { error })
    .transform(count)
    .refine((counted) => counted >= count(least) && counted <= count(most), { error });
}
