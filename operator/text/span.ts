const day = 24 * 60 * 60 * 1000;
const units: Readonly<Record<string, number>> = { m: day / 24 / 60, h: day / 24, d: day, w: 7 * day };

/** How the end of a pause or of an exemption is said, for people. */
export const untilForms =
  'a span in m, h, d or w such as 30m, 12h, 30d or 4w, a date such as 2026-12-24 (to the end of that day, UTC), or a time with its offset such as 2026-12-24T18:00Z';

/** A span from now, `30m`, `12h`, `30d` or `4w`; undefined when the text is none. */
export function endOfSpan(text: string, now: Date): Date | undefined {
  const [, number, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const milliseconds = units[unit];
  return milliseconds === undefined ? undefined : new Date(now.getTime() + Number(number) * milliseconds);
}
