/**
 * A time in UTC, to the minute, for people: `2026-11-23 10:04`.
 * @param time ISO 8601 in UTC, as the ledger keeps it
 */
export function minute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
