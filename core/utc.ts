/**
 * A time for people, the same everywhere: `2026-11-23 10:04 UTC`.
 * @param time ISO 8601, or a date; a text that is no time comes back as it is
 */
export function utc(time: Date | string): string {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? String(time) : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
