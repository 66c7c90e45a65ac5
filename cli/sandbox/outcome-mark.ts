import type { Colors } from 'picocolors/types';
import type { FindingState } from '../../core/states';
import type { Outcome } from '../../sandbox/scenario/judgement';

const marks: Partial<Record<FindingState, string>> = {
  fixed: '✓',
  waiting: '?',
  reported: '○',
  failed: '✗',
  'given-up': '✗',
};

/** What stands for a result, so that it can be read without colour: `✗` where something is not as it should be. */
export function outcomeMark({ state, problems }: Pick<Outcome, 'state' | 'problems'>): string {
  if (problems.length > 0) return '✗';
  return (state && marks[state]) ?? '·';
}

/** The colour of a result. */
export function outcomeColour(
  outcome: Pick<Outcome, 'state' | 'problems'>,
  colours: Colors,
): (text: string) => string {
  return { '✓': colours.green, '✗': colours.red }[outcomeMark(outcome)] ?? colours.magenta;
}
