import * as z from 'zod/mini';

const dayMilliseconds = 24 * 60 * 60 * 1000;

const dateSchema = z.iso.date();
/** With seconds, and without. */
const dateTimeSchemas = [z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })];

/**
 * When an expiry is over: the first moment at which it no longer holds.
 * @param expires a date, `2027-03-01`, which holds to the end of that day in UTC; or date and time with their offset,
 *   `2027-03-01T17:00:00Z`
 * @returns undefined when it is neither, or no such day exists
 */
export function endOf(expires: string): Date | undefined {
  if (dateSchema.safeParse(expires).success) return new Date(Date.parse(expires) + dayMilliseconds);
  return dateTimeSchemas.some((schema) => schema.safeParse(expires).success) ? new Date(expires) : undefined;
}

/**
 * When something begins: a date at the first moment of that day in UTC; otherwise as `endOf`.
 * @returns undefined when it is neither a date nor date and time with their offset, or no such day exists
 */
export function beginOf(from: string): Date | undefined {
  return dateSchema.safeParse(from).success ? new Date(from) : endOf(from);
}

/** The latest date that lies at most `days` days after today, in UTC: `2027-11-23`. */
export function latestDate(now: Date, days: number): string {
  return new Date(now.getTime() + days * dayMilliseconds).toISOString().slice(0, 10);
}
