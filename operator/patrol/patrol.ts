import { type PatrolMessage, patrolVersion } from '../../core/patrol-message';
import { type PlaceCoverage, placeKey, type WatchedPlace } from '../../ledger/coverage/place-coverage';
import type { PlaceNames } from '../../ledger/organization/place-names';
import { type AskedPlaces, coverageItems, knownPlaces, patrolledTypes } from '../coverage/ask-coverage';
import { OperatorError } from '../errors';
import type { PolicyHub } from '../hub/deployed-policy';
import type { Hub } from '../hub/hub';
import { counted } from '../text/counted';
import { isThrough, type PatrolledPlace, patrolled } from './patrolled';

/** How often it is looked whether the patrol is through, in milliseconds. */
const lookMilliseconds = 5_000;

/** How a patrol is asked for. */
export interface PatrolAsked extends AskedPlaces {
  /** Until the patrol is through, in milliseconds at most; undefined waits for nothing. */
  waitMilliseconds?: number;
  /** Where the hub should be; undefined when no valid policy says. */
  expected: PolicyHub | undefined;
}

/** What time takes; injected, so that no test waits. */
export interface PatrolClock {
  now: () => Date;
  pause: (milliseconds: number) => Promise<void>;
}

/** What came of a patrol. */
export interface Patrol {
  /** ISO 8601. */
  startedAt: string;
  places: PatrolledPlace[];
  names: PlaceNames;
}

/**
 * Has the accounts and Regions patrolled that are asked for, and waits until all of them are.
 * @throws OperatorError when nothing that is asked for is watched or open, or the hub cannot be asked
 */
export async function patrol(hub: Hub, asked: PatrolAsked, clock: PatrolClock): Promise<Patrol> {
  const { expected, waitMilliseconds } = asked;
  const { places: named, names } = await knownPlaces(hub, asked, expected);
  const places = named.filter(({ closed }) => !closed);
  if (places.length === 0)
    throw new OperatorError('What is asked for is closed or suspended: nothing runs there.');
  const startedAt = clock.now().toISOString();
  await hub.ask('patrol', () => hub.patrol(places.map((place) => messageFor(place, startedAt))));
  const judged = (items: readonly PlaceCoverage[]) => judge(places, items, startedAt);
  if (waitMilliseconds === undefined) return { startedAt, places: judged([]), names };
  let latest = judged([]);
  const end = clock.now().getTime() + waitMilliseconds;
  await hub.host.progress(
    () =>
      `Patrolled ${latest.filter(isThrough).length} of ${counted(places.length, 'account and Region', 'accounts and Regions')}`,
    async () => {
      while (!latest.every(isThrough) && clock.now().getTime() < end) {
        await clock.pause(lookMilliseconds);
        latest = judged(await coverageItems(hub));
      }
    },
  );
  return { startedAt, places: latest, names };
}

function judge(
  places: readonly WatchedPlace[],
  items: readonly PlaceCoverage[],
  startedAt: string,
): PatrolledPlace[] {
  const known = new Map(items.map((item) => [placeKey(item), item]));
  return places.map((place) => patrolled(place, known.get(placeKey(place)), patrolledTypes, startedAt));
}

function messageFor({ accountId, region }: WatchedPlace, startedAt: string): PatrolMessage {
  return { version: patrolVersion, type: 'patrol', accountId, region, startedAt };
}
