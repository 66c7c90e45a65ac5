import { stripVTControlCharacters } from 'node:util';
import type { Colors } from 'picocolors/types';
import { states } from '../../core/states';
import { textWidth } from '../../core/text-width';
import type { Outcome } from '../../sandbox/scenario/judgement';
import { type Column, fittedTable } from '../table/fitted-table';
import { wrapped } from '../table/wrapped';
import { foundAfter } from './found-by';
import { outcomeColour, outcomeMark } from './outcome-mark';

/**
 * What was dangerous in a run, a row each; ids are in the JSON of `--report`. Pure.
 * @param columns how long a line may be
 */
export function outcomesTable(outcomes: readonly Outcome[], colours: Colors, columns: number): string[] {
  const dangerous = outcomes.filter((outcome) => outcome.dangerous).toSorted(byFlag);
  const tableOf = (shown: readonly Column<Outcome>[], room: number) =>
    fittedTable(
      dangerous,
      shown,
      dispensable.filter((column) => shown.includes(column)),
      { colours, columns: room },
    );
  const isWhole = (shown: readonly Column<Outcome>[]) =>
    widthOf(tableOf(shown, Number.POSITIVE_INFINITY).text) <= columns;
  const isFoundBy = dangerous.some(({ detector }) => detector !== undefined);
  const all = Object.values(table).filter((column) => isFoundBy || !ofDetectors.includes(column));
  // The flag shows in the result as well: it goes before a name of what was dangerous is cut.
  const spared = [[], [table.after], [table.after, table.flag]].map((gone) => without(all, gone));
  const shown = spared.find(isWhole) ?? all;
  const { text, left: cutOff } = tableOf(shown, columns);
  const left = [...without(all, shown).map(({ title }) => title), ...cutOff];
  const more = left.length === 0 ? [] : wrapped(`A wider terminal also shows: ${left.join(', ')}.`, columns);
  return [text, ...more.map((line) => colours.dim(line))];
}

const table = {
  account: { title: 'account', cell: ({ account }) => account, least: 9 },
  flag: { title: 'flag', cell: ({ flag }) => flag },
  exposure: { title: 'exposure', cell: ({ planted }) => planted, least: 17, yields: true },
  result: { title: 'result', cell: resultOf, colour: outcomeColour },
  foundBy: { title: 'found by', cell: ({ detector = '' }) => detector },
  after: { title: 'after', cell: foundAfterOf, align: 'right' },
  seconds: { title: 'seconds', cell: secondsOf, align: 'right' },
} as const satisfies Record<string, Column<Outcome>>;

/** What a narrow terminal goes without, in this order. */
const dispensable: readonly Column<Outcome>[] = [
  table.after,
  table.flag,
  table.seconds,
  table.foundBy,
  table.account,
];

/** Empty where no finding says what found it. */
const ofDetectors: readonly Column<Outcome>[] = [table.foundBy, table.after];

function without(
  columns: readonly Column<Outcome>[],
  gone: readonly Column<Outcome>[],
): readonly Column<Outcome>[] {
  return columns.filter((column) => !gone.includes(column));
}

function widthOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => textWidth(stripVTControlCharacters(line))));
}

function resultOf(outcome: Outcome): string {
  const { state, lossy } = outcome;
  const title = state === undefined ? 'no finding' : state === 'waiting' ? state : states[state].title;
  return `${outcomeMark(outcome)} ${title}${state === 'waiting' && lossy ? ', lossy' : ''}`;
}

/** How many seconds after the change something spoke first. */
function foundAfterOf(outcome: Outcome): string {
  return seconds(foundAfter(outcome));
}

/** From the change that made it dangerous until its result was recorded. */
function secondsOf({ milliseconds: { decided } }: Outcome): string {
  return seconds(decided);
}

function seconds(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '' : (milliseconds / 1000).toFixed(1);
}

function byFlag(one: Outcome, other: Outcome): number {
  return order(one).localeCompare(order(other));
}

/** Flags `on` first: they are what a run is about. */
function order({ flag, account, planted }: Outcome): string {
  return [{ on: '1', approval: '2', off: '3' }[flag] ?? flag, account, planted].join(' ');
}
