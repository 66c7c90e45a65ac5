import { isObject, lowerFirst } from '../cloudtrail/written';
import type { Trail } from '../service';

/** What is secret of a call: no record has it. */
const hidden: ReadonlySet<string> = new Set(['SecretString', 'SecretBinary']);

/**
 * Secrets, by what the call names them by, and by their name where that is an ARN.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
 */
export const trail: Trail = {
  namesOf({ parameters: { SecretId, Name } }) {
    const given = SecretId ?? Name;
    const name = typeof given === 'string' ? /:secret:(.+)-[A-Za-z0-9]{6}$/.exec(given)?.[1] : undefined;
    return [given, name];
  },
  requestParameters: ({ parameters }) => written(parameters),
};

function written(value: Record<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !hidden.has(name))
      .map(([name, one]) => [lowerFirst(name), writtenValue(one)]),
  );
}

function writtenValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writtenValue);
  return isObject(value) ? written(value) : value;
}
