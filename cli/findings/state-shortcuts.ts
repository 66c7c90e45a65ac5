import type { FindingState } from '../../core/states';

/** Options that stand for states. */
export const stateShortcuts = {
  waiting: { states: ['waiting'], text: 'only those that an operator has to decide on' },
  reported: { states: ['reported'], text: 'only those that a flag keeps from being fixed' },
  failed: {
    states: ['failed', 'given-up'],
    text: 'only those whose fix failed and is retried, or was given up',
  },
  held: { states: ['held'], text: 'only those whose fix waits for its time' },
} as const satisfies Record<string, { states: readonly FindingState[]; text: string }>;
