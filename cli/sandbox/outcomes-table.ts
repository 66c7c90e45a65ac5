import type { Colors } from 'picocolors/types';
import { states } from '../../core/states';
import type { Outcome } from '../../sandbox/scenario/judgement';
import { type Column, fittedTable } from '../table/fitted-table';
import { wrapped } from '../table/wrapped';
import { outcomeColour, outcomeMark } from './outcome-mark';

/**
 * What was dangerous in a run, a row each; ids are in the JSON of `--report`. Pure.
 * @param columns how long a line may be
 */
export function outcomesTable(outcomes: readonly Outcome[], colours: Colors, columns: number): string[] {
  const dangerous = outcomes.filter((outcome) => outcome.dangerous).toSorted(byFlag);
  const { text, left } = fittedTable(dangerous, Object.values(table), dispensable, { colours, columns });
  const more = left.length === 0 ? [] : wrapped(`A wider terminal also shows: ${left.join(', ')}.`, columns);
  return [text, ...more.map((line) => colours.dim(line))];
}

const table = {
  account: { title: 'account', cell: ({ account }) => account, least: 9 },
  flag: { title: 'flag', cell: ({ flag }) => flag },
  exposure: { title: 'exposure', cell: ({ planted }) => planted, least: 17, yields: true },
  result: { title: 'result', cell: resultOf, colour: outcomeColour },
  seconds: { title: 'seconds', cell: secondsOf, align: 'right' },
} as const satisfies Record<string, Column<Outcome>>;

/** What a narrow terminal goes without, in this order. */
const dispensable: readonly Column<Outcome>[] = [table.flag, table.seconds, table.account];

function resultOf(outcome: Outcome): string {
  const { state, lossy } = outcome;
  const title = state === undefined ? 'no finding' : state === 'waiting' ? state : states[state].title;
  return `${outcomeMark(outcome)} ${title}${state === 'waiting' && lossy ? ', lossy' : ''}`;
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
