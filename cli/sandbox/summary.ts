import type { Colors } from 'picocolors/types';
import type { Outcome } from '../../sandbox/scenario/judgement';
import type { ScenarioResult } from '../../sandbox/scenario/run';
import { linesOf, type ShownMessage } from '../../sandbox/view/slack-message';
import { type Column, fittedTable } from '../table/fitted-table';
import { wrapped } from '../table/wrapped';

/**
 * What happened in a run, for people: one Slack message, a table of what was dangerous, a line on what was not, and the
 * verdict. Pure.
 * @param columns how wide the terminal is; the table and the message are made to fit
 */
export function summary(
  result: ScenarioResult,
  messages: readonly ShownMessage[],
  seconds: { start: number; heal: number },
  colours: Colors,
  columns = Number.POSITIVE_INFINITY,
): string {
  const dangerous = result.outcomes.filter((outcome) => outcome.dangerous).toSorted(byAccount);
  const harmless = result.outcomes.filter((outcome) => !outcome.dangerous);
  const broken = result.outcomes.filter((outcome) => outcome.problems.length > 0);
  return [
    '',
    ...sample(result, messages, colours, columns),
    ...tableOf(dangerous, colours, columns),
    '',
    `${harmless.length - harmless.filter((outcome) => outcome.problems.length > 0).length} of ${harmless.length} harmless neighbours are byte for byte as they were.`,
    ...broken.map((outcome) =>
      colours.red(`${outcome.account} ${outcome.resourceId}: ${outcome.problems.join('; ')}`),
    ),
    ...result.problems.map((problem) => colours.red(problem)),
    result.ok
      ? colours.green(
          `All is as it should be. Up in ${seconds.start.toFixed(1)} s, healed in ${seconds.heal.toFixed(1)} s.`,
        )
      : colours.red('Something is not as it should be; see above.'),
  ].join('\n');
}

/** A sample of more lines would push what comes after it off the screen. */
const mostLines = 16;

/** The message that says most in few lines about something that was fixed, so that people see how they would be told. */
function sample(
  result: ScenarioResult,
  messages: readonly ShownMessage[],
  colours: Colors,
  columns: number,
): string[] {
  const fixed = result.outcomes.filter(({ state }) => state === 'fixed').map(({ resourceId }) => resourceId);
  const told = messages
    .filter(({ text }) => text.startsWith('Fixed') && fixed.some((id) => text.includes(id)))
    .toSorted((one, other) => linesOf(other).length - linesOf(one).length);
  const message = told.find((one) => linesOf(one).length <= mostLines) ?? told.at(-1);
  if (message === undefined) return [];
  const [title = '', ...rest] = linesOf(message);
  const bar = colours.green('┃');
  return [
    `Slack got ${messages.length} messages; this is one of them:`,
    '',
    ...wrapped(title, columns - 4).map((line) => `  ${bar} ${colours.bold(line)}`),
    ...rest.flatMap((line) => wrapped(line, columns - 4, '  ')).map((line) => `  ${bar} ${line.trimEnd()}`),
    '',
  ];
}

const table = {
  account: { title: 'account', cell: ({ account }) => account },
  flag: { title: 'flag', cell: ({ flag }) => flag },
  resource: { title: 'resource', cell: ({ resourceId }) => resourceId, least: 13, yields: true },
  wrong: { title: 'what was wrong', cell: ({ planted }) => planted, least: 17 },
  happened: { title: 'what happened', cell: ({ happened }) => happened, least: 20, colour: colourOf },
  seconds: { title: 'seconds', cell: secondsOf, align: 'right' },
} as const satisfies Record<string, Column<Outcome>>;

/** What a narrow terminal goes without, in this order. */
const dispensable: readonly Column<Outcome>[] = [table.flag, table.seconds, table.wrong, table.account];

function tableOf(outcomes: readonly Outcome[], colours: Colors, columns: number): string[] {
  const { text, left } = fittedTable(outcomes, Object.values(table), dispensable, { colours, columns });
  if (left.length === 0) return [text];
  const more = wrapped(`A wider terminal also shows: ${left.join(', ')}.`, columns);
  return [text, ...more.map((line) => colours.dim(line))];
}

function secondsOf({ milliseconds: { decided } }: Outcome): string {
  return decided === undefined ? '' : (decided / 1000).toFixed(1);
}

function colourOf({ state, problems }: Outcome, colours: Colors): (text: string) => string {
  if (problems.length > 0) return colours.red;
  return state === 'fixed' ? colours.green : colours.magenta;
}

function byAccount(one: Outcome, other: Outcome): number {
  return order(one).localeCompare(order(other));
}

/** Flags `on` first: they are what a run is about. */
function order({ flag, account, resourceId }: Outcome): string {
  return [{ on: '1', approval: '2', off: '3' }[flag] ?? flag, account, resourceId].join(' ');
}
