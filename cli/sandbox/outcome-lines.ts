import type { Colors } from 'picocolors/types';
import { type FindingState, states } from '../../core/states';
import type { Outcome } from '../../sandbox/scenario/judgement';
import { wrapped } from '../table/wrapped';
import { outcomeColour, outcomeMark } from './outcome-mark';

/** One line of the account of a run. */
interface OutcomeLine {
  mark: string;
  count: string;
  text: string;
  colour: (text: string) => string;
}

/** How many resources came to which result, and why, a line each; and how many harmless neighbours are unchanged. Pure. */
export function outcomeLines(outcomes: readonly Outcome[], colours: Colors, columns: number): string[] {
  const dangerous = outcomes.filter((outcome) => outcome.dangerous);
  const sound = dangerous.filter(({ problems }) => problems.length === 0);
  const lines: OutcomeLine[] = [
    ...shownStates.flatMap((state) =>
      lineOf(
        state,
        sound.filter((outcome) => outcome.state === state),
        colours,
      ),
    ),
    ...brokenLine(dangerous.length - sound.length, colours),
    ...neighboursLine(
      outcomes.filter((outcome) => !outcome.dangerous),
      colours,
    ),
  ];
  const widest = Math.max(0, ...lines.map(({ count }) => count.length));
  return lines.flatMap(({ mark, count, text, colour }) =>
    wrapped(`${mark} ${count.padStart(widest)} ${text}`, columns, ' '.repeat(widest + 3)).map(colour),
  );
}

/** Those that a run is about first; undefined is no finding at all. */
const shownStates: readonly (FindingState | undefined)[] = [
  ...new Set<FindingState>(['fixed', 'waiting', 'reported', ...(Object.keys(states) as FindingState[])]),
  undefined,
];

function lineOf(
  state: FindingState | undefined,
  outcomes: readonly Outcome[],
  colours: Colors,
): OutcomeLine[] {
  const [first] = outcomes;
  if (first === undefined) return [];
  const what =
    state === undefined ? 'without a finding' : `${states[state].title}: ${whyOf(state, outcomes)}`;
  return [
    {
      mark: outcomeMark(first),
      count: String(outcomes.length),
      text: what,
      colour: outcomeColour(first, colours),
    },
  ];
}

function whyOf(state: FindingState, outcomes: readonly Outcome[]): string {
  if (state === 'fixed') return 'read back, and each complies';
  if (state === 'reported') return 'the flag is off, so nothing was changed';
  if (state !== 'waiting') return states[state].meaning;
  const lossy = outcomes.filter((outcome) => outcome.lossy).length;
  const whole = outcomes.length - lossy;
  return [
    ...(whole > 0 ? [`the flag is approval (${whole})`] : []),
    ...(lossy > 0 ? [`the plan also removes something harmless (${lossy})`] : []),
  ].join(', ');
}

function brokenLine(count: number, colours: Colors): OutcomeLine[] {
  if (count === 0) return [];
  return [{ mark: '✗', count: String(count), text: 'not as they should be: see below', colour: colours.red }];
}

function neighboursLine(neighbours: readonly Outcome[], colours: Colors): OutcomeLine[] {
  if (neighbours.length === 0) return [];
  const unchanged = neighbours.filter(({ problems }) => problems.length === 0).length;
  return [
    {
      mark: unchanged === neighbours.length ? '=' : '✗',
      count: String(unchanged),
      text: `of ${neighbours.length} harmless neighbours unchanged, byte for byte`,
      colour: unchanged === neighbours.length ? colours.green : colours.red,
    },
  ];
}
