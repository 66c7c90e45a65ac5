import type { PatrolMessage } from '../../../core/patrol-message';
import type { AskedWalk, PlaceCoverage, TypeCoverage } from '../../../ledger/coverage/place-coverage';
import { begunAt } from './due';

/** At least so long lies between the beginnings of two walks that were asked for of a resource type. */
export const restMilliseconds = 5 * 60_000;
/**
 * A chain of walks of which no walker was sent out for so long is dead: one that goes on takes the walker's five minutes, and five
 * more where AWS asked for less.
 */
export const quietMilliseconds = 12 * 60_000;
/** Clocks of two functions differ by less; what a message says beyond that is a wrong clock, as that of a person's machine may be. */
export const clockMilliseconds = 10_000;
/** A chain's name may be ahead of its beginning by what clocks differ, a request behind by as much, and AWS's answers behind a change. */
export const marginMilliseconds = 2 * clockMilliseconds;

/** What becomes of a message that begins a chain of walks. */
export type Binding =
  /** Walks began after it was written that saw all that it is about, or the queue has a later message for them. */
  | { kind: 'seen' }
  /** Its walks begin now, of these types; the others are seen. The chain is named by `at`. */
  | { kind: 'begin'; types: readonly string[]; at: Date }
  /** It waits until `until`, and `asked` has to be noted of it. */
  | { kind: 'wait'; until: Date; asked: readonly AskedType[] }
  /** It is not needed once `asked` is noted: a message waits in the queue that stands for it. */
  | { kind: 'stood-for'; asked: readonly AskedType[] };

/** What is noted of a type for which a message waits. */
export type AskedType = { type: string } & AskedWalk;

/**
 * Binds requests for a walk together, so that there are few walks however often something asks, and each request is seen by a walk
 * that began after it.
 *
 * - *Seen* is a request only by a walk that is through, or that AWS refused (which the schedule repeats), and began twenty seconds
 *   after the request or later. A walk that merely began stands for nothing: it may die, and a message that comes back because of that may
 *   be its own.
 * - *One walk begins in five minutes* of what the trail asks for (`resourceTypes` is named), and none while another one's chain shows
 *   life: it would end that chain, and a large account would never be gone through. Whole accounts, for which the schedule and people
 *   ask, begin at once, unless the schedule has sent a later message since that has not begun: after an outage the last one counts.
 * - *One message waits* for all requests of a type, by the coverage item: `asked.at` is the latest request, `asked.until` the time before
 *   which that message is not received. It is seen only once `asked.at` is, so that it stands for those that are dropped. It is sent
 *   before it is noted: if the dispatcher dies in between, another message waits beside it, and is seen by its walk.
 *
 * What is decided is written on condition that nothing changed meanwhile (`CoverageStore.addBy`): of two messages at once one begins;
 * and a request that is dropped while the waiting message is received is noted before that one decides, or is decided anew itself.
 * A message that nobody could deal with ends among the dead letters with those that it stands for; the schedule's next walk makes up
 * for them. Where the times are in doubt, or an item cannot be understood, a walk too many is made.
 *
 * Pure.
 * @param known of the account and Region; undefined where that is nothing or cannot be understood
 * @param types what the message is about
 */
export function bind(
  known: Pick<PlaceCoverage, 'types'> | undefined,
  { startedAt, resourceTypes }: Pick<PatrolMessage, 'startedAt' | 'resourceTypes'>,
  types: readonly string[],
  now: Date,
): Binding {
  const of = (type: string): TypeCoverage =>
    known && Object.hasOwn(known.types, type) ? (known.types[type] ?? {}) : {};
  const own = Math.min(Date.parse(startedAt), now.getTime() + clockMilliseconds);
  const isAsk = resourceTypes !== undefined;
  const askedAt = (type: string) => (isAsk ? Math.max(own, timeOf(of(type).asked?.at)) : own);
  const left = types.filter(
    (type) => endedAt(of(type)) < askedAt(type) + marginMilliseconds && (isAsk || !isBehind(of(type), own)),
  );
  if (left.length === 0) return { kind: 'seen' };
  const mayBeginAt = Math.max(...left.map((type) => restsUntil(of(type))));
  if (!isAsk || mayBeginAt <= now.getTime()) {
    // By other clocks than this one, and yet later than the message and all that has begun: a name that is not would end at once.
    const begun = left.map((type) => begunAt(of(type)) + 1);
    return { kind: 'begin', types: left, at: new Date(Math.max(now.getTime(), own, ...begun)) };
  }
  const asked = (type: string, until: Date): AskedType => ({
    type,
    at: new Date(askedAt(type)).toISOString(),
    until: until.toISOString(),
  });
  const waiting = left.map((type) => timeOf(of(type).asked?.until));
  if (waiting.every((until) => until > now.getTime() + marginMilliseconds)) {
    return {
      kind: 'stood-for',
      asked: left.map((type, index) => asked(type, new Date(waiting[index] ?? 0))),
    };
  }
  const until = new Date(Math.min(mayBeginAt, now.getTime() + restMilliseconds));
  return { kind: 'wait', until, asked: left.map((type) => asked(type, until)) };
}

/** When the latest walks began to read that are through, or were refused. */
function endedAt({ coveredAt, problem }: TypeCoverage): number {
  return Math.max(timeOf(coveredAt), timeOf(problem?.startedAt));
}

/** Whether the schedule has sent a message after a time that has not begun. */
function isBehind({ startedAt, walkedAt }: TypeCoverage, time: number): boolean {
  return timeOf(startedAt) > time && timeOf(walkedAt) < timeOf(startedAt);
}

function restsUntil(type: TypeCoverage): number {
  const [ended, walkedAt, startedAt] = [endedAt(type), timeOf(type.walkedAt), timeOf(type.startedAt)];
  const isUnderWay = startedAt > ended && walkedAt >= startedAt;
  return isUnderWay ? walkedAt + quietMilliseconds : Math.max(ended, walkedAt) + restMilliseconds;
}

function timeOf(time: string | undefined): number {
  return time === undefined ? Number.NEGATIVE_INFINITY : Date.parse(time);
}
