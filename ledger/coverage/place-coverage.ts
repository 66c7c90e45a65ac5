import * as z from 'zod/mini';
import { cut } from '../../core/cut';
import { type DeputyCount, deputyCountsSchema } from '../../core/deputy-count';
import { accountIdPattern, regionPattern } from '../../core/finding';
import { type PublicBlock, publicBlockSchema } from '../../core/public-block';
import { type TrailCoverage, type TrailReading, trailCoverageSchema, withReading } from './trail-coverage';

/** Longer words of AWS are cut; they are only told. */
export const longestProblem = 300;

const problemSchema = z.object({
  words: z.string(),
  at: z.iso.datetime(),
  startedAt: z.iso.datetime(),
});
const typeSchema = z.object({
  startedAt: z.exactOptional(z.iso.datetime()),
  walkedAt: z.exactOptional(z.iso.datetime()),
  coveredAt: z.exactOptional(z.iso.datetime()),
  firstOverAt: z.exactOptional(z.iso.datetime()),
  resources: z.exactOptional(z.int().check(z.minimum(0))),
  deputies: z.exactOptional(deputyCountsSchema),
  block: z.exactOptional(publicBlockSchema),
  problem: z.exactOptional(problemSchema),
  asked: z.exactOptional(z.object({ at: z.iso.datetime(), until: z.iso.datetime() })),
});
const itemSchema = z.object({
  record: z.string(),
  since: z.iso.datetime(),
  types: z.record(z.string(), typeSchema),
  trail: z.exactOptional(trailCoverageSchema),
  trailEventAt: z.exactOptional(z.iso.datetime()),
});

/** Why a resource type was not covered. */
export interface CoverageProblem {
  /** AWS's words, cut. */
  words: string;
  /** When it was seen, ISO 8601. */
  at: string;
  /** When the walks began in which it was seen, ISO 8601: what a later walk covered is covered. */
  startedAt: string;
}

/** That something asked for a walk of a resource type, and a message waits for its time. */
export interface AskedWalk {
  /** When something asked last, ISO 8601; a walk that began before may have passed over what it asked for. */
  at: string;
  /** The message is not received before, ISO 8601. */
  until: string;
}

/** How far the patrol came with one resource type in an account and Region. */
export interface TypeCoverage {
  /** When the walks began that have not gone through all pages yet, ISO 8601. */
  startedAt?: string;
  /** When a walker was last sent out, ISO 8601; absent where none was after `coveredAt`. */
  walkedAt?: string;
  /** When the latest walks began that went through all pages, ISO 8601: nothing that was there then was passed over. */
  coveredAt?: string;
  /** When the first walks that went through all pages were over, ISO 8601; absent where that was before versions kept it. */
  firstOverAt?: string;
  /** How many resources those walks read. */
  resources?: number;
  /** What the controls of the type report of those; absent where they report nothing. */
  deputies?: DeputyCount[];
  /** What those walks read of the setting that blocks public access to the type; absent where it has none. */
  block?: PublicBlock;
  /** Why nothing was covered since. */
  problem?: CoverageProblem;
  /** The latest that asked, and had to wait. */
  asked?: AskedWalk;
}

/** An account in a Region. */
export interface WatchedPlace {
  accountId: string;
  region: string;
}

/** What the patrol covered of an account in a Region. */
export interface PlaceCoverage extends WatchedPlace {
  /** Since when the place is watched, ISO 8601. */
  since: string;
  /** By AWS's name of the resource type; what no walk has spoken of is absent. */
  types: Readonly<Record<string, TypeCoverage>>;
  /** What the patrol read of its trails; absent where it read nothing yet. */
  trail?: TrailCoverage;
  /** When an event of CloudTrail arrived last, up to an hour too early, ISO 8601; absent where none ever did. */
  trailEventAt?: string;
}

/** What walks write of an account in a Region. */
export type WalkedCoverage = Pick<PlaceCoverage, 'since' | 'types' | 'trail'>;

/** What a walk, or the wish for one, says of an account in a Region. */
export interface CoverageAnswer {
  /** When the chain of walks began to read that this one belongs to, ISO 8601. It is the chain's name, too: the same for all of its walks. */
  startedAt: string;
  /** When this was said, ISO 8601. */
  at: string;
  /** Resource types that the chain is about. */
  begun?: readonly string[];
  /** When a walker is sent out for these types, ISO 8601. */
  walkedAt?: string;
  /**
   * Resource types of which the chain has gone through all pages, with how many resources it read, what controls report of them, and the
   * setting that blocks public access to them.
   */
  covered?: readonly { type: string; resources: number; deputies?: DeputyCount[]; block?: PublicBlock }[];
  /** Resource types that could not be walked, with AWS's words. */
  notCovered?: readonly { type: string; words: string }[];
  /** What was read of the trails. */
  trail?: TrailReading;
  /** Resource types of which something asked for a walk that has to wait. */
  asked?: readonly ({ type: string } & AskedWalk)[];
}

/** The key of an account and Region among the coverage items. */
export function placeKey({ accountId, region }: WatchedPlace): string {
  return `${accountId}#${region}`;
}

