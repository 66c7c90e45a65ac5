import type { Operation, OperationResult } from './operation';
import { hasEnded } from './operation';
import { orderedRegions, paceOf } from './preferences';

/** What became of one account and Region. */
export type Outcome = { status: 'SUCCEEDED' } | { status: 'FAILED' | 'CANCELLED'; reason: string };

const exceeded = 'Cancelled since failure tolerance has exceeded';
const stopped = 'Cancelled since the operation was stopped';

/**
 * Runs an operation through its results, Region by Region, or all Regions at once: where more accounts of a Region fail than are
 * tolerated, it begins no more in it and in none that follows, and fails.
 *
 * @param act does the work in one account and Region; never rejects
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
 */
export async function runOperation(
  operation: Operation,
  act: (result: OperationResult) => Promise<Outcome>,
  now: () => Date,
): Promise<void> {
  const { preferences, results } = operation;
  operation.status = 'RUNNING';
  const regions = orderedRegions(
    results.map(({ region }) => region),
    preferences,
  );
  let failedBefore = false;
  const runRegion = async (region: string): Promise<void> => {
    const inRegion = results.filter((result) => result.region === region);
    const { width, tolerance } = paceOf(preferences, inRegion.length);
    const waiting = [...inRegion];
    let failures = 0;
    const isOver = () => failedBefore || failures > tolerance || operation.status === 'STOPPING';
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (isOver()) {
          settle(next, { status: 'CANCELLED', reason: operation.status === 'STOPPING' ? stopped : exceeded });
          continue;
        }
        next.status = 'RUNNING';
        const outcome = await act(next);
        settle(next, outcome);
        if (outcome.status === 'FAILED') failures += 1;
      }
    };
    await Promise.all(Array.from({ length: width }, work));
    if (failures > tolerance) operation.statusReason = `Failure tolerance exceeded in ${region}`;
  };
  if (preferences.regionConcurrency === 'PARALLEL') await Promise.all(regions.map(runRegion));
  else {
    for (const region of regions) {
      await runRegion(region);
      failedBefore = operation.statusReason !== undefined;
    }
  }
  end(operation, now());
}

/** Ends an operation that was stopped before it began. */
export function cancelOperation(operation: Operation, at: Date): void {
  if (hasEnded(operation)) return;
  for (const result of operation.results) settle(result, { status: 'CANCELLED', reason: stopped });
  operation.status = 'STOPPED';
  operation.endedAt = at;
}

function settle(result: OperationResult, outcome: Outcome): void {
  result.status = outcome.status;
  if ('reason' in outcome) result.reason = outcome.reason;
}

function end(operation: Operation, at: Date): void {
  operation.endedAt = at;
  if (operation.status === 'STOPPING') operation.status = 'STOPPED';
  else operation.status = operation.statusReason === undefined ? 'SUCCEEDED' : 'FAILED';
}
