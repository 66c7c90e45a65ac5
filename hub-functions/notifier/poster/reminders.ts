import type { Card } from '../../../ledger/cards/card';

/** After so many minutes approvers are reminded for the first time; each next time comes after twice as many. */
const firstMinutes = 15;

/** When approvers are reminded next. */
export interface Reminder {
  at: Date;
  isDue: boolean;
  /** How many reminders are given once this one is: several that are due together are one. */
  reminded: number;
}

/**
 * When approvers are reminded of what waits: 15 minutes after they were asked, then 30, 60 and so on, as long as an approval may be
 * waited for. Pure.
 * @returns undefined where there is none any more
 */
export function nextReminder(
  { since, reminded }: NonNullable<Card['ask']>,
  { now, expireMinutes }: { now: Date; expireMinutes: number },
): Reminder | undefined {
  const asked = Date.parse(since);
  const timeOf = (number: number) => asked + firstMinutes * 2 ** number * 60_000;
  const end = asked + expireMinutes * 60_000;
  if (timeOf(reminded) >= end) return undefined;
  let given = reminded;
  while (timeOf(given) <= now.getTime() && timeOf(given) < end) given += 1;
  const isDue = given > reminded;
  return { at: new Date(timeOf(reminded)), isDue, reminded: given };
}
