import { cut } from '../../../core/cut';
import { longestNoticeLine, type Notice } from '../../../core/notice';
import { utc } from '../../../core/utc';
import type { SummaryCounts } from '../../../ledger/told/summary-progress';
import { type Day, medianSeconds } from './summary-counts';

/** So many places are named. */
const mostPlaces = 3;

/**
 * The summary of a day. The same day has one notice, however often it is given.
 * @param uncovered keys of the places that are not covered
 */
export function summaryNotice(
  counts: SummaryCounts,
  { until }: Day,
  uncovered: readonly string[],
  now: Date,
): Notice {
  const { opened, closed, fixed, waiting, failed, held, ending, unreadable } = counts;
  const median = medianSeconds(counts);
  const isQuiet = [opened, closed, waiting, failed, held, ending, uncovered.length].every(
    (count) => count === 0,
  );
  return {
    version: 1,
    noticeId: `summary#${until}`,
    kind: 'summary',
    title: `Summary of the day to ${utc(until)}`,
    text: isQuiet
      ? 'Nothing was opened or closed, nothing waits, and everything is covered.'
      : `${opened} opened, ${closed} closed, ${waiting} waiting for approval, ${failed} failed.`,
    lines: [
      `Opened: ${opened}`,
      `Closed: ${closed}, of which Staunch fixed ${fixed}`,
      ...(median === undefined ? [] : [`Open for a median of ${spanText(median * 1_000)}`]),
      `Waiting for approval: ${waiting}`,
      ...counts.longestWaiting.map(({ finding, at }) => `– for ${spanText(span(at, until))}: ${finding}`),
      `Failed, or given up: ${failed}`,
      `Held: ${held}`,
      `Exemptions that end within a week: ${ending}`,
      ...counts.firstEnding.map(({ finding, at }) => `– at ${utc(at)}: ${finding}`),
      `Accounts and Regions that are not covered: ${uncovered.length}`,
      ...uncovered.slice(0, mostPlaces).map((place) => `– ${place.replace('#', ' in ')}`),
      ...(unreadable === 0
        ? []
        : [`Findings that cannot be understood: ${unreadable}. The coordinator's log names them.`]),
    ].map((line) => cut(line, longestNoticeLine)),
    at: now.toISOString(),
  };
}

function span(since: string, until: string): number {
  return Date.parse(until) - Date.parse(since);
}

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** A span of time in its two largest units: `2 d 3 h`, `14 s`. */
function spanText(milliseconds: number): string {
  let rest = Math.max(0, Math.round(milliseconds / 1_000));
  const parts = units.map(([unit, seconds]) => {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    return { unit, count };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first < 0) return 'less than 1 s';
  const told = parts.slice(first, first + 2).filter(({ count }) => count > 0);
  return told.map(({ unit, count }) => `${count} ${unit}`).join(' ');
}
