import Table from 'cli-table3';
import type { Colors } from 'picocolors/types';
import type { Outcome } from '../scenario/judgement';
import type { ScenarioResult } from '../scenario/run';
import { cut } from './cut';
import { linesOf, type ShownMessage } from './slack-message';

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
    tableOf(dangerous, colours, columns),
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

/** The message that says most about something that was fixed, in full, so that people see how they would be told. */
function sample(
  result: ScenarioResult,
  messages: readonly ShownMessage[],
  colours: Colors,
  columns: number,
): string[] {
  const fixed = result.outcomes.filter(({ state }) => state === 'fixed').map(({ resourceId }) => resourceId);
  const [message] = messages
    .filter(({ text }) => text.startsWith('Fixed') && fixed.some((id) => text.includes(id)))
    .toSorted((one, other) => linesOf(other).length - linesOf(one).length);
  if (message === undefined) return [];
  const [title = '', ...rest] = linesOf(message).map((line) => cut(line, columns - 4));
  const bar = colours.green('┃');
  return [
    `Slack got ${messages.length} messages; this is one of them:`,
    '',
    `  ${bar} ${colours.bold(title)}`,
    ...rest.map((line) => `  ${bar} ${line}`),
    '',
  ];
}

function tableOf(outcomes: readonly Outcome[], colours: Colors, columns: number): string {
  const [resourceWidth, wrongWidth] = flexibleWidths(outcomes, columns);
  const table = new Table({
    head: ['account', 'flag', 'resource', 'what was wrong', 'what happened', 'seconds'].map((title) =>
      colours.bold(title),
    ),
    colAligns: ['left', 'left', 'left', 'left', 'left', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const outcome of outcomes) {
    table.push([
      outcome.account,
      outcome.flag,
      cut(outcome.resourceId, resourceWidth),
      cut(outcome.planted, wrongWidth),
      outcome.problems.length > 0 ? colours.red(outcome.happened) : coloured(outcome, colours),
      outcome.milliseconds.decided === undefined ? '' : (outcome.milliseconds.decided / 1000).toFixed(1),
    ]);
  }
  return table.toString();
}

/** What the other columns take, with the table's lines, for the longest words that can stand in them. */
const otherColumns = 77;

/** How wide the resource and what was wrong may be, so that the table fits. */
function flexibleWidths(outcomes: readonly Outcome[], columns: number): [number, number] {
  const resource = Math.max(0, ...outcomes.map(({ resourceId }) => resourceId.length));
  const wrong = Math.max(0, ...outcomes.map(({ planted }) => planted.length));
  const excess = resource + wrong + otherColumns - columns;
  if (excess <= 0) return [resource, wrong];
  const least = 12;
  const fromResource = Math.min(Math.ceil(excess / 2), Math.max(0, resource - least));
  return [resource - fromResource, Math.max(least, wrong - (excess - fromResource))];
}

function coloured({ state, happened }: Outcome, colours: Colors): string {
  return state === 'fixed' ? colours.green(happened) : colours.magenta(happened);
}

function byAccount(one: Outcome, other: Outcome): number {
  return order(one).localeCompare(order(other));
}

/** Flags `on` first: they are what a run is about. */
function order({ flag, account, resourceId }: Outcome): string {
  return [{ on: '1', approval: '2', off: '3' }[flag] ?? flag, account, resourceId].join(' ');
}
