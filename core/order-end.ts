const dayMilliseconds = 24 * 60 * 60 * 1000;

/** How many days ahead an undo or a pause may end: a hole, or open doors, that nobody thinks of any more need an end in sight. */
export const mostDaysAhead = 365;

/** How many days an undo and an exemption last where a person is asked, and names no other end. */
export const defaultDaysAhead = { undo: 7, exempt: 30 } as const;

/** When it ends where a person names no other end. */
export function defaultOrderEnd(order: keyof typeof defaultDaysAhead, now: Date): Date {
  return new Date(now.getTime() + defaultDaysAhead[order] * dayMilliseconds);
}

/** The latest moment at which an order may end: the end of the last such day in UTC, so that a date may name that day. */
export function latestOrderEnd(now: Date): Date {
  const today = now.getTime() - (now.getTime() % dayMilliseconds);
  return new Date(today + (mostDaysAhead + 1) * dayMilliseconds);
}
