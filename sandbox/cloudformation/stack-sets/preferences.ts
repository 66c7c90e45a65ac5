import type { OperationPreferences } from './definition';

/** How an operation goes through the accounts of one Region. */
export interface Pace {
  /** How many accounts at once. */
  width: number;
  /** How many may fail before the operation stops in the Region. */
  tolerance: number;
}

/**
 * What an operation's preferences come to for a Region of so many accounts. Percentages are rounded down, the width to one at
 * least; the strict mode never runs more accounts at once than could fail and be tolerated, and one.
 * - https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationPreferences.html
 * - https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/concurrency-mode.html
 */
export function paceOf(preferences: OperationPreferences, accounts: number): Pace {
  const { failureToleranceCount, failureTolerancePercentage = 0, maxConcurrentPercentage } = preferences;
  const tolerance = failureToleranceCount ?? Math.floor((accounts * failureTolerancePercentage) / 100);
  const wanted =
    preferences.maxConcurrentCount ??
    (maxConcurrentPercentage === undefined ? 1 : Math.floor((accounts * maxConcurrentPercentage) / 100));
  const strictest = preferences.concurrencyMode === 'STRICT_FAILURE_TOLERANCE' ? tolerance + 1 : wanted;
  return { width: Math.max(1, Math.min(wanted, strictest)), tolerance };
}

/** The Regions in the order in which an operation comes to them: those that its preferences name first. */
export function orderedRegions(regions: Iterable<string>, { regionOrder }: OperationPreferences): string[] {
  const all = new Set(regions);
  return [...new Set([...regionOrder.filter((region) => all.has(region)), ...all])];
}
