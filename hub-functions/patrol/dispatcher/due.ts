import { hash } from 'node:crypto';
import type { PlaceCoverage, TypeCoverage, WatchedPlace } from '../../../ledger/coverage/place-coverage';
import { placeKey } from '../../../ledger/coverage/place-coverage';
import type { PatrolPolicy } from './policy';

/** How often the schedule comes. */
export const tickMilliseconds = 5 * 60_000;
/** What could not be walked is tried again after an hour at the earliest. */
const againMilliseconds = 60 * 60_000;
/** Where a place is new, its role may be some minutes behind: it is tried again sooner, for a while. */
const againWhereNewMilliseconds = 10 * 60_000;
const newMilliseconds = 2 * 60 * 60_000;
/** So many times faster than all are due anyway, so that what an outage kept back is made up for. */
const timesFaster = 4;
/** A small organization does not wait. */
const leastAtOnce = 10;

/**
 * Those of the places that have to be walked now, who waits longest first. Each has its own time within `every`, the same each time,
 * so that all are spread; what was missed then is due until it is walked. So many at a time come to four times what all of them take.
 * Pure.
 */
export function duePlaces(
  places: readonly WatchedPlace[],
  known: ReadonlyMap<string, Pick<PlaceCoverage, 'since' | 'types'>>,
  { everyMinutes, resourceTypes }: Pick<PatrolPolicy, 'everyMinutes' | 'resourceTypes'>,
  now: Date,
): WatchedPlace[] {
  const every = everyMinutes * 60_000;
  const atOnce = Math.max(leastAtOnce, Math.ceil((timesFaster * places.length * tickMilliseconds) / every));
  return places
    .map((place) => {
      const { types = {}, since = undefined } = known.get(placeKey(place)) ?? {};
      const isNew = since !== undefined && Date.parse(since) > now.getTime() - newMilliseconds;
      const again = isNew ? againWhereNewMilliseconds : againMilliseconds;
      const slot = slotBefore(placeKey(place), every, now.getTime());
      const begun = resourceTypes.map((type) =>
        begunAt(Object.hasOwn(types, type) ? types[type] : undefined),
      );
      const isDue = resourceTypes.some((type, index) => {
        const began = begun[index] ?? Number.NEGATIVE_INFINITY;
        const failed = Object.hasOwn(types, type) && types[type]?.problem !== undefined;
        return began < slot || (failed && began <= now.getTime() - again);
      });
      return { place, isDue, since: Math.min(...begun) };
    })
    .filter(({ isDue }) => isDue)
    .sort((one, other) => compare(one.since, other.since))
    .slice(0, atOnce)
    .map(({ place }) => place);
}

/** When the latest walk of a type began, finished or not; milliseconds since the epoch. */
export function begunAt(type: TypeCoverage | undefined): number {
  return Math.max(timeOf(type?.startedAt), timeOf(type?.coveredAt));
}

function timeOf(time: string | undefined): number {
  return time ? Date.parse(time) : Number.NEGATIVE_INFINITY;
}

/** The latest of a place's times. */
function slotBefore(key: string, every: number, now: number): number {
  const fraction = Number.parseInt(hash('sha256', key, 'hex').slice(0, 8), 16) / 2 ** 32;
  const phase = Math.floor(fraction * every);
  return Math.floor((now - phase) / every) * every + phase;
}

/** Two that were never walked are both infinitely long ago. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}
