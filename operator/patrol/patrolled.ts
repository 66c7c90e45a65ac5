import type { PlaceCoverage, WatchedPlace } from '../../ledger/coverage/place-coverage';

/** What came of a patrol in an account and Region. */
export interface PatrolledPlace extends WatchedPlace {
  /** Resource types of which every page was gone through, with how many resources were read. */
  covered: Readonly<Record<string, number>>;
  /** Resource types that could not be gone through, with AWS's words. */
  notCovered: Readonly<Record<string, string>>;
  /** Resource types of which nothing is known yet. */
  pending: readonly string[];
}

/**
 * What came of a patrol that began at a time: an earlier one's coverage is not its own. Pure.
 * @param startedAt ISO 8601
 */
export function patrolled(
  { accountId, region }: WatchedPlace,
  item: PlaceCoverage | undefined,
  types: readonly string[],
  startedAt: string,
): PatrolledPlace {
  const covered: Record<string, number> = {};
  const notCovered: Record<string, string> = {};
  const pending: string[] = [];
  const isSince = (time: string | undefined) =>
    time !== undefined && Date.parse(time) >= Date.parse(startedAt);
  for (const type of types) {
    const { coveredAt, resources = 0, problem } = item?.types[type] ?? {};
    if (isSince(coveredAt)) covered[type] = resources;
    else if (problem && isSince(problem.startedAt)) notCovered[type] = problem.words;
    else pending.push(type);
  }
  return { accountId, region, covered, notCovered, pending };
}

/** Whether nothing more is to come. */
export function isThrough({ pending }: PatrolledPlace): boolean {
  return pending.length === 0;
}

/** Whether every page of every type was gone through. */
export function isWhole({ pending, notCovered }: PatrolledPlace): boolean {
  return pending.length === 0 && Object.keys(notCovered).length === 0;
}