/** Reads an item of the table; undefined when it is none that this version understands. */
export function placeCoverageOf(item: Record<string, unknown>): PlaceCoverage | undefined {
  const { success, data } = itemSchema.safeParse(item);
  if (!success) return undefined;
  const [accountId = '', region = '', ...more] = data.record.split('#');
  if (!accountIdPattern.test(accountId) || !regionPattern.test(region) || more.length > 0) return undefined;
  const { since, types, trail, trailEventAt } = data;
  return {
    ...{ accountId, region, since, types },
    ...(trail && { trail }),
    ...(trailEventAt !== undefined && { trailEventAt }),
  };
}

/**
 * What is known after an answer. Answers may come twice, late and in any order: what is known is the same in the end.
 * @param known before; nothing when this is the first answer
 */
export function withAnswer(known: WalkedCoverage | undefined, answer: CoverageAnswer): WalkedCoverage {
  const { startedAt, at, begun = [], walkedAt, covered = [], notCovered = [], asked = [] } = answer;
  const types: Record<string, TypeCoverage> = { ...known?.types };
  const learn = (type: string, said: TypeCoverage) => {
    types[type] = both(Object.hasOwn(types, type) ? types[type] : undefined, said);
  };
  for (const type of begun) learn(type, { startedAt, ...(walkedAt !== undefined && { walkedAt }) });
  for (const { type, ...read } of covered) learn(type, { coveredAt: startedAt, firstOverAt: at, ...read });
  for (const { type, words } of notCovered) {
    learn(type, { startedAt, problem: { words: cut(words, longestProblem), at, startedAt } });
  }
  for (const { type, ...wish } of asked) learn(type, { asked: wish });
  const trail = answer.trail ? withReading(known?.trail, answer.trail, at) : known?.trail;
  return { since: earlier(known?.since, startedAt), types, ...(trail && { trail }) };
}

/** All that two say of a type: the latest chain that went through counts, and what began or failed after it. */
function both(one: TypeCoverage = {}, other: TypeCoverage): TypeCoverage {
  const { coveredAt, resources, deputies, block } = laterCovered(one, other);
  const firstOverAt = firstOver(one, other);
  const isAfter = (time: string | undefined) => isLater(time, coveredAt);
  const startedAt = isLater(one.startedAt, other.startedAt) ? one.startedAt : other.startedAt;
  const walkedAt = isLater(one.walkedAt, other.walkedAt) ? one.walkedAt : other.walkedAt;
  const problem = laterProblem(one.problem, other.problem);
  const asked = laterAsked(one.asked, other.asked);
  return {
    ...(startedAt !== undefined && isAfter(startedAt) && { startedAt }),
    ...(walkedAt !== undefined && isAfter(walkedAt) && { walkedAt }),
    ...(coveredAt !== undefined && { coveredAt }),
    ...(firstOverAt !== undefined && { firstOverAt }),
    ...(resources !== undefined && { resources }),
    ...(deputies && { deputies }),
    ...(block && { block }),
    ...(problem && isAfter(problem.startedAt) && { problem }),
    ...(asked && { asked }),
  };
}

/** The earliest end of a walk that went through; of one that is older than its end was kept, its beginning. */
function firstOver(one: TypeCoverage, other: TypeCoverage): string | undefined {
  const [first, second] = [one, other].map(({ firstOverAt, coveredAt }) => firstOverAt ?? coveredAt);
  if (first === undefined || second === undefined) return first ?? second;
  return isLater(first, second) ? second : first;
}

/** Of two that tell of the same chain, the one that read more: the other counted a part only. */
function laterCovered(one: TypeCoverage, other: TypeCoverage): TypeCoverage {
  if (isLater(one.coveredAt, other.coveredAt)) return one;
  if (isLater(other.coveredAt, one.coveredAt)) return other;
  // What they report decides last, so that the order in which two answers arrive does not.
  const reported = ({ deputies = [], block }: TypeCoverage) =>
    JSON.stringify([deputies, block?.isOn ?? null, block?.closes ?? null]);
  const order = (one.resources ?? 0) - (other.resources ?? 0) || (reported(one) < reported(other) ? -1 : 1);
  return order > 0 ? one : other;
}

function laterProblem(one?: CoverageProblem, other?: CoverageProblem): CoverageProblem | undefined {
  if (!one || !other) return one ?? other;
  const byChain = timeOf(one.startedAt) - timeOf(other.startedAt);
  const byTime = timeOf(one.at) - timeOf(other.at);
  // The words decide last, so that the order in which two answers arrive does not.
  const order = byChain || byTime || (one.words < other.words ? -1 : 1);
  return order > 0 ? one : other;
}

function laterAsked(one?: AskedWalk, other?: AskedWalk): AskedWalk | undefined {
  if (!one || !other) return one ?? other;
  return (timeOf(one.at) - timeOf(other.at) || timeOf(one.until) - timeOf(other.until)) > 0 ? one : other;
}

function isLater(time: string | undefined, than: string | undefined): boolean {
  return timeOf(time) > timeOf(than);
}

function earlier(one: string | undefined, other: string): string {
  return one !== undefined && !isLater(one, other) ? one : other;
}

/** Milliseconds since the epoch; before all else without a time. */
function timeOf(time: string | undefined): number {
  return time === undefined ? Number.NEGATIVE_INFINITY : Date.parse(time);
}
