import type { Value } from './value';

/**
 * A value as the table takes it, sharing nothing with the caller's.
 * @param removeUndefined as the document client's `removeUndefinedValues`
 * @throws Error for what lib-dynamodb refuses to send
 */
export function copied(value: unknown, removeUndefined = false): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return checkedNumber(value);
    case 'object':
      return value === null ? null : copiedObject(value, removeUndefined);
    default:
      throw new Error(
        `${String(value)} cannot be sent to DynamoDB. Pass removeUndefinedValues for undefined ones.`,
      );
  }
}

function copiedObject(value: object, removeUndefined: boolean): Value {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  const isKept = (part: unknown) => part !== undefined || !removeUndefined;
  if (Array.isArray(value)) return value.filter(isKept).map((part) => copied(part, removeUndefined));
  if (value instanceof Set) {
    if (value.size === 0) throw new Error('An empty set cannot be sent to DynamoDB.');
    return new Set([...value].map((part) => copied(part) as string | number | Uint8Array));
  }
  const kind = value.constructor?.name ?? 'Object';
  if (kind !== 'Object') throw new Error(`A ${kind} cannot be sent to DynamoDB: it is no plain object.`);
  const copy: { [name: string]: Value } = {};
  for (const name of Object.keys(value)) {
    const part: unknown = Reflect.get(value, name);
    if (isKept(part)) copy[name] = copied(part, removeUndefined);
  }
  return copy;
}

function checkedNumber(value: number): number {
  if (!Number.isFinite(value)) throw new Error(`Special numeric value ${value} is not allowed`);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new Error(`Number ${value} is beyond what is safe.`);
  return value;
}
