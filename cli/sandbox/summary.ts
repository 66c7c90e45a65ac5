import type { Colors } from 'picocolors/types';
import { fitting, graphemes } from '../../core/graphemes';
import { textWidth } from '../../core/text-width';
import { counted } from '../../operator/text/counted';
import { printable } from '../../resources/kit/printable';
import type { ScenarioResult } from '../../sandbox/scenario/run';
import { factGap, linesOf, type ShownMessage } from '../../sandbox/view/slack-message';
import { wrapped } from '../table/wrapped';
import { foundByLines } from './found-by';
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
    ...foundByLines(result.outcomes, columns),
    '',
    ...outcomesTable(result.outcomes, colours, columns),
    '',
    ...complaints.flatMap((text) => wrapped(printable(text), columns, '  ')).map((line) => colours.red(line)),
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
  const room = columns - 4;
  const fixed = result.outcomes.filter(({ state }) => state === 'fixed').map(({ resourceId }) => resourceId);
  const told = messages
    .filter(({ text }) => /^(?:\S+ )?Fixed\b/u.test(text) && fixed.some((id) => text.includes(id)))
    .map(linesOf)
    .toSorted(
      (one, other) =>
        Number(isBroken(one, room)) - Number(isBroken(other, room)) || other.length - one.length,
    );
  const shown = told.find((lines) => lines.length <= mostLines) ?? told.at(-1);
  if (shown === undefined) return [];
  const [title = '', ...rest] = shown;
  const bar = colours.green('┃');
  return [
    ...wrapped(`Slack got ${counted(messages.length, 'message')}; this is one of them:`, columns),
    '',
    ...broken(title, room).map((line) => `  ${bar} ${colours.bold(line)}`),
    ...rest.flatMap((line) => broken(line, room)).map((line) => `  ${bar} ${line.trimEnd()}`),
    '',
  ];
}

/** Whether a word of the message, such as a finding's name, has to go on in another line. */
function isBroken(lines: readonly string[], room: number): boolean {
  return lines.some((line) => line.split(' ').some((word) => textWidth(word) > room - 2));
}

/** A line of a message as lines that fit, none of it lost. Its facts, which three blanks part, stay whole where they can. */
function broken(line: string, room: number): string[] {
  const packed: string[] = [];
  for (const fact of line.split(factGap)) {
    const longer = packed.length === 0 ? fact : `${packed.at(-1)}${factGap}${fact}`;
    if (textWidth(longer) <= room) packed.splice(-1, 1, longer);
    else packed.push(fact);
  }
  return packed.flatMap((part) => wrapped(part, room, '  ')).flatMap((part) => pieces(part, room));
}

/** A word that is too long for a line goes on in another one. */
function pieces(text: string, room: number): string[] {
  if (textWidth(text) <= room) return [text];
  const characters = graphemes(text);
  // One character at least, however narrow the terminal is.
  const first = Math.max(1, fitting(characters, room).length);
  return [characters.slice(0, first).join(''), ...pieces(characters.slice(first).join(''), room)];
}
