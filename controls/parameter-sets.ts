import * as z from 'zod/mini';
import { accountIdPattern } from '../core/finding';
import type { CustomControl } from './control';

/** A control's parameters by account, as the bundle carries them. What a set leaves out has its default. */
const parameterSetsSchema = z.object({
  /** By account id: these hold there, and no others. */
  accounts: z.record(z.string().check(z.regex(accountIdPattern)), z.unknown()),
  /** Any of these may hold in every other account. */
  others: z.array(z.unknown()).check(z.minLength(1)),
});

/** Thrown when the rule function was deployed with parameters that a control cannot judge by. */
export class ParameterSetsError extends Error {
  override readonly name = 'ParameterSetsError';
}

/** The sets of parameters that may hold in an account, each validated by the control; at least one. */
export type ParametersOf = (accountId: string) => readonly unknown[];

/**
 * Reads the parameter sets of a control.
 * @param text JSON, as the template gives it
 * @throws ParameterSetsError when it is not what the template gives: nothing can be judged by it
 */
export function readParameterSets(control: CustomControl, text: string): ParametersOf {
  const { accounts, others } = parse(parameterSetsSchema, parseJson(text, control), control);
  const validated = (set: unknown): unknown => parse(control.parameters, set, control);
  const byAccount = new Map(Object.entries(accounts).map(([id, set]) => [id, [validated(set)]]));
  const forOthers = others.map(validated);
  return (accountId) => byAccount.get(accountId) ?? forOthers;
}

function parseJson(text: string, { id }: CustomControl): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ParameterSetsError(
      `The parameter sets of ${id} are not JSON. Deploy the function with its template`,
      { cause: error },
    );
  }
}

function parse<T>(schema: z.ZodMiniType<T>, value: unknown, { id }: CustomControl): T {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ParameterSetsError(
    `The parameter sets of ${id} are not valid at ${issue?.path.join('.') || 'the whole'}: ${issue?.message}. Deploy the function with its template`,
  );
}
