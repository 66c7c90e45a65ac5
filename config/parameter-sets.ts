import { accountIdPattern } from '../core/finding';
import type { JsonObject } from '../core/json';
import type { CompiledPolicy, Level } from './compiled';
import { rootIdPattern, rootPath } from './formats';

/** A control's parameters, for those who know an account by its id alone. */
export interface ParameterSets {
  /** By account id: these hold there, and no others. */
  accounts: Record<string, JsonObject>;
  /** Any of these may hold in every other account. Each is different. */
  others: JsonObject[];
}

/**
 * Every set of parameters that may hold for a control in some account. What lies in one of `others` is unknown to somebody who
 * knows only an account's id, so whoever judges by them has to judge by each.
 */
export function parameterSets(policy: CompiledPolicy, controlId: string): ParameterSets {
  const given = (levels: Readonly<Record<string, Level>>): [string, JsonObject][] =>
    Object.entries(levels).flatMap(([key, level]) => {
      const values = parametersAt(level, controlId);
      return values === undefined ? [] : [[key, values]];
    });
  const accounts = given(policy.accounts);
  const units = given(policy.organizationalUnits);
  // Every account lies under the root, so nothing gets past what is said of it.
  const rootGives = units.some(([key]) => key === rootPath || rootIdPattern.test(key));
  const fallback = parametersAt(policy.default, controlId) ?? policy.parameterDefaults[controlId] ?? {};
  const byId = ([key]: [string, JsonObject]) => accountIdPattern.test(key);
  return {
    accounts: Object.fromEntries(accounts.filter(byId)),
    others: distinct([
      ...(rootGives ? [] : [fallback]),
      ...units.map(([, values]) => values),
      ...accounts.filter((entry) => !byId(entry)).map(([, values]) => values),
    ]),
  };
}

function parametersAt({ controls }: Level, controlId: string): JsonObject | undefined {
  return Object.hasOwn(controls, controlId) ? controls[controlId]?.parameters?.values : undefined;
}

/** Parameters come out of their schema, so equal ones have their keys in the same order. */
function distinct(sets: readonly JsonObject[]): JsonObject[] {
  return [...new Map(sets.map((values) => [JSON.stringify(values), values])).values()];
}
