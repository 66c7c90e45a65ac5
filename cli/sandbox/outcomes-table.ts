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
  const { foundBy, ...usual } = table;
  const tableOf = (shown: Readonly<Record<string, Column<Outcome>>>, room: number) =>
    fittedTable(dangerous, Object.values(shown), dispensable, { colours, columns: room });
  const isFoundBy = dangerous.some(({ detector }) => detector !== undefined);
  // What found a resource goes before a name of what was dangerous about it is cut.
  const hasRoom = isFoundBy && widthOf(tableOf(table, Number.POSITIVE_INFINITY).text) <= columns;
  const { text, left: cutOff } = tableOf(hasRoom ? table : usual, columns);
  const left = isFoundBy && !hasRoom ? [...cutOff, foundBy.title] : cutOff;
  const more = left.length === 0 ? [] : wrapped(`A wider terminal also shows: ${left.join(', ')}.`, columns);
  return [text, ...more.map((line) => colours.dim(line))];
}

const table = {
  account: { title: 'account', cell: ({ account }) => account, least: 9 },
  flag: { title: 'flag', cell: ({ flag }) => flag },
  exposure: { title: 'exposure', cell: ({ planted }) => planted, least: 17, yields: true },
  result: { title: 'result', cell: resultOf, colour: outcomeColour },
  foundBy: { title: 'found by', cell: foundByOf },
  seconds: { title: 'seconds', cell: secondsOf, align: 'right' },
} as const satisfies Record<string, Column<Outcome>>;

/** What a narrow terminal goes without, in this order. */
const dispensable: readonly Column<Outcome>[] = [table.flag, table.seconds, table.account];

function widthOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => textWidth(stripVTControlCharacters(line))));
}

function resultOf(outcome: Outcome): string {
  const { state, lossy } = outcome;
  const title = state === undefined ? 'no finding' : state === 'waiting' ? state : states[state].title;
  return `${outcomeMark(outcome)} ${title}${state === 'waiting' && lossy ? ', lossy' : ''}`;
}

/** What spoke first, and how many seconds after the change. */
function foundByOf(outcome: Outcome): string {
  const after = foundAfter(outcome);
  return [outcome.detector ?? '', ...(after === undefined ? [] : [(after / 1000).toFixed(1)])].join(' ');
}

/** From the change that made it dangerous until its result was recorded. */
function secondsOf({ milliseconds: { decided } }: Outcome): string {
  return decided === undefined ? '' : (decided / 1000).toFixed(1);
}

function byFlag(one: Outcome, other: Outcome): number {
  return order(one).localeCompare(order(other));
}

/** Flags `on` first: they are what a run is about. */
function order({ flag, account, planted }: Outcome): string {
  return [{ on: '1', approval: '2', off: '3' }[flag] ?? flag, account, planted].join(' ');
}
