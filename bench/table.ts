import Table from 'cli-table3';
import { figureName } from './history';
import { type MeasuredGroup, type Measurement, misses } from './measurement';

/** One figure, and what became of it since it was measured last. */
export interface Figure extends Measurement {
  group: string;
  /** Its value in the newest run that measured it. */
  before?: number;
  /** Whether it is beyond its limit. */
  missed: boolean;
  /** Whether it is worse than before by more than what runs differ by. */
  worse: boolean;
}

/** Runs differ by so much without a reason. */
const noise = 0.15;

/** Stands before what is beyond its limit. */
const missedMark = '✗';
/** Stands before what is worse than in the last run. */
const worseMark = '▲';

/**
 * Every figure of a run.
 * @param before the newest values, by `figureName`
 */
export function figuresOf(groups: readonly MeasuredGroup[], before: ReadonlyMap<string, number>): Figure[] {
  return groups.flatMap(({ title, measurements }) =>
    measurements.map((measurement) => {
      const last = before.get(figureName(title, measurement.name));
      return {
        group: title,
        ...measurement,
        ...(last !== undefined && { before: last }),
        missed: misses(measurement),
        worse: last !== undefined && worsening(measurement, last) > noise,
      };
    }),
  );
}

/** By which part of the value before a figure became worse; below zero where it became better. */
function worsening({ value, better }: Measurement, before: number): number {
  const change = value - before;
  if (change === 0) return 0;
  return (better === 'lower' ? change : -change) / Math.abs(before);
}

/** The figures as one table, a heading for each group. */
export function tableOf(figures: readonly Figure[]): string {
  const table = new Table({
    head: ['', 'figure', 'this run', 'limit', 'last run', 'beside'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  let group: string | undefined;
  for (const figure of figures) {
    if (figure.group !== group) {
      group = figure.group;
      table.push([{ colSpan: 6, content: group.toUpperCase() }]);
    }
    table.push([
      markOf(figure),
      figure.name,
      `${shown(figure.value)} ${figure.unit}`,
      limitOf(figure),
      lastOf(figure),
      figure.beside ?? '',
    ]);
  }
  return table.toString();
}

/** What the figures come to, in a line. */
export function summaryOf(figures: readonly Figure[]): string {
  const limited = figures.filter(({ limit }) => limit !== undefined);
  const missed = limited.filter((figure) => figure.missed).length;
  const worse = figures.filter((figure) => figure.worse).length;
  return `${figures.length} figures. ${missedMark} ${missed} of ${limited.length} limits missed. ${worseMark} ${worse} worse than in the last run by more than ${noise * 100}%.`;
}

function limitOf({ limit, better }: Figure): string {
  if (limit === undefined) return '';
  return `${better === 'lower' ? '≤' : '≥'} ${shown(limit)}`;
}

function lastOf({ value, before }: Figure): string {
  if (before === undefined) return '';
  const percent = Math.round(((value - before) / Math.abs(before)) * 100);
  if (!Number.isFinite(percent) || percent === 0) return shown(before);
  return `${shown(before)} (${percent > 0 ? '+' : ''}${percent}%)`;
}

function markOf({ missed, worse }: Figure): string {
  return `${missed ? missedMark : ''}${worse ? worseMark : ''}`;
}

/** Three digits at least, and no more decimals than they take: 0.87, 48.3, 1,234. */
function shown(value: number): string {
  if (Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  const maximumFractionDigits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits });
}
