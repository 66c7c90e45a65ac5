import * as z from 'zod/mini';
import { cut } from '../../core/cut';

/** Longer words of AWS are cut; they are only told. */
const longestWords = 300;

/** What the patrol has read of the trails of an account in a Region, as the table holds it. */
export const trailCoverageSchema = z.object({
  readAt: z.exactOptional(z.iso.datetime()),
  isLogging: z.exactOptional(z.boolean()),
  loggedAt: z.exactOptional(z.iso.datetime()),
  problem: z.exactOptional(z.object({ words: z.string(), at: z.iso.datetime() })),
});

/** What the patrol has read of the trails of an account in a Region. */
export interface TrailCoverage {
  /** When they were read last, ISO 8601. */
  readAt?: string;
  /** Whether one of them logged then. */
  isLogging?: boolean;
  /** When one was last seen logging, ISO 8601. */
  loggedAt?: string;
  /** Why they could not be read since: AWS's words, and when it said them, ISO 8601. */
  problem?: { words: string; at: string };
}

/** What one reading says: whether a trail logs, or AWS's words where it did not tell. */
export type TrailReading = { isLogging: boolean } | { words: string };

/**
 * What is known of trails after a reading. Readings may come twice, late and in any order: what is known is the same in the end.
 * @param at when it was made, ISO 8601
 */
export function withReading(
  known: TrailCoverage | undefined,
  reading: TrailReading,
  at: string,
): TrailCoverage {
  const said: TrailCoverage =
    'words' in reading
      ? { problem: { words: cut(reading.words, longestWords), at } }
      : { readAt: at, isLogging: reading.isLogging, ...(reading.isLogging && { loggedAt: at }) };
  const { readAt, isLogging } = laterReading(known, said);
  const loggedAt = latest(known?.loggedAt, said.loggedAt);
  const problem = laterProblem(known?.problem, said.problem);
  return {
    ...(readAt !== undefined && { readAt }),
    ...(isLogging !== undefined && { isLogging }),
    ...(loggedAt !== undefined && { loggedAt }),
    ...(problem && (readAt === undefined || Date.parse(problem.at) > Date.parse(readAt)) && { problem }),
  };
}

/** Of two of the same time, the one that saw nothing log: nobody is told that a trail is there because of a doubt. */
function laterReading(one: TrailCoverage = {}, other: TrailCoverage): TrailCoverage {
  if (one.readAt === undefined || other.readAt === undefined) return one.readAt === undefined ? other : one;
  const order = Date.parse(one.readAt) - Date.parse(other.readAt) || (one.isLogging ? -1 : 1);
  return order > 0 ? one : other;
}

function laterProblem(
  one: TrailCoverage['problem'],
  other: TrailCoverage['problem'],
): TrailCoverage['problem'] {
  if (!one || !other) return one ?? other;
  const order = Date.parse(one.at) - Date.parse(other.at) || (one.words < other.words ? -1 : 1);
  return order > 0 ? one : other;
}

function latest(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Date.parse(one) > Date.parse(other) ? one : other;
}
