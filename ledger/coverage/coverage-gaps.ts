import type { DeputyCount } from '../../core/deputy-count';
import { groupedBy } from '../../core/grouped';
import type { UnreachableAccount } from '../organization/unreachable-accounts';
import { type PlaceCoverage, placeKey, type TypeCoverage, type WatchedPlace } from './place-coverage';
import type { TrailCoverage } from './trail-coverage';
import type { TargetPlace } from './watched-places';

/**
 * Why something is not covered:
 * - `closed`: nothing runs in the account, so that nothing is missing.
 * - `first-patrol`: it is watched for less than a patrol takes to come round.
 * - `never`: no patrol went through all of it.
 * - `late`: the last patrol that did is older than it may be.
 * - `role`: a role of Staunch in the account cannot be assumed.
 * - `scp`: a service control policy denies it.
 * - `trail`: no trail of CloudTrail logs any more, so that nothing is found within seconds.
 * - `problem`: AWS refused it, or failed, for another reason.
 */
export type GapReason = 'closed' | 'first-patrol' | 'never' | 'late' | 'role' | 'scp' | 'trail' | 'problem';

/** Something of an account and Region that is not covered. */
export interface CoverageGap {
  why: GapReason;
  /** The resource types that it is about; every type where it is left out. */
  resourceTypes?: readonly string[];
  /** AWS's words. */
  words?: string;
  /** Since when, or when it was seen, ISO 8601. */
  at?: string;
}

/** What is known of the trail of an account in a Region: by the patrol's reading, and by what has arrived. */
export interface TrailRow extends TrailCoverage {
  /** When an event of CloudTrail arrived last, up to an hour too early, ISO 8601. */
  eventAt?: string;
}

/** How far an account and Region is covered. */
export interface CoverageRow extends WatchedPlace {
  /** Since when it is watched, ISO 8601; absent where nothing is known of it. */
  since?: string;
  /** When the patrol began that last went through every type, ISO 8601. */
  patrolledAt?: string;
  /** What is known of its trail. */
  trail: TrailRow;
  /** What is not covered; nothing where all of it is. */
  gaps: readonly CoverageGap[];
  /** What the patrol reports beside findings, by control; absent where it reports nothing. */
  confusedDeputies?: readonly DeputyCount[];
}

/** What coverage is told by. */
export interface CoverageFacts {
  /** The places that have to be covered. */
  places: readonly TargetPlace[];
  /** AWS's names of the resource types that a patrol goes through. */
  resourceTypes: readonly string[];
  items: Iterable<PlaceCoverage>;
  unreachable: readonly UnreachableAccount[];
  /** How often a place is patrolled, in milliseconds. */
  every: number;
  now: Date;
}

/**
 * How far each place is covered, those with something missing first. Every gap is told: none stands for another. A patrol may
 * take a third longer than the policy says to come round.
 */
export function coverageRows({ places, items, unreachable, ...facts }: CoverageFacts): CoverageRow[] {
  const known = new Map([...items].map((item) => [placeKey(item), item]));
  const refusals = groupedBy(unreachable, ({ accountId }) => accountId);
  const rows = places.map((place): CoverageRow => {
    const item = known.get(placeKey(place));
    const deputies = facts.resourceTypes.flatMap((type) => typeOf(item, type).deputies ?? []);
    const patrolledAt = earliest(facts.resourceTypes.map((type) => typeOf(item, type).coveredAt));
    return {
      accountId: place.accountId,
      region: place.region,
      ...(item && { since: item.since }),
      ...(patrolledAt !== undefined && { patrolledAt }),
      trail: trailOf(item),
      gaps: place.closed
        ? [{ why: 'closed' }]
        : [
            ...refusalGaps(refusals.get(place.accountId) ?? []),
            ...typeGaps(item, facts),
            ...trailGaps(trailOf(item)),
          ],
      ...(deputies.length > 0 && !place.closed && { confusedDeputies: deputies }),
    };
  });
  return rows.sort(
    (one, other) =>
      Number(isMissing(other)) - Number(isMissing(one)) || (placeKey(one) < placeKey(other) ? -1 : 1),
  );
}

