import { closest } from '../../config/did-you-mean';
import { controls } from '../../controls/registry';
import { type FindingState, states } from '../../core/states';
import { type Input, InputError } from '../errors';
import type { FindingFilter } from './select-findings';

/** Which findings a person asks for, in his words. */
export interface FindingWords {
  /** Any of them; all where none is named. */
  states: readonly string[];
  control?: string;
  /** Earlier occurrences as well. */
  all: boolean;
}

/** @throws InputError for a state or a control that does not exist */
export function filterOf({ states: named, control, all }: FindingWords): Omit<FindingFilter, 'accountId'> {
  if (control !== undefined)
    oneOf(
      'control',
      control,
      controls.map(({ id }) => id),
    );
  for (const name of named) oneOf('state', name, Object.keys(states));
  return {
    // Each is a key of the table of states.
    ...(named.length > 0 && { states: named as readonly FindingState[] }),
    ...(control !== undefined && { control }),
    all,
  };
}

function oneOf(input: Input, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  const meant = closest(value, known);
  throw new InputError(
    `is ${JSON.stringify(value)}, which does not exist. ${meant === undefined ? `There are: ${known.join(', ')}.` : `Did you mean ${meant}?`}`,
    input,
  );
}
