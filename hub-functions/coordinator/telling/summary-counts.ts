import { findingId } from '../../../core/finding';
import { isOpen } from '../../../core/states';
import type { FindingRecord } from '../../../ledger/findings/record';
import { lookAgainOf } from '../../../ledger/findings/record-parts';
import type { SummaryCounts } from '../../../ledger/told/summary-progress';

/** The day that is summed up: after `since`, up to `until`; ISO 8601 in UTC with milliseconds. */
export interface Day {
  since: string;
  until: string;
}

/** So many findings are named in each list. */
const mostNamed = 3;
/** An exemption is told when it ends within so long. */
const endsSoonMilliseconds = 7 * 24 * 60 * 60_000;
/**
 * How much longer the findings of one step may have been open than those of the step before. However many findings there are, a year has
 * some 180 steps, and a median by steps is wrong by 5% at most.
 */
const stepFactor = 1.1;

/** Nothing was counted yet. */
export const nothingCounted: SummaryCounts = {
  opened: 0,
  closed: 0,
  fixed: 0,
  spans: {},
  waiting: 0,
  longestWaiting: [],
  failed: 0,
  held: 0,
  ending: 0,
  firstEnding: [],
  unreadable: 0,
};

/** Adds one occurrence to what was counted. Pure. */
export function counted(counts: SummaryCounts, record: FindingRecord, day: Day): SummaryCounts {
  const { state, receivedAt, at } = record;
  const isOfDay = (time: string) => time > day.since && time <= day.until;
  const next = { ...counts };
  if (isOfDay(receivedAt)) next.opened += 1;
  if (!isOpen(state)) {
    if (!isOfDay(at)) return next;
    next.closed += 1;
    if (state === 'fixed') next.fixed += 1;
    const step = stepOf((Date.parse(at) - Date.parse(receivedAt)) / 1_000);
    next.spans = { ...next.spans, [step]: (next.spans[step] ?? 0) + 1 };
    return next;
  }
  switch (state) {
    case 'waiting':
      next.waiting += 1;
      next.longestWaiting = earliest(next.longestWaiting, record, at);
      return next;
    case 'failed':
    case 'given-up':
      next.failed += 1;
      return next;
    case 'held':
      next.held += 1;
      return next;
    case 'exempt':
    case 'undone':
      return withEnding(next, record, day);
    default:
      return next;
  }
}

function withEnding(counts: SummaryCounts, record: FindingRecord, { until }: Day): SummaryCounts {
  const ends = lookAgainOf(record);
  if (ends === undefined || Date.parse(ends) - Date.parse(until) > endsSoonMilliseconds) return counts;
  return { ...counts, ending: counts.ending + 1, firstEnding: earliest(counts.firstEnding, record, ends) };
}

function earliest(
  named: SummaryCounts['firstEnding'],
  { identity, occurrence }: FindingRecord,
  at: string,
): SummaryCounts['firstEnding'] {
  const all = [...named, { finding: findingId(identity, occurrence), at }];
  return all.toSorted((one, other) => (one.at < other.at ? -1 : 1)).slice(0, mostNamed);
}

/** @param seconds that a finding was open; a clock that went back counts as none */
function stepOf(seconds: number): number {
  return Math.round(Math.log(1 + Math.max(0, seconds)) / Math.log(stepFactor));
}

/** The median of how long the findings were open that were closed, in seconds; undefined where none was. */
export function medianSeconds({ spans }: SummaryCounts): number | undefined {
  const steps = Object.entries(spans)
    .map(([step, count]) => [Number(step), count] as const)
    .sort(([one], [other]) => one - other);
  const all = steps.reduce((sum, [, count]) => sum + count, 0);
  let before = 0;
  for (const [step, count] of steps) {
    before += count;
    if (before * 2 >= all) return stepFactor ** step - 1;
  }
  return undefined;
}
