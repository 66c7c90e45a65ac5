import type { Colors } from 'picocolors/types';
import { counted } from '../../operator/text/counted';
import type { ScenarioResult } from '../../sandbox/scenario/run';
import { linesOf, type ShownMessage } from '../../sandbox/view/slack-message';
import { wrapped } from '../table/wrapped';
import { outcomeLines } from './outcome-lines';
import { outcomesTable } from './outcomes-table';

/**
 * What happened in a run, for people: one Slack message, a line for each result, a table of what was dangerous, and the
 * verdict. Pure.
 * @param columns how long a line may be
 */
export function summary(
  result: ScenarioResult,
  messages: readonly ShownMessage[],
  seconds: { start: number; heal: number },
  colours: Colors,
  columns: number,
): string {
  const broken = result.outcomes.filter((outcome) => outcome.problems.length > 0);
  const complaints = [
    ...broken.map(({ account, resourceId, problems }) => `${account} ${resourceId}: ${problems.join('; ')}`),
    ...result.problems,
  ];
  return [
    '',
    ...sample(result, messages, colours, columns),
    ...outcomeLines(result.outcomes, colours, columns),
    '',
    ...outcomesTable(result.outcomes, colours, columns),
    '',
    ...complaints.flatMap((text) => wrapped(text, columns, '  ')).map((line) => colours.red(line)),
    ...wrapped(result.ok ? well(seconds) : 'Something is not as it should be; see above.', columns).map(
      result.ok ? colours.green : colours.red,
    ),
  ].join('\n');
}

function well({ start, heal }: { start: number; heal: number }): string {
  return `All is as it should be. Up in ${start.toFixed(1)} s, healed in ${heal.toFixed(1)} s.`;
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
    ...wrapped(`Slack got ${counted(messages.length, 'message')}; this is one of them:`, columns),
    '',
    ...wrapped(title, columns - 4).map((line) => `  ${bar} ${colours.bold(line)}`),
    ...rest.flatMap((line) => wrapped(line, columns - 4, '  ')).map((line) => `  ${bar} ${line.trimEnd()}`),
    '',
  ];
}
