import { type Detector, detectorSchema } from '../../core/detector';
import { printable } from '../../resources/kit/printable';
import type { Outcome } from '../../sandbox/scenario/judgement';
import { wrapped } from '../table/wrapped';

/** The stage at which each detector has spoken. */
const stages = { rule: 'queued', trail: 'trail', patrol: 'patrol' } as const satisfies Record<
  Detector,
  keyof Outcome['milliseconds']
>;

/** Milliseconds from the change that made a resource dangerous until what spoke first had spoken; undefined where that is not known. */
export function foundAfter({ detector, milliseconds }: Outcome): number | undefined {
  return detector && milliseconds[stages[detector]];
}

/**
 * How many resources each detector found first, and after how many seconds at the median, as lines; none where no finding says it.
 * Pure.
 */
export function foundByLines(outcomes: readonly Outcome[], columns: number): string[] {
  const counts = detectorSchema.options.flatMap((detector) => {
    const found = outcomes.filter((outcome) => outcome.detector === detector);
    return found.length === 0 ? [] : [`${detector} ${found.length}${afterMedian(found)}`];
  });
  return counts.length === 0 ? [] : wrapped(printable(`Found first by ${counts.join(', ')}.`), columns, '  ');
}

function afterMedian(found: readonly Outcome[]): string {
  const times = found.map(foundAfter).filter((time) => time !== undefined);
  const median = times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];
  return median === undefined ? '' : ` (median ${(median / 1000).toFixed(1)} s)`;
}
