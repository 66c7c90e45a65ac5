import { isObject, lowerFirst } from '../cloudtrail/written';
import type { Trail } from '../service';

/** What no record tells: a parameter's value, and what a document does. */
const hidden: ReadonlySet<string> = new Set(['Value', 'Content']);

/**
 * Documents and parameters, by their names. The record has the call's parameters with a small first letter.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-cloudtrail-logs.html
 */
export const trail: Trail = {
  namesOf: ({ parameters: { Name, SettingId } }) => [Name ?? SettingId],
  requestParameters: ({ parameters }) => written(parameters),
};

function written(fields: Record<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !hidden.has(name))
      .map(([name, value]) => [lowerFirst(name), writtenValue(value)]),
  );
}

function writtenValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writtenValue);
  return isObject(value) ? written(value) : value;
}