/** Whether something is not covered that should be. */
export function isMissing({ gaps }: CoverageRow): boolean {
  return gaps.some(({ why }) => why !== 'closed');
}

/** The same, of what had the time that the first patrol takes. */
export function isOverdue({ gaps }: CoverageRow): boolean {
  return gaps.some(({ why }) => why !== 'closed' && why !== 'first-patrol');
}

/** How old a patrol may be, in milliseconds. */
export function longestAge(every: number): number {
  return every + every / 3;
}

function refusalGaps(refusals: readonly UnreachableAccount[]): CoverageGap[] {
  return refusals.map(({ reason, since }) => ({ why: 'role', words: reason, at: since }));
}

function trailOf(item: PlaceCoverage | undefined): TrailRow {
  const eventAt = item?.trailEventAt;
  return { ...item?.trail, ...(eventAt !== undefined && { eventAt }) };
}

/**
 * A trail that was there and is not is a gap; an account that never had one is none. An event alone does not mend it: any account of the
 * organization can forge one.
 */
function trailGaps({ isLogging, loggedAt, eventAt, readAt }: TrailRow): CoverageGap[] {
  if (isLogging !== false || (loggedAt ?? eventAt) === undefined) return [];
  return [{ why: 'trail', ...(readAt !== undefined && { at: readAt }) }];
}

type TypeFacts = Pick<CoverageFacts, 'resourceTypes' | 'every' | 'now'>;

/** The gaps of all types, one for each reason, with the types that it is about. */
function typeGaps(item: PlaceCoverage | undefined, facts: TypeFacts): CoverageGap[] {
  const { resourceTypes } = facts;
  const found = resourceTypes.flatMap((type) =>
    gapsOfType(typeOf(item, type), item?.since, facts).map((gap) => ({ ...gap, type })),
  );
  const alike = groupedBy(found, ({ why, words = '' }) => JSON.stringify([why, words]));
  return [...alike.values()].map((gaps): CoverageGap => {
    const [{ type: _type, at: _at, ...gap }] = gaps as [(typeof gaps)[number]];
    const at = earliest(gaps.map((each) => each.at).filter((time) => time !== undefined));
    return {
      ...gap,
      ...(at !== undefined && { at }),
      ...(gaps.length < resourceTypes.length && { resourceTypes: gaps.map(({ type }) => type) }),
    };
  });
}

function gapsOfType(
  { coveredAt, problem }: TypeCoverage,
  since: string | undefined,
  { every, now }: TypeFacts,
): CoverageGap[] {
  const isOld = (time: string) => now.getTime() - Date.parse(time) > longestAge(every);
  const gaps: CoverageGap[] = [];
  if (problem) gaps.push({ why: whyOf(problem.words), words: problem.words, at: problem.at });
  if (coveredAt !== undefined) {
    if (isOld(coveredAt)) gaps.push({ why: 'late', at: coveredAt });
  } else if (since === undefined || isOld(since)) gaps.push({ why: 'never' });
  else gaps.push({ why: 'first-patrol', at: since });
  return gaps;
}

/**
 * By AWS's words:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
function whyOf(words: string): GapReason {
  if (/service control policy/i.test(words)) return 'scp';
  return /sts:AssumeRole/i.test(words) ? 'role' : 'problem';
}

function typeOf(item: PlaceCoverage | undefined, type: string): TypeCoverage {
  return item && Object.hasOwn(item.types, type) ? (item.types[type] ?? {}) : {};
}

/** The earliest time; undefined where one is unknown, or there is none. */
function earliest(times: readonly (string | undefined)[]): string | undefined {
  let first: string | undefined;
  for (const time of times) {
    if (time === undefined) return undefined;
    if (first === undefined || Date.parse(time) < Date.parse(first)) first = time;
  }
  return first;
}
