import * as z from 'zod/mini';
import { accountIdPattern } from '../../core/finding';
import { utc } from '../../core/utc';

/** The scope that is everything. Other scopes are account ids, and ids of organizational units and of the root. */
export const wholeOrganization = 'organization';

/** What the ledger keeps of a stop. */
export const stopSchema = z.object({
  /** What is stopped: `organization`, an account's id, or an organizational unit's. */
  scope: z.string(),
  /** Why, for people. */
  reason: z.string(),
  /** Who stopped it. */
  by: z.string(),
  /** Since when; ISO 8601. */
  at: z.iso.datetime(),
  /** When it ends by itself; ISO 8601 in UTC with milliseconds. Without it, it lasts until it is resumed. */
  until: z.exactOptional(z.iso.datetime()),
});

/** Nothing is fixed in its scope while it is there and its `until` has not come. */
export type Stop = z.infer<typeof stopSchema>;

/** The stops that count now: those whose `until` has come are over, also while their item is still there. */
export function activeStops(stops: readonly Stop[], now: Date): Stop[] {
  return stops.filter(({ until }) => until === undefined || Date.parse(until) > now.getTime());
}

/**
 * The stop that holds for an account now, the widest first; undefined when none does.
 * @param place the account's id, and the ids of what it lies under
 */
export function stopFor(stops: readonly Stop[], place: readonly string[], now: Date): Stop | undefined {
  const active = activeStops(stops, now);
  return [wholeOrganization, ...place.toReversed()]
    .map((scope) => active.find((stop) => stop.scope === scope))
    .find((stop) => stop !== undefined);
}

/** A stop, as a sentence for people. */
export function stopReason({ scope, by, reason, until }: Stop): string {
  const what = scope === wholeOrganization ? 'Staunch' : `Staunch in ${scope}`;
  return `${what} is paused ${until === undefined ? '' : `until ${utc(until)} `}by ${by}: ${reason}`;
}

/** A scope within a sentence: `the whole organization`, `account 111122223333`, `the unit ou-…`. */
export function nameOfScope(scope: string): string {
  if (scope === wholeOrganization) return 'the whole organization';
  return accountIdPattern.test(scope) ? `account ${scope}` : `the unit ${scope}`;
}
