import { closest } from '../../config/did-you-mean';
import { controls, customControls } from '../../controls/registry';
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

/** @throws InputError for a state or a control that does not exist, or has no findings */
export function filterOf({ states: named, control, all }: FindingWords): Omit<FindingFilter, 'accountId'> {
  if (control !== undefined) withFindings(control);
  for (const name of named) oneOf('state', name, Object.keys(states));
  return {
    // Each is a key of the table of states.
    ...(named.length > 0 && { states: named as readonly FindingState[] }),
    ...(control !== undefined && { control }),
    all,
  };
}

/** Managed controls leave their results with AWS Config: an empty list would look as if all were well. */
function withFindings(control: string): void {
  const custom = customControls.map(({ id }) => id);
  if (controls.some(({ id }) => id === control) && !custom.includes(control))
    throw new InputError(
      `is ${JSON.stringify(control)}, one of AWS Config's managed rules, of which Staunch records no findings: AWS Config and the channel tell its results. Controls with findings: ${custom.join(', ')}.`,
      'control',
    );
  oneOf('control', control, custom);
}

function oneOf(input: Input, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  const meant = closest(value, known);
  throw new InputError(
    `is ${JSON.stringify(value)}, which does not exist. ${meant === undefined ? `There are: ${known.join(', ')}.` : `Did you mean ${meant}?`}`,
    input,
  );
}
